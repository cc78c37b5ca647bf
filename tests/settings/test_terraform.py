"""What Terraform files say, as far as the files of their folder tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import read, said, settings_of, short, write

LOCALS = """
locals {
  names = ["a", "b"]
  env   = { A_KEY = "a-id", LEVEL = "" }
}
variable "environment" { default = "staging" }
variable "prefix" { default = "app" }
"""


def ids(body: str) -> list[str]:
    """The secrets that a resource provisions."""
    text = f'{LOCALS}\nresource "google_secret_manager_secret" "x" {{\n{body}\n}}\n'
    return [each.name for each in read("terraform", "main.tf", text) if each.role == "provisioned"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('count = length(local.names)\nsecret_id = "x-${local.names[count.index]}"', ["x-a", "x-b"]),
        ("count = length(local.names)\nsecret_id = element(local.names, count.index)", ["a", "b"]),
        ('for_each = toset([for n in local.names : "${n}-key"])\nsecret_id = each.key', ["a-key", "b-key"]),
        ("for_each = { for n in local.names : n => upper(n) }\nsecret_id = each.value", ["A", "B"]),
        ('for_each = local.env\nsecret_id = lower(replace(each.key, "_", "-"))', ["a-key", "level"]),
        ('secret_id = join("-", [var.prefix, "key"])', ["app-key"]),
        (
            'for_each = toset([for p in setproduct(local.names, ["s", "p"]) : join("-", p)])\nsecret_id = each.key',
            ["a-s", "a-p", "b-s", "b-p"],
        ),
        ("for_each = toset([for p in setproduct(local.names, var.more) : p[0]])\nsecret_id = each.key", ["*"]),
        ('secret_id = format("%s-key", var.prefix)', ["app-key"]),
        ('secret_id = lookup(local.env, "A_KEY", "other")', ["a-id"]),
        ('secret_id = var.environment == "x" ? "one" : "two"', ["*"]),
        ('secret_id = "key-${var.environment}"', ["key-*"]),  # a file of variables gives it for each environment
        ("for_each = toset(concat(local.names, var.more))\nsecret_id = each.key", ["*"]),
    ],
)
def test_expressions(body: str, found: list[str]) -> None:
    assert ids(body) == found


def test_names_that_double_each_other_end() -> None:
    doubled = "".join(f'  a{n} = "${{local.a{n - 1}}}${{local.a{n - 1}}}"\n' for n in range(1, 60))
    text = f'locals {{\n  a0 = "x"\n{doubled}'
    text += '}\nresource "google_secret_manager_secret" "x" {\n  secret_id = local.a59\n}\n'
    assert len(read("terraform", "main.tf", text)) == 1


def test_the_files_of_a_folder_are_one_module(tmp_path: Path) -> None:
    secrets = 'resource "aws_secretsmanager_secret" "s" {\n  for_each = local.env\n  name = "app/${each.value}"\n}\n'
    service = """resource "aws_ecs_task_definition" "web" {
  container_definitions = jsonencode([{
    secrets = [{ name = "A_KEY", valueFrom = aws_secretsmanager_secret.s["A_KEY"].arn }]
  }])
}
"""
    write(tmp_path, {"infra/locals.tf": LOCALS, "infra/secrets.tf": secrets, "infra/service.tf": service})
    found = settings_of(tmp_path)
    assert [(each.name, each.path, each.line) for each in found.of("provisioned")] == [
        ("app/a-id", "infra/secrets.tf", 3), ("app/", "infra/secrets.tf", 3)
    ]  # fmt: skip
    assert [(each.name, each.secret) for each in found.of("deployed")] == [("A_KEY", "app/a-id")]


DYNAMIC = """resource "google_cloud_run_v2_service" "web" {
  name = "web"
  template {
    containers {
      dynamic "env" {
        for_each = %s
        content {
          name  = env.key
          value = env.value
        }
      }
    }
  }
}
"""


def test_dynamic_blocks() -> None:
    assert short(read("terraform", "main.tf", LOCALS + DYNAMIC % "local.env")) == [
        ("deployed", "A_KEY", "literal", 4),
        ("deployed", "LEVEL", "empty", 4),
    ]
    assert [each.name for each in read("terraform", "main.tf", DYNAMIC % "var.env")] == ["*"]


def test_maps_that_are_handed_over() -> None:
    text = """
resource "aws_lambda_function" "f" {
  function_name = "worker"
  environment {
    variables = { LEVEL = "info", QUEUE_URL = aws_sqs_queue.q.url }
  }
}
module "web" {
  source      = "../run"
  env_vars    = { LEVEL = "" }
  secret_env  = { A_KEY = "a-id" }
  labels      = { NOT_ONE = "x" }
}
"""
    assert [(each.service, *short([each])[0]) for each in read("terraform", "main.tf", text)] == [
        ("worker", "deployed", "LEVEL", "literal", 5),
        ("worker", "deployed", "QUEUE_URL", "computed", 5),
        ("web", "deployed", "LEVEL", "empty", 10),
        ("web", "deployed", "A_KEY", "a-id", 11),
    ]


def test_a_variable_that_a_container_is_given_twice(tmp_path: Path) -> None:
    entry = '{{ name = "LEVEL", value = "{}" }}'
    text = (
        'resource "aws_ecs_task_definition" "web" {\n  container_definitions = jsonencode([\n'
        f"    {{ environment = [{entry.format('info')}, {entry.format('debug')}] }},\n"
        f"    {{ environment = [{entry.format('warn')}] }}\n  ])\n}}\n"
    )
    write(tmp_path, {"main.tf": text})
    assert said(tmp_path, "SSOT209") == [
        "warning main.tf:3 `LEVEL` stands here twice with different values; the last one is used"
    ]


def test_files_of_variables(tmp_path: Path) -> None:
    secrets = """variable "ids" { type = set(string) }
variable "prefix" { default = "x" }
resource "google_secret_manager_secret" "s" {
  for_each  = var.ids
  secret_id = "${var.prefix}-${each.value}"
}
"""
    given = 'ids = ["a-key", "b-key"]\n'
    files = {"infra/main.tf": secrets, "infra/staging.tfvars": f'{given}prefix = "y"\n'}
    write(tmp_path, {**files, "infra/production.tfvars": f'{given}prefix = "z"\n'})
    made = [(each.name, each.environment) for each in settings_of(tmp_path).of("provisioned")]
    assert made == [(f"{'y' if stage == 'staging' else 'z'}-{name}", stage)
                    for stage in ("production", "staging") for name in ("a-key", "b-key")]  # fmt: skip


def test_a_module_that_is_told_which_secrets_to_create() -> None:
    text = 'module "s" {\n  source  = "registry/secrets"\n  secrets = [{ name = "a-key" }, { name = "b-key" }]\n}\n'
    found = read("terraform", "main.tf", text)
    assert [(each.role, each.name) for each in found] == [("provisioned", "a-key"), ("provisioned", "b-key")]


ONE = 'variable "name" {}\nresource "google_secret_manager_secret" "this" {\n  secret_id = var.name\n}\n'
MANY = """variable "names" { type = list(string) }
variable "stage" {}
module "each" {
  source   = "../one"
  for_each = toset(var.names)
  name     = "${each.value}-${var.stage}"
}
"""
CALLS = """module "jwt" {
  source = "../modules/one"
  name   = "jwt-staging"
}
module "many" {
  source = "../modules/many"
  names = [
    "a-key",
    "b-key",
  ]
  stage = "staging"
}
"""


def test_secrets_that_modules_of_the_project_make(tmp_path: Path) -> None:
    """Modules may call modules; what they hold by themselves names no secret."""
    files = {"modules/one/main.tf": ONE, "modules/many/main.tf": MANY, "staging/main.tf": CALLS}
    found = settings_of(write(tmp_path, files)).of("provisioned")
    assert [(each.secret, each.path, each.line, each.environment) for each in found] == [
        ("jwt-staging", "staging/main.tf", 3, "staging"),
        ("a-key-staging", "staging/main.tf", 8, "staging"),
        ("b-key-staging", "staging/main.tf", 9, "staging"),
    ]


def test_a_module_that_nothing_calls_may_make_any_secret(tmp_path: Path) -> None:
    found = settings_of(write(tmp_path, {"modules/one/main.tf": ONE})).of("provisioned")
    assert [each.secret for each in found] == ["*"]


def test_modules_that_call_each_other(tmp_path: Path) -> None:
    call = 'module "x" {{\n  source = "../{}"\n  name = "a"\n}}\n'
    files = {"a/main.tf": ONE + call.format("b"), "b/main.tf": ONE + call.format("a")}
    assert {each.secret for each in settings_of(write(tmp_path, files)).of("provisioned")} == {"a"}


def test_a_mapped_secret_that_no_call_of_a_module_makes(tmp_path: Path) -> None:
    mapping = 'SECRETS = {"JWT_KEY": "jwt-staging", "A_KEY": "a-key-staging", "C_KEY": "c-key-staging"}\n'
    files = {"modules/one/main.tf": ONE, "modules/many/main.tf": MANY, "staging/main.tf": CALLS}
    write(tmp_path, {**files, "mapping.py": mapping})
    (finding,) = said(tmp_path, "SSOT202")
    assert "`C_KEY` is mapped to the secret `c-key-staging`, which nothing creates" in finding


def test_secrets_that_one_environment_alone_has(tmp_path: Path) -> None:
    text = (
        'variable "environment" { type = string }\nlocals {\n'
        '  own = var.environment == "staging" ? ["e2e-key"] : []\n'
        '  rest = var.environment != "staging" ? ["pager"] : []\n}\n'
        'resource "google_secret_manager_secret" "all" {\n  for_each  = toset(concat(["jwt"], local.own, local.rest))\n'
        '  secret_id = "${each.value}-${var.environment}"\n}\n'
    )
    files = {f"tf/{name}.tfvars": f'environment = "{name}"\n' for name in ("staging", "production")}
    found = settings_of(write(tmp_path, {"tf/main.tf": text, **files})).of("provisioned")
    assert {each.secret for each in found} == {"jwt-staging", "e2e-key-staging", "jwt-production", "pager-production"}
