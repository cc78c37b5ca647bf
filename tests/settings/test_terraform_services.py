"""What Terraform hands to services by modules of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, write

SERVICE = """variable "name" {}
variable "environment" {}
variable "timeout" {}
variable "env" { type = map(string) }
variable "secrets" { type = map(string) }
resource "google_cloud_run_v2_service" "this" {
  name = "${var.name}-${var.environment}"
  template {
    timeout = var.timeout
    containers {
      env {
        name  = "STAGE"
        value = var.environment
      }
      dynamic "env" {
        for_each = var.env
        content {
          name  = env.key
          value = env.value
        }
      }
      dynamic "env" {
        for_each = var.secrets
        content {
          name = env.key
          value_source {
            secret_key_ref { secret = env.value }
          }
        }
      }
    }
  }
}
"""
CALL = """module "api" {
  source      = "../modules/service"
  name        = "shop-api"
  environment = "staging"
  timeout     = "60s"
  env = {
    A_URL = "x"
    B_URL = ""
  }
  secrets = {
    A_KEY = "a-key-staging"
  }
}
"""
CODE = {
    "api/__init__.py": "",
    "api/main.py": "import os\n" + "".join(f'os.environ["{name}"]\n' for name in ("A_URL", "B_URL", "C_URL", "A_KEY")),
    "api.Dockerfile": 'FROM python:3.12\nCMD ["python", "-m", "api.main"]\n',
}


def test_a_call_hands_over_what_the_module_makes_of_it(tmp_path: Path) -> None:
    write(tmp_path, {"modules/service/main.tf": SERVICE, "staging/main.tf": CALL})
    found = [each for each in settings_of(tmp_path) if each.role == "deployed"]
    assert {
        (each.name, each.value_state, each.secret, each.service, each.environment, each.line) for each in found
    } == {
        ("STAGE", "literal", "", "shop-api-staging", "staging", 1),
        ("A_URL", "literal", "", "shop-api-staging", "staging", 7),
        ("B_URL", "empty", "", "shop-api-staging", "staging", 8),
        ("A_KEY", "secret", "a-key-staging", "shop-api-staging", "staging", 11),
        ("--timeout", "literal", "", "shop-api-staging", "staging", 5),
    }
    assert {each.path for each in found} == {"staging/main.tf"}


def test_a_module_that_nothing_calls_may_hand_over_anything(tmp_path: Path) -> None:
    found = settings_of(write(tmp_path, {"modules/service/main.tf": SERVICE})).of("deployed")
    assert {each.name for each in found} == {"STAGE", "*", "--timeout"}


def test_what_a_call_does_not_tell(tmp_path: Path) -> None:
    """A map that another module gives may hold anything."""
    call = CALL.replace('env = {\n    A_URL = "x"\n    B_URL = ""\n  }', "env = module.config.variables")
    found = settings_of(write(tmp_path, {"modules/service/main.tf": SERVICE, "staging/main.tf": call})).of("deployed")
    assert {(each.name, each.service) for each in found if each.name in {"*", "A_KEY"}} == {
        ("*", "shop-api-staging"),
        ("A_KEY", "shop-api-staging"),
    }


def test_calls_for_each_of_a_map(tmp_path: Path) -> None:
    call = """locals {
  services = {
    api  = { A_URL = "x", B_URL = "y" }
    jobs = { C_URL = "z" }
  }
}
module "service" {
  source   = "../modules/service"
  for_each = local.services
  name     = each.key
  env      = each.value
  secrets  = {}
}
"""
    found = settings_of(write(tmp_path, {"modules/service/main.tf": SERVICE, "staging/main.tf": call})).of("deployed")
    assert {(each.service, each.name, each.line) for each in found if each.name.endswith("_URL")} == {
        ("api", "A_URL", 3),
        ("api", "B_URL", 3),
        ("jobs", "C_URL", 4),
    }


@pytest.mark.parametrize(
    ("call", "lacks"),
    [
        (CALL.replace('B_URL = ""', 'B_URL = "x"\n    C_URL = "y"'), ""),
        (CALL.replace('B_URL = ""', 'B_URL = "x"'), "`C_URL`"),
        (CALL.replace('B_URL = ""', 'B_URL = "x"\n    C_URLS = "y"'), "`C_URL`"),
        (CALL.replace("  env = {", "  env = merge(module.config.variables, {").replace('B_URL = ""\n  }', "})"), ""),
        (CALL.replace('B_URL = ""', 'B_URL = "x"').replace("../modules/service", "registry/service"), "`C_URL`"),
    ],
)
def test_what_a_call_lacks(tmp_path: Path, call: str, lacks: str) -> None:
    files = {"staging/main.tf": call, **({"modules/service/main.tf": SERVICE} if "../modules" in call else {})}
    write(tmp_path, {**CODE, **files, ".env.example": "A_URL=\nB_URL=\nC_URL=\nA_KEY=\n"})
    found = [each for code in ("SSOT202", "SSOT206", "SSOT207") for each in said(tmp_path, code)]
    assert len(found) == bool(lacks)
    assert all(lacks in each for each in found)


ROOT = """module "api" {
  source      = "./modules/service"
  name        = "shop-api"
  environment = var.environment
  timeout     = "60s"
  env         = var.env
  secrets     = { for name, id in var.secrets : name => "${id}-${var.environment}" }
}
resource "google_secret_manager_secret" "all" {
  for_each  = toset(values(var.secrets))
  secret_id = "${each.key}-${var.environment}"
}
"""
VARIABLES = """environment = "{0}"
env = {{
  A_URL = "x"
  B_URL = "y"
  C_URL = "z"
}}
secrets = {{ A_KEY = "a-key" }}
"""


def rooted(folder: str = "infra", **variables: str) -> dict[str, str]:
    files = {f"{folder}/{name}.tfvars": text for name, text in variables.items()}
    return {"infra/main.tf": ROOT, "infra/modules/service/main.tf": SERVICE, **files}


@pytest.mark.parametrize("folder", ["infra", "infra/environments"])
def test_files_of_variables_tell_what_each_environment_is_given(tmp_path: Path, folder: str) -> None:
    given = {name: VARIABLES.format(name) for name in ("staging", "production")}
    found = settings_of(write(tmp_path, rooted(folder, **given)))
    deployed = {(each.name, each.secret, each.service, each.environment) for each in found.of("deployed")}
    assert {each for each in deployed if each[0] in {"A_URL", "A_KEY"}} == {
        (name, f"a-key-{stage}" if name == "A_KEY" else "", f"shop-api-{stage}", stage)
        for name in ("A_URL", "A_KEY")
        for stage in ("staging", "production")
    }
    assert {each.secret for each in found.of("provisioned")} == {"a-key-staging", "a-key-production"}
    assert said(tmp_path, "SSOT209") == []


def test_variables_of_one_environment_say_nothing_of_others(tmp_path: Path) -> None:
    found = settings_of(write(tmp_path, rooted(production=VARIABLES.format("production"))))
    assert {each.environment for each in found.of("deployed")} == {""}


@pytest.mark.parametrize(
    ("production", "found"),
    [
        (VARIABLES, ""),
        (VARIABLES.replace('  C_URL = "z"\n', ""), "error infra/production.tfvars:4 the service `shop-api-prod"),
        (VARIABLES.replace('"z"', '""'), "error infra/production.tfvars:5 `C_URL` is empty in production"),
        (VARIABLES.replace("env = {{", "env = null\nx = {{"), ""),
    ],
)  # fmt: skip
def test_what_the_variables_of_an_environment_lack(tmp_path: Path, production: str, found: str) -> None:
    given = {"staging": VARIABLES.format("staging"), "production": production.format("production")}
    write(tmp_path, {**CODE, **rooted(**given), ".env.example": "A_URL=\nB_URL=\nC_URL=\nA_KEY=\n"})
    findings = [each for code in ("SSOT202", "SSOT203", "SSOT206", "SSOT207") for each in said(tmp_path, code)]
    assert len(findings) == bool(found)
    assert all(found in each for each in findings)


def test_a_task_that_a_module_makes_has_the_name_of_its_call(tmp_path: Path) -> None:
    module = (
        'resource "aws_ecs_task_definition" "this" {\n  family = "${var.name}-${var.stage}"\n  container_definitions = '
        "jsonencode([{ environment = [for k, v in var.env : { name = k, value = v }] }])\n}\n"
    )
    call = 'module "{0}" {{\n  source = "../task"\n  name = "{0}"\n  env = {{ A_URL = "x" }}\n}}\n'
    write(tmp_path, {"task/main.tf": module, "staging/main.tf": call.format("web") + call.format("jobs")})
    assert {each.service for each in settings_of(tmp_path).of("deployed")} == {"web", "jobs"}


JOB = """resource "google_cloud_run_v2_job" "migrate" {
  name = "migrate"
  template {
    template {
      containers {
        image   = "shop"
        command = ["python", "-m", "shop.migrate"]
        env {
          name  = "DB_HOST"
          value = "10.0.0.1"
        }
        MORE
      }
    }
  }
}
"""


@pytest.mark.parametrize(
    ("more", "command", "told"),
    [
        ("", "shop.migrate", ["warning shop/migrate.py:3 `DB_LOCK` has no default, and no configuration declares it"]),
        ('env {\n name = "DB_LOCK"\n value = "x"\n }', "shop.migrate", []),
        ('args = ["${var.x}"]', "shop.migrate", []),  # what it runs is not known in full
        ("", "shop.other", []),
    ],
)
def test_what_a_job_is_told_to_run(tmp_path: Path, more: str, command: str, told: list[str]) -> None:
    code = 'import os\nos.environ["DB_HOST"]\nos.environ["DB_LOCK"]\n'
    text = JOB.replace("MORE", more).replace("shop.migrate", command) + 'variable "x" {}\n'
    files = {"shop/__init__.py": "", "shop/migrate.py": code, "shop/other.py": "", "web.py": "print()\n"}
    write(tmp_path, {**files, "main.tf": text, "Dockerfile": 'FROM python\nCMD ["python", "web.py"]\n'})
    assert said(tmp_path, "SSOT206") == told
