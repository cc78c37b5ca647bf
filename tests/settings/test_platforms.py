"""Files of platforms: what they hand to services, and to the jobs of pipelines."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.settings.document import UnreadableError
from ssot_lint.settings.model import Setting
from ssot_lint.settings.readers import readers
from tests.settings.projects import read, said, short, write

TASK = """{
  "family": "shop-staging",
  "containerDefinitions": [
    {
      "name": "web",
      "environment": [
        {"name": "LOG_LEVEL", "value": "info"},
        {"name": "REGION", "value": ""}
      ],
      "secrets": [
        {"name": "A_KEY", "valueFrom": "arn:aws:secretsmanager:eu-west-1:1:secret:shop/a:key::"},
        {"name": "B_KEY", "valueFrom": "arn:aws:ssm:eu-west-1:1:parameter/shop/b"},
        {"name": "C_KEY", "valueFrom": "/shop/c"}
      ]
    },
    {"name": "side", "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::x/y.env"}]}
  ]
}
"""
RENDER = """envVarGroups:
  - name: shared
    envVars:
      - key: REGION
        value: eu
services:
  - type: web
    name: web-production
    envVars:
      - key: LOG_LEVEL
        value: info
      - key: A_KEY
        sync: false
      - key: DATABASE_URL
        fromDatabase: {name: db, property: connectionString}
      - fromGroup: shared
  - type: worker
    name: worker
    envVars:
      - fromGroup: elsewhere
"""
FLY = """app = "shop-staging"  # LOG_LEVEL
[build]
image = "x"

[env]
  LOG_LEVEL = "info"
  WORKERS = 4
"""
APP = """runtime: python312
service: shop
env_variables:
  LOG_LEVEL: info
  REGION: ""
"""
SERVERLESS = """service: shop
provider:
  environment:
    LOG_LEVEL: info
    A_KEY: ${ssm:/shop/a-key~true}
    TABLE: {Ref: Table}
    STAGE: ${opt:stage, 'dev'}
functions:
  pay:
    handler: shop.pay
    environment:
      B_KEY: ${ssm(eu-west-1):shop-b-key}
  mail:
    environment: ${file(mail.yml)}
"""
UNIT = """[Service]
Environment=LOG_LEVEL=info \\
  "GREETING=hello world"
Environment=REGION=
Environment='unclosed
PassEnvironment=A_KEY
EnvironmentFile=-/etc/default/shop
# Environment=OLD=1
ExecStart=/srv/shop/run
"""
FLY_COMMANDS = """for app in shop-staging shop-production; do
  flyctl secrets set A_KEY="$A_KEY" B_KEY= --app "$app" --stage
done
fly secrets import -a shop-staging < .env
fly deploy --app shop-staging
"""
AZURE_COMMANDS = """on: push
jobs:
  deploy:
    steps:
      - run: |
          az containerapp update -n shop-staging --set-env-vars LOG_LEVEL=info A_KEY=secretref:a-key --cpu 1
      - run: heroku config:set B_KEY=x --app shop
"""
APP_JSON = """{
  "name": "shop",
  "env": {
    "LOG_LEVEL": "info",
    "A_KEY": {"generator": "secret"},
    "B_KEY": {"description": "Ask Bob."}
  }
}
"""
SAM = """Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Environment: {Variables: {LOG_LEVEL: info}}
Resources:
  Pay:
    Type: AWS::Serverless::Function
    Properties:
      Environment:
        Variables:
          TABLE: !Ref Orders
          NAME: !Sub "${AWS::StackName}-x"
          A_KEY: "{{resolve:secretsmanager:shop-a-key:SecretString}}"
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: shop-a-key}
  Unnamed:
    Type: AWS::SSM::Parameter
    Properties: {Name: !Sub "${Stage}"}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Environment: [{Name: REGION, Value: ""}]
          Secrets: [{Name: B_KEY, ValueFrom: "arn:aws:ssm:eu-west-1:1:parameter/shop-b"}]
"""
CONTAINER_APP = """type: Microsoft.App/containerApps
name: shop-staging
properties:
  template:
    containers:
      - name: web
        env:
          - name: LOG_LEVEL
            value: info
          - name: A_KEY
            secretRef: a-key
"""
GITLAB = """variables:
  LOG_LEVEL: info
deploy:
  environment: {name: production/eu}
  variables:
    REGION: {value: eu, description: where}
    TARGET: $CI_COMMIT_REF_NAME
  script: [make deploy]
"""


def both(settings: list[Setting]) -> list[tuple[Setting, tuple[str, str, str, int]]]:
    """Each setting, and what is shown of it."""
    return list(zip(settings, short(settings), strict=True))


def test_a_task_of_ecs() -> None:
    settings = read("ecs-task", "deploy/task.json", TASK)
    assert short(settings) == [
        ("deployed", "LOG_LEVEL", "literal", 7),
        ("deployed", "REGION", "empty", 8),
        ("deployed", "A_KEY", "shop/a#key", 11),
        ("deployed", "B_KEY", "/shop/b", 12),
        ("deployed", "C_KEY", "/shop/c", 13),
        ("deployed", "*", "computed", 16),
    ]
    assert {(each.service, each.environment) for each in settings} == {("web", "staging"), ("side", "staging")}


def test_a_described_task_of_ecs() -> None:
    assert len(read("ecs-task", "task.json", f'{{"taskDefinition": {TASK}}}')) == 6


def test_a_blueprint_of_render() -> None:
    settings = read("render", "render.yaml", RENDER)
    assert [
        (each.service, each.environment, *entry[1:]) for each, entry in zip(settings, short(settings), strict=True)
    ] == [
        ("web-production", "production", "LOG_LEVEL", "literal", 10),
        ("web-production", "production", "A_KEY", "computed", 12),
        ("web-production", "production", "DATABASE_URL", "computed", 14),
        ("web-production", "production", "REGION", "literal", 4),
        ("worker", "", "*", "computed", 20),
    ]


def test_an_application_of_fly() -> None:
    """Its secrets are set by hand."""
    settings = read("fly", "fly.toml", FLY)
    assert short(settings) == [
        ("deployed", "LOG_LEVEL", "literal", 6),
        ("deployed", "WORKERS", "literal", 7),
        ("deployed", "*", "*", 5),
    ]
    assert {(each.service, each.environment) for each in settings} == {("shop-staging", "staging")}


def test_an_application_of_app_engine() -> None:
    settings = read("app-engine", "app.staging.yaml", APP)
    assert short(settings) == [
        ("deployed", "LOG_LEVEL", "literal", 4),
        ("deployed", "REGION", "empty", 5),
    ]
    assert {(each.service, each.environment) for each in settings} == {("shop", "staging")}


def test_functions_of_serverless() -> None:
    settings = read("serverless", "serverless.yml", SERVERLESS)
    assert [(each.service, *entry[1:]) for each, entry in zip(settings, short(settings), strict=True)] == [
        ("", "LOG_LEVEL", "literal", 4),
        ("", "A_KEY", "/shop/a-key", 5),
        ("", "TABLE", "computed", 6),
        ("", "STAGE", "computed", 7),
        ("pay", "B_KEY", "shop-b-key", 12),
        ("mail", "*", "computed", 14),
    ]


def test_a_unit_of_systemd() -> None:
    settings = read("systemd", "deploy/shop-staging.service", UNIT)
    assert short(settings) == [
        ("deployed", "LOG_LEVEL", "literal", 2),
        ("deployed", "GREETING", "literal", 3),
        ("deployed", "REGION", "empty", 4),
        ("deployed", "A_KEY", "computed", 6),
        ("deployed", "*", "computed", 7),
    ]
    assert {(each.service, each.environment) for each in settings} == {("shop-staging", "staging")}


def test_commands_of_fly() -> None:
    settings = read("platform-command", "secrets.sh", FLY_COMMANDS)
    assert [(each.kind, each.service, each.environment, *entry[1:]) for each, entry in both(settings)] == [
        ("fly", "shop-staging", "staging", "A_KEY", "computed", 2),
        ("fly", "shop-staging", "staging", "B_KEY", "empty", 2),
        ("fly", "shop-production", "production", "A_KEY", "computed", 2),
        ("fly", "shop-production", "production", "B_KEY", "empty", 2),
        ("fly", "shop-staging", "staging", "*", "*", 4),
    ]


def test_commands_of_azure_and_heroku_in_a_workflow() -> None:
    settings = read("platform-command", ".github/workflows/deploy.yml", AZURE_COMMANDS)
    assert [(each.service, *entry[1:]) for each, entry in both(settings)] == [
        ("shop", "B_KEY", "literal", 7),
        ("shop-staging", "LOG_LEVEL", "literal", 6),
        ("shop-staging", "A_KEY", "a-key", 6),
    ]


def test_a_manifest_of_heroku() -> None:
    assert short(read("heroku", "app.json", APP_JSON)) == [
        ("declared", "LOG_LEVEL", "literal", 4),
        ("declared", "A_KEY", "computed", 5),
        ("declared", "B_KEY", "unset", 6),
    ]


def test_a_template_of_cloudformation() -> None:
    settings = read("cloudformation", "template.yaml", SAM)
    assert [(each.service, *entry) for each, entry in both(settings)] == [
        ("Pay", "deployed", "LOG_LEVEL", "literal", 4),
        ("Pay", "deployed", "TABLE", "computed", 11),
        ("Pay", "deployed", "NAME", "computed", 12),
        ("Pay", "deployed", "A_KEY", "shop-a-key", 13),
        ("", "provisioned", "shop-a-key", "shop-a-key", 16),
        ("web", "deployed", "REGION", "empty", 25),
        ("web", "deployed", "B_KEY", "shop-b", 26),
    ]


def test_a_container_app_of_azure() -> None:
    settings = read("container-apps", "shop.yaml", CONTAINER_APP)
    assert [(each.service, each.environment, *entry[1:]) for each, entry in both(settings)] == [
        ("shop-staging", "staging", "LOG_LEVEL", "literal", 8),
        ("shop-staging", "staging", "A_KEY", "a-key", 10),
    ]


@pytest.mark.parametrize("value", ["", "changeme"])
def test_what_stands_empty_though_no_environment_is_told(tmp_path: Path, value: str) -> None:
    app = f'runtime: python312\nenv_variables:\n  A_URL: "{value}"\n'
    files = {
        "ssot-lint.toml": 'entry-points = ["main"]\n',
        "main.py": 'import os\nos.environ["A_URL"]\n',
        "app.yaml": app,
        "app.staging.yaml": app.replace(value or '""', (value and "https://x") or '"https://x"'),
    }
    (finding,) = said(write(tmp_path, files), "SSOT203")
    assert finding.startswith("warning app.yaml:3 `A_URL` is")


def test_a_pipeline_of_gitlab() -> None:
    settings = read("gitlab-ci", ".gitlab-ci.yml", GITLAB)
    assert short(settings) == [
        ("set", "LOG_LEVEL", "literal", 2),
        ("set", "REGION", "literal", 6),
        ("set", "TARGET", "computed", 7),
    ]
    assert [each.environment for each in settings] == ["", "production", "production"]


@pytest.mark.parametrize(
    ("kind", "path", "text", "recognized"),
    [
        ("ecs-task", "a/task.json", TASK, True),
        ("ecs-task", "a/task.json", '{"containers": []}', False),
        ("ecs-task", "a/task.py", TASK, False),
        ("render", "render.yaml", RENDER, True),
        ("render", "render.staging.yaml", RENDER, True),
        ("render", "values.yaml", RENDER, False),
        ("render", "render.yaml", "services: []", False),
        ("fly", "fly.toml", FLY, True),
        ("fly", "deploy/fly.staging.toml", FLY, True),
        ("fly", "butterfly.toml", FLY, False),
        ("fly", "fly.toml", "app = 'x'", True),
        ("fly", "fly.toml", "[build]", False),
        ("app-engine", "app.yaml", APP, True),
        ("app-engine", "app.yaml", "x:\n  env_variables: {}\n", False),
        ("serverless", "api/serverless.yml", SERVERLESS, True),
        ("serverless", "serverless.yml", "a: 1", False),
        ("systemd", "shop@.service", UNIT, True),
        ("systemd", "avahi/shop.service", "<service-group>", False),
        ("platform-command", "secrets.sh", FLY_COMMANDS, True),
        ("platform-command", "secrets.sh", "echo fly", False),
        ("platform-command", "deploy.yml", AZURE_COMMANDS, True),
        ("platform-command", "README.md", FLY_COMMANDS, False),
        ("heroku", "app.json", APP_JSON, True),
        ("heroku", "app.json", '{"expo": {"env": {}}}', False),
        ("heroku", "package.json", APP_JSON, False),
        ("cloudformation", "template.yaml", SAM, True),
        ("cloudformation", "notes.md", SAM, False),
        ("cloudformation", "values.yaml", "a: AWS::S3::Bucket", False),
        ("container-apps", "shop.yaml", CONTAINER_APP, True),
        ("container-apps", "shop.yaml", "containers: []", False),
        ("gitlab-ci", ".gitlab-ci.yml", GITLAB, True),
        ("gitlab-ci", "ci/deploy.gitlab-ci.yml", GITLAB, True),
        ("gitlab-ci", ".gitlab/deploy.yml", GITLAB, True),
        ("gitlab-ci", "deploy.yml", GITLAB, False),
    ],
)
def test_they_are_known_by_what_only_they_have(kind: str, path: str, text: str, recognized: bool) -> None:
    assert readers()[kind].recognizes(path, text) is recognized


def test_the_secrets_of_a_task_are_held_against_what_is_created(tmp_path: Path) -> None:
    create = (
        'resource "aws_ssm_parameter" "b" {\n  name = "/shop/b"\n}\n'
        'resource "aws_ssm_parameter" "c" {\n  name = "/shop/%s"\n}\n'
    )
    task = TASK.replace(
        '        {"name": "A_KEY", "valueFrom": "arn:aws:secretsmanager:eu-west-1:1:secret:shop/a:key::"},\n', ""
    )
    write(tmp_path, {"task.json": task, "main.tf": create % "c"})
    assert said(tmp_path, "SSOT202") == []
    write(tmp_path, {"main.tf": create % "d"})
    (finding,) = said(tmp_path, "SSOT202")
    assert "task.json:12 `C_KEY` is filled from the secret `/shop/c`" in finding


def test_a_file_that_is_no_toml() -> None:
    with pytest.raises(UnreadableError) as raised:
        read("fly", "fly.toml", f"{FLY}x = = 'a secret'\n")
    assert str(raised.value) == "not TOML"
    assert raised.value.line == 8


def _parameters(*keys: str) -> str:
    secrets = ", ".join(
        f'{{"name": "{key.upper()}_KEY", "valueFrom": "arn:aws:ssm:eu:1:parameter/shop/{where}-key"}}'
        for where, key in zip(keys, "ab", strict=True)
    )
    return f'{{"family": "shop-production", "containerDefinitions": [{{"name": "web", "secrets": [{secrets}]}}]}}'


def test_an_environment_in_the_path_of_a_parameter(tmp_path: Path) -> None:
    write(tmp_path, {"task.json": _parameters("production/a", "staging/b")})
    assert said(tmp_path, "SSOT205") == [
        "warning task.json:1 `B_KEY` of production gets `/shop/staging/b-key`, which is of staging by its name"
    ]


def test_parameters_that_have_each_others_place(tmp_path: Path) -> None:
    write(tmp_path, {"task.json": _parameters("production/b", "production/a")})
    assert said(tmp_path, "SSOT205") == ["warning task.json:1 `A_KEY` and `B_KEY` have each other's secret"]


FUNCTIONS = """provider: {name: aws, stage: "${opt:stage, 'staging'}"}
functions:
  one: {handler: main.one, environment: {A_KEY: "${ssm:/shop/${self:provider.stage}/a-key}"}}
  two: {handler: main.two, environment: {B_KEY: "${ssm:/shop/${sls:stage}/b-key}"}}
"""
PARAMETERS = "".join(
    f'resource "aws_ssm_parameter" "{name}_{stage}" {{\n  name = "/shop/{stage}/{name}-key"\n  value = ""\n}}\n'
    for name in "ab"
    for stage in ("staging", "production")
)


def test_parameters_of_functions(tmp_path: Path) -> None:
    write(tmp_path, {"serverless.yml": FUNCTIONS, "terraform/main.tf": PARAMETERS})
    assert said(tmp_path, "SSOT202") == []
    write(tmp_path, {"serverless.yml": FUNCTIONS.replace("b-key", "bb-key")})
    (found,) = said(tmp_path, "SSOT202")
    assert found.startswith("error serverless.yml:4 `B_KEY` is filled from the secret `/shop/*/bb-key`, which nothing")
