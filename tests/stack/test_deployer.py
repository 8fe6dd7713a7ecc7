"""The policy in docs/deployer-policy.json is enough to deploy and remove the stack, and allows little else."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from conftest import Stack

import terraform
from emulator import ROOT
from thumbnail import upload, wait_for

NAME = "deployer"
POLICY = (ROOT / "docs" / "deployer-policy.json").read_text()

# What the emulator asks for, but AWS does not: it checks these without the resource's name, or under the name of
# the API's operation. https://docs.aws.amazon.com/service-authorization/latest/reference/
EMULATOR_ONLY = [
    "lambda:CreateFunction",
    "sns:ListTagsForResource",
    "cloudwatch:DeleteAlarms",
    "cloudwatch:ListTagsForResource",
    "cloudfront:CreateDistributionWithTags",
    "budgets:*",
]

# The functions' roles are within these bounds.
BOUNDARY = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "sqs:SendMessage", "logs:*"]


@dataclass(frozen=True)
class Deployer:
    """A user with the policy, and the ARN of a boundary."""

    keys: dict[str, str]
    boundary: str


@pytest.fixture(scope="module")
def deployer(stack: Stack) -> Deployer:
    iam = stack.client("iam")

    def create_policy(name: str, document: str) -> str:
        return str(iam.create_policy(PolicyName=name, PolicyDocument=document)["Policy"]["Arn"])

    def allow(*actions: str) -> str:
        statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
        return json.dumps({"Version": "2012-10-17", "Statement": [statement]})

    iam.create_user(UserName=NAME)
    for policy in (create_policy(NAME, POLICY), create_policy("emulator-only", allow(*EMULATOR_ONLY))):
        iam.attach_user_policy(UserName=NAME, PolicyArn=policy)
    key = iam.create_access_key(UserName=NAME)["AccessKey"]
    keys = {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
    return Deployer(keys, create_policy("boundary", allow(*BOUNDARY)))


def copy_module(stack: Stack, folder: Path) -> None:
    """Copy the module that Terraform runs in, without state, but with the alarms that the local stack leaves out."""
    shutil.copytree(stack.local.module, folder, symlinks=True, ignore=shutil.ignore_patterns("terraform.tfstate*"))
    override = folder / "emulator_override.tf"
    text, count = re.subn(r'resource "aws_cloudwatch_metric_alarm".*?\n}\n', "", override.read_text(), flags=re.DOTALL)
    assert count == 1
    override.unlink()
    override.write_text(text)


def test_the_policy_is_enough_to_deploy_everything_and_to_remove_it(
    stack: Stack, deployer: Deployer, tmp_path: Path
) -> None:
    module = tmp_path / "module"
    copy_module(stack, module)
    environment = stack.local.emulator.client_environment | deployer.keys | {
        "TF_VAR_name": "thumbnail-generator-mine",
        "TF_VAR_cloudfront": "true",
        "TF_VAR_alarm_email": "me@example.com",
        "TF_VAR_monthly_budget_usd": "5",
        "TF_VAR_permissions_boundary": deployer.boundary,
    }  # fmt: skip
    try:
        for _ in terraform.apply(module, environment):
            pass
        refreshed = terraform.run(module, "plan", "-refresh-only", "-no-color", "-input=false", environment=environment)
        assert refreshed.returncode == 0, refreshed.stderr
        assert list_boundaries(stack, "thumbnail-generator-mine-") == [deployer.boundary] * 3
        api = terraform.read_outputs(module, environment)["api_url"]
        assert wait_for(api, upload(api, ROOT / "docs" / "images" / "sample.jpg"))["variants"]
    finally:
        arguments = ("destroy", "-auto-approve", "-no-color", "-input=false")
        destroyed = terraform.run(module, *arguments, environment=environment)
    assert destroyed.returncode == 0, destroyed.stderr


def list_boundaries(stack: Stack, prefix: str) -> list[str]:
    """Return the boundaries of the roles whose names begin with a prefix."""
    iam = stack.client("iam")
    names = [role["RoleName"] for role in iam.list_roles()["Roles"] if role["RoleName"].startswith(prefix)]
    return [iam.get_role(RoleName=name)["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"] for name in names]


FORBIDDEN: dict[str, tuple[str, str, dict[str, Any]]] = {
    "create a user": ("iam", "create_user", {"UserName": "thumbnail-generator-user"}),
    "create a role by another name": ("iam", "create_role", {"RoleName": "admin", "AssumeRolePolicyDocument": "{}"}),
    "attach a policy to a role": (
        "iam",
        "attach_role_policy",
        {"RoleName": "thumbnail-generator-x", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"},
    ),
    "change its own policy": ("iam", "put_user_policy", {"UserName": NAME, "PolicyName": "x", "PolicyDocument": "{}"}),
    "list all buckets": ("s3", "list_buckets", {}),
    "read another bucket": ("s3", "list_objects_v2", {"Bucket": "other"}),
    "invoke another function": ("lambda", "invoke", {"FunctionName": "other"}),
    "read another queue": ("sqs", "get_queue_url", {"QueueName": "other"}),
}


@pytest.mark.parametrize("attempt", FORBIDDEN)
def test_the_policy_does_not_allow_to(stack: Stack, deployer: Deployer, attempt: str) -> None:
    service, operation, parameters = FORBIDDEN[attempt]
    keys = {name.lower(): value for name, value in deployer.keys.items()}
    client = boto3.client(service, **stack.local.emulator.client_settings | keys)  # type: ignore[call-overload]
    with pytest.raises(ClientError, match="AccessDenied"):
        getattr(client, operation)(**parameters)
