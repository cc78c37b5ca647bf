"""What Terraform hands to services by modules of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, write

SERVICE = """variable "name" {}
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
