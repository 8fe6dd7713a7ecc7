"""Fixtures for tests on the whole stack: main.tf, applied once per session to an emulator of their own."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from emulator import Emulator
from stack import LocalStack


@dataclass(frozen=True)
class Stack:
    """A running stack, its outputs, and clients that act as the account's owner."""

    local: LocalStack
    outputs: dict[str, Any]

    def client(self, service: str) -> Any:  # boto3 creates the classes of its clients at run time
        config = Config(signature_version="s3v4") if service == "s3" else None
        return boto3.client(service, config=config, **self.local.emulator.client_settings)  # type: ignore[call-overload]

    @property
    def api(self) -> str:
        return str(self.outputs["api_url"])

    @property
    def page(self) -> str:
        return str(self.outputs["page_url"])

    @property
    def origin(self) -> str:
        return self.local.emulator.url


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    emulator = Emulator(tmp_path_factory.mktemp("stack") / "home", _free_port())
    try:
        local = LocalStack(emulator)
        yield Stack(local, local.up())
    finally:
        emulator.stop()


@pytest.fixture
def no_dead_letters(stack: Stack) -> Iterator[None]:
    """Empty the dead-letter queue before and after a test that reads it."""
    _empty_queue(stack)
    yield
    _empty_queue(stack)


def _empty_queue(stack: Stack) -> None:
    sqs, queue = stack.client("sqs"), stack.outputs["dead_letter_queue_url"]
    while received := sqs.receive_message(QueueUrl=queue).get("Messages"):
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=received[0]["ReceiptHandle"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def write_picture(tmp_path: Path) -> Callable[[bytes, str], Path]:
    def write(data: bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
