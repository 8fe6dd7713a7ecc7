"""Values that modules hand to each other cannot be changed by the one that receives them."""

import dataclasses
import pkgutil
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType

import common
import presign
import process

MUTABLE = {"Chunks", "Markers"}  # filled in as a file is scanned


def list_modules(package: ModuleType) -> Iterator[str]:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("handler"):
            yield module.name


def test_dataclasses_are_frozen(cold_start: Callable[[str], ModuleType]) -> None:
    cold_start("process")  # sets the environment that common.s3 reads
    for package in (common, presign, process):
        for name in list_modules(package):
            for value in vars(import_module(name)).values():
                if dataclasses.is_dataclass(value) and isinstance(value, type) and value.__name__ not in MUTABLE:
                    assert value.__dataclass_params__.frozen, value  # type: ignore[attr-defined]
    assert "process.looks.fade" in sys.modules
