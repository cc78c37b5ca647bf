"""Programs of CDK and Pulumi: what they hand to services, and the secrets that they create."""

from __future__ import annotations

from pathlib import Path

from ssot_lint.settings.readers import readers
from tests.settings.projects import read, said, short, write

STACK = """from aws_cdk import Stack, aws_ecs as ecs, aws_lambda as _lambda, aws_secretsmanager as sm, aws_ssm as ssm
COMMON = {"LOG_LEVEL": "info", "EMPTY": ""}
class Shop(Stack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        made = sm.Secret(self, "Db", secret_name="shop/db-password")
        ssm.StringParameter(self, "Flag", parameter_name="/shop/flag", string_value="x")
        known = sm.Secret.from_secret_name_v2(self, "Jwt", "shop/jwt-key")
        task = ecs.FargateTaskDefinition(self, "Task")
        box = task.add_container(
            "web",
            environment={**COMMON, "BUCKET": bucket.bucket_name},
            secrets={
                "DB_PASSWORD": ecs.Secret.from_secrets_manager(made, "password"),
                "JWT_KEY": ecs.Secret.from_secrets_manager(known),
                "PROXY_KEY": ecs.Secret.from_secrets_manager(database.secret, "password"),
            },
        )
        box.add_environment("LATE", "1")
        box.add_secret("LATE_KEY", ecs.Secret.from_secrets_manager(known))
        _lambda.Function(self, "Mailer", function_name="mailer", environment={"QUEUE": queue.queue_url})
        _lambda.Function(self, "Other", environment=anything)
        Unrelated(self, "x", environment="staging", env=anything)
"""
TASKS = """from aws_cdk import aws_ecs_patterns as patterns
patterns.ApplicationLoadBalancedFargateService(stack, "Api",
    task_image_options=patterns.ApplicationLoadBalancedTaskImageOptions(image=x, environment={"A_URL": "https://a"}))
"""
PULUMI = """import json
import pulumi_aws as aws
import pulumi_gcp as gcp
key = gcp.secretmanager.Secret("key", secret_id="api-key-staging")
aws.secretsmanager.Secret("db", name="shop/db")
gcp.cloudrunv2.Service("api", template=gcp.cloudrunv2.ServiceTemplateArgs(containers=[
    gcp.cloudrunv2.ServiceTemplateContainerArgs(envs=[
        gcp.cloudrunv2.ServiceTemplateContainerEnvArgs(name="LEVEL", value="info"),
        gcp.cloudrunv2.ServiceTemplateContainerEnvArgs(
            name="API_KEY",
            value_source=gcp.cloudrunv2.EnvSource(secret_key_ref=gcp.cloudrunv2.Ref(secret="api-key", version="1")),
        ),
        {"name": "URL", "value": other.url},
    ])]))
aws.lambda_.Function("mailer", environment=aws.lambda_.FunctionEnvironmentArgs(variables={"QUEUE": queue.url}))
aws.ecs.TaskDefinition("web", container_definitions=json.dumps([{
    "name": "web",
    "environment": [{"name": "A_URL", "value": "https://a"}],
    "secrets": [{"name": "DB", "valueFrom": "arn:aws:secretsmanager:eu-west-1:1:secret:shop/db"}],
}]))
"""


def test_a_stack() -> None:
    settings = read("cdk", "infra/stack.py", STACK)
    assert sorted(short(settings), key=lambda each: each[3]) == [
        ("deployed", "LOG_LEVEL", "literal", 2),
        ("deployed", "EMPTY", "empty", 2),
        ("provisioned", "shop/db-password", "shop/db-password", 6),
        ("provisioned", "/shop/flag", "/shop/flag", 7),
        ("deployed", "BUCKET", "computed", 12),
        ("deployed", "DB_PASSWORD", "shop/db-password", 14),
        ("deployed", "JWT_KEY", "shop/jwt-key", 15),
        ("deployed", "PROXY_KEY", "*", 16),
        ("deployed", "LATE", "literal", 19),
        ("deployed", "LATE_KEY", "shop/jwt-key", 20),
        ("deployed", "QUEUE", "computed", 21),
        ("deployed", "*", "computed", 22),
    ]
    assert {each.name: each.service for each in settings if each.service} == {
        "LOG_LEVEL": "web", "EMPTY": "web", "BUCKET": "web", "DB_PASSWORD": "web", "JWT_KEY": "web", "PROXY_KEY": "web",
        "QUEUE": "mailer", "*": "Other",
    }  # fmt: skip


def test_variables_that_several_services_share() -> None:
    shared = "import aws_cdk\nSHARED = {'LEVEL': 'info'}\n" + "".join(
        f"Function(stack, '{name}', environment=SHARED)\n" for name in ("web", "worker")
    )
    assert [(each.name, each.service) for each in read("cdk", "app.py", shared)] == [
        ("LEVEL", "web"),
        ("LEVEL", "worker"),
    ]


def test_options_of_a_service() -> None:
    assert short(read("cdk", "infra/app.py", TASKS)) == [("deployed", "A_URL", "literal", 3)]


def test_pulumi() -> None:
    settings = read("cdk", "__main__.py", PULUMI)
    assert short(settings) == [
        ("provisioned", "api-key-staging", "api-key-staging", 4),
        ("provisioned", "shop/db", "shop/db", 5),
        ("deployed", "LEVEL", "literal", 8),
        ("deployed", "API_KEY", "api-key", 10),
        ("deployed", "URL", "computed", 13),
        ("deployed", "QUEUE", "computed", 15),
        ("deployed", "A_URL", "literal", 18),
        ("deployed", "DB", "shop/db", 19),
    ]


def test_is_recognized_by_its_import() -> None:
    reader = readers()["cdk"]
    assert reader.recognizes("infra/stack.py", STACK)
    assert reader.recognizes("__main__.py", PULUMI)
    assert not reader.recognizes("app.py", "# not by aws_cdk\nf(environment={'A': 'b'})\n")
    assert not reader.recognizes("stack.ts", STACK)


def test_what_a_stack_does_not_give(tmp_path: Path) -> None:
    code = "import os\n" + "".join(f"{name} = os.environ['{name}_URL']\n" for name in "ABCD")
    stack = (
        "from aws_cdk import aws_ecs as ecs\n"
        "task.add_container('web', environment={'A_URL': 'a', 'B_URL': 'b', 'C_URL': 'c', 'D_URL': 'd'})\n"
    )
    files = {"app.py": code, "infra/stack.py": stack}
    assert said(write(tmp_path, files), "SSOT206") == []
    write(tmp_path, {"infra/stack.py": stack.replace("'D_URL'", "'D_URI'")})
    (finding,) = said(tmp_path, "SSOT206")
    assert finding.startswith("error app.py:5 `D_URL`")
    write(tmp_path, {"infra/stack.py": stack.replace("'d'", "''")})
    (finding,) = said(tmp_path, "SSOT203")
    assert finding.startswith("warning infra/stack.py:2 `D_URL` is empty")


SERVICE = """from aws_cdk import aws_ecs as ecs, aws_secretsmanager as sm
def make(stack, stage):
    known = sm.Secret.from_secret_name_v2(stack, "Jwt", f"shop/{stage}/jwt-key")
    bank = sm.Secret.from_secret_name_v2(stack, "Bank", f"shop/{stage}/bank-key")
    task.add_container(
        "web",
        environment={"A_URL": "a", "B_URL": "b", "C_URL": "c", "D_URL": "d"},
        secrets={
            "JWT_KEY": ecs.Secret.from_secrets_manager(known),
            "BANK_KEY": ecs.Secret.from_secrets_manager(bank),
        },
    )
"""
CREATE = """for name in jwt-key bank-key; do
  aws secretsmanager create-secret --name "shop/$1/$name" --secret-string x
done
"""
ENV = "".join(f"{name}_URL=x\n" for name in "ABCD") + "JWT_KEY=\nBANK_KEY=\n"
FILES = {
    "web/__init__.py": "",
    "web/main.py": "import os\n"
    + "".join(f"os.environ['{name}']\n" for name in ("A_URL", "B_URL", "C_URL", "D_URL", "JWT_KEY", "BANK_KEY")),
    "web/Dockerfile": 'FROM x\nCMD ["python", "-m", "web.main"]\n',
    "infra/stack.py": SERVICE,
    "create.sh": CREATE,
    "staging.env": ENV,
    "production.env": ENV,
    "development.env": ENV.replace("=\n", "=x\n"),
}


def _said(root: Path) -> list[str]:
    return [each for code in ("SSOT202", "SSOT203", "SSOT206", "SSOT207") for each in said(root, code)]


def test_a_stack_of_every_environment(tmp_path: Path) -> None:
    assert _said(write(tmp_path, FILES)) == []


def test_what_a_stack_of_every_environment_lacks(tmp_path: Path) -> None:
    (finding,) = _said(write(tmp_path, {**FILES, "infra/stack.py": SERVICE.replace('"D_URL": "d"', "")}))
    assert finding.startswith("error infra/stack.py:7 the service `web` lacks `D_URL`")


def test_a_secret_of_a_stack_that_nothing_creates(tmp_path: Path) -> None:
    (finding,) = _said(write(tmp_path, {**FILES, "create.sh": CREATE.replace(" bank-key", "")}))
    assert finding.startswith("error infra/stack.py:10 `BANK_KEY` is filled from the secret `shop/*/bank-key`")


def test_a_secret_that_a_stack_does_not_give(tmp_path: Path) -> None:
    lost = SERVICE.replace('            "BANK_KEY": ecs.Secret.from_secrets_manager(bank),\n', "")
    (finding,) = _said(write(tmp_path, {**FILES, "infra/stack.py": lost}))
    assert "`BANK_KEY` is empty in production and staging" in finding
