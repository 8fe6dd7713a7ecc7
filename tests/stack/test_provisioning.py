"""The stack as `terraform apply` creates it."""

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import requests
from conftest import Stack

import terraform
from emulator import ROOT
from package import LAYERS

FOREIGN = "https://evil.example"


def test_applying_again_would_change_nothing(stack: Stack) -> None:
    arguments = ("plan", "-detailed-exitcode", "-no-color", "-input=false")
    plan = terraform.run(stack.local.module, *arguments, environment=stack.local.emulator.client_environment)
    assert plan.returncode == 0, plan.stdout


def test_planning_before_building_says_what_to_do(stack: Stack, tmp_path: Path) -> None:
    for name in ("main.tf", "variables.tf", "outputs.tf", "web", "lambdas"):
        (tmp_path / name).symlink_to(ROOT / name)
    environment = stack.local.emulator.client_environment
    terraform.init(tmp_path, environment=environment)
    plan = terraform.run(tmp_path, "plan", "-no-color", "-input=false", environment=environment)
    assert plan.returncode == 1
    assert "make build ARCHITECTURE=arm64" in " ".join(plan.stderr.split())


def test_a_new_layer_version_is_created_before_the_old_one_is_deleted(stack: Stack, tmp_path: Path) -> None:
    """Otherwise, a function cannot be updated after an apply that failed in between."""
    module = tmp_path / "module"
    shutil.copytree(stack.local.module, module, symlinks=True)
    (module / "build" / "x86_64").symlink_to(ROOT / "build" / "local")
    environment = stack.local.emulator.client_environment | {"TF_VAR_architecture": "x86_64"}
    terraform.run(module, "plan", "-out=changes", "-input=false", environment=environment)
    shown = terraform.run(module, "show", "-json", "changes", environment=environment)
    actions = {
        change["address"]: change["change"]["actions"] for change in json.loads(shown.stdout)["resource_changes"]
    }
    for layer in LAYERS:
        assert actions[f"aws_lambda_layer_version.{layer}"] == ["create", "delete"]
    assert actions["aws_lambda_function.process"] == ["update"]


def test_the_layers_fit_lambdas_limits() -> None:
    """A zip may have 50 MB if it is uploaded in a request; a function and its layers may have 250 MB unpacked.

    https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    """
    unpacked = 0
    for layer in LAYERS:
        path = ROOT / "build" / "local" / f"{layer}.zip"
        assert path.stat().st_size < 50e6
        with zipfile.ZipFile(path) as archive:
            unpacked += sum(entry.file_size for entry in archive.infolist())
    assert unpacked < 200e6


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("index.html", "text/html"),
        ("main.js", "text/javascript"),
        ("config.js", "text/javascript"),
        ("style.css", "text/css"),
    ],
)
def test_the_pages_files_are_served_with_their_content_types(stack: Stack, path: str, content_type: str) -> None:
    answer = requests.get(stack.page.replace("index.html", path), timeout=30)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == f"{content_type}; charset=utf-8"


def test_the_pages_config_has_the_apis_address_and_limits(stack: Stack) -> None:
    config = requests.get(stack.page.replace("index.html", "config.js"), timeout=30).text
    match = re.search(r"export default (.*);", config)
    assert match
    settings = json.loads(match[1])
    assert settings.keys() == {
        *("apiUrl", "acceptedTypes", "maxUploadBytes", "maxTextLength"),
        *("looks", "defaultLook", "defaultAccent", "sizes", "defaultSize", "hasPassphrase"),
    }
    assert settings["apiUrl"] == stack.api


def test_the_curl_output_works_as_printed(stack: Stack) -> None:
    url, body = re.findall(r"'(http[^']*|\{[^']*)'", stack.outputs["curl"])
    answer = requests.post(url, data=body, headers={"Content-Type": "application/json"}, timeout=30)
    assert answer.status_code == 200


@pytest.mark.parametrize(("path", "method"), [("generate-presigned-url", "POST"), ("get-final-url", "GET")])
def test_the_api_answers_only_the_pages_preflight(stack: Stack, path: str, method: str) -> None:
    headers = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type"}
    own = requests.options(f"{stack.api}/{path}", headers=headers | {"Origin": stack.origin}, timeout=30)
    assert own.headers["Access-Control-Allow-Origin"] == stack.origin
    assert "content-type" in own.headers["Access-Control-Allow-Headers"]
    foreign = requests.options(f"{stack.api}/{path}", headers=headers | {"Origin": FOREIGN}, timeout=30)
    assert "Access-Control-Allow-Origin" not in foreign.headers


def test_the_page_can_read_errors(stack: Stack) -> None:
    """Without the CORS header, the page sees a network error instead of the reason."""
    origin = {"Origin": stack.origin}
    refused = requests.post(f"{stack.api}/generate-presigned-url", data="no JSON", headers=origin, timeout=30)
    not_yet = requests.get(f"{stack.api}/get-final-url?filename={'0' * 32}.png", headers=origin, timeout=30)
    assert (refused.status_code, not_yet.status_code) == (400, 404)
    for answer in (refused, not_yet):
        assert answer.headers["Access-Control-Allow-Origin"] == stack.origin
        assert isinstance(answer.json(), dict)


def test_the_uploads_bucket_answers_only_the_pages_preflight(stack: Stack) -> None:
    url = f"{stack.origin}/{stack.outputs['uploads_bucket']}"
    headers = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    own = requests.options(url, headers=headers | {"Origin": stack.origin}, timeout=30)
    assert own.headers["Access-Control-Allow-Origin"] == stack.origin
    foreign = requests.options(url, headers=headers | {"Origin": FOREIGN}, timeout=30)
    assert foreign.status_code == 403


def test_the_policy_of_the_pages_bucket_refuses_plain_http_on_aws(stack: Stack) -> None:
    """The local stack leaves the TLS-only policies out, because the emulator speaks plain HTTP."""
    s3, site = stack.client("s3"), stack.outputs["site_bucket"]
    local = json.loads(s3.get_bucket_policy(Bucket=site)["Policy"])
    tls_only = json.loads(read_data(stack, 'data.aws_iam_policy_document.tls_only["site"]')["json"])
    assert requests.get(stack.page, timeout=30).status_code == 200
    try:
        both = local | {"Statement": local["Statement"] + tls_only["Statement"]}
        s3.put_bucket_policy(Bucket=site, Policy=json.dumps(both))
        assert requests.get(stack.page, timeout=30).status_code == 403
    finally:
        s3.put_bucket_policy(Bucket=site, Policy=json.dumps(local))


def read_data(stack: Stack, address: str) -> dict[str, Any]:
    """Return the attributes of a data source in Terraform's state."""
    shown = terraform.run(stack.local.module, "show", "-json", environment=stack.local.emulator.client_environment)
    resources = json.loads(shown.stdout)["values"]["root_module"]["resources"]
    [values] = [resource["values"] for resource in resources if resource["address"] == address]
    return dict(values)


@pytest.mark.parametrize("name", ["presign", "process", "poll"])
def test_each_function_has_its_own_handler_and_only_process_has_layers(stack: Stack, name: str) -> None:
    function = stack.client("lambda").get_function_configuration(FunctionName=stack.outputs["function_names"][name])
    assert function["Handler"] == f"{name}.handler.lambda_handler"
    assert len(function.get("Layers", [])) == (2 if name == "process" else 0)


def test_the_aws_layer_contains_wheels_for_lambdas_python_and_processor() -> None:
    """With other wheels, Lambda fails with `cannot import name '_imaging'`."""
    with zipfile.ZipFile(ROOT / "build" / "arm64" / "pillow.zip") as layer:
        names = layer.namelist()
    assert "python/PIL/_imaging.cpython-313-aarch64-linux-gnu.so" in names
    assert "python/_pi_heif.cpython-313-aarch64-linux-gnu.so" in names
    assert not [name for name in names if name.endswith(".so") and "x86_64" in name]


@pytest.mark.parametrize("layer", ["pillow", "fonts"])
def test_a_layer_fits_lambdas_limits_and_contains_licences(layer: str) -> None:
    path = ROOT / "build" / "arm64" / f"{layer}.zip"
    assert path.stat().st_size < 50_000_000
    with zipfile.ZipFile(path) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) < 250_000_000
        assert [name for name in archive.namelist() if "LICENSE" in name]
