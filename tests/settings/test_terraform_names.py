"""Variables and locals that Terraform uses and its folder does not declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

MAIN = """\
variable "environment" {
  type = string
}

locals {
  job_secrets = { DSN = "dsn-${var.environment}" }
}
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('output "x" {\n  value = local.job_secrets\n}\n', ""),
        (
            'output "x" {\n  value = local.job_secret\n}\n',
            "`local.job_secret` is used here, and this folder declares no",
        ),
        (
            'output "x" {\n  value = "a-${var.enviroment}"\n}\n',
            "`var.enviroment` is used here, and this folder declares",
        ),
        ('# value = var.gone\noutput "x" {\n  value = "$${var.gone}" // local.gone\n}\n', ""),
        ('/*\n var.gone\n*/\noutput "x" {\n  value = module.web.var.gone\n}\n', ""),
        ('output "x" {\n', ""),
    ],
)
def test_what_is_used_and_not_declared(tmp_path: Path, text: str, found: str) -> None:
    write(tmp_path, {"infra/main.tf": MAIN, "infra/outputs.tf": text})
    said_of = [each for each in said(tmp_path, "SSOT206") if found in each]
    assert said(tmp_path, "SSOT206") == (said_of if found else [])
    assert len(said_of) == bool(found)


@pytest.mark.parametrize("file", ["terragrunt.hcl", "infra/more.tf.json"])
def test_files_that_something_else_makes(tmp_path: Path, file: str) -> None:
    write(tmp_path, {"infra/main.tf": MAIN, "infra/outputs.tf": 'output "x" {\n  value = var.zone\n}\n', file: "{}"})
    assert not said(tmp_path, "SSOT206")


def test_each_folder_has_its_own(tmp_path: Path) -> None:
    other = 'output "x" {\n  value = var.environment\n}\n'
    write(tmp_path, {"infra/main.tf": MAIN, "other/main.tf": other})
    assert not said(tmp_path, "SSOT206")  # the file that declares its variables is not here
    write(tmp_path, {"other/variables.tf": 'variable "zone" {}\n'})
    (finding,) = said(tmp_path, "SSOT206")
    assert finding.startswith("warning other/main.tf:2 ")


KEYED = """\
locals {
  secrets = { db = "db-password", jwt = "jwt-key" }
}

resource "google_secret_manager_secret" "this" {
  for_each  = local.secrets
  secret_id = each.value
}

resource "google_cloud_run_v2_service" "web" {
  template {
    containers {
      dynamic "env" {
        for_each = { DB_PASSWORD = "db", JWT_KEY = "KEY" }
        content {
          name = env.key
          value_source {
            secret_key_ref { secret = google_secret_manager_secret.this[env.value].secret_id }
          }
        }
      }
    }
  }
}
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"KEY"', '"jwt"', ""),
        ('"KEY"', '"jwt_key"', 'web.tf:14 `google_secret_manager_secret.this["jwt_key"]` is used here'),
        ('"KEY"', "var.key", ""),
        ("local.secrets", "var.secrets", ""),
        ("for_each  = local.secrets", "for_each  = merge(local.secrets, var.more)", ""),
        ("this[env.value]", 'this["jwt"]', ""),
        ("this[env.value]", 'this["mail"]', 'web.tf:18 `google_secret_manager_secret.this["mail"]` is used here'),
        ("this[env.value]", 'this["${var.key}"]', ""),
        ("this[env.value]", 'other["mail"]', ""),
    ],
)
def test_instances_by_a_key(tmp_path: Path, old: str, new: str, found: str) -> None:
    text = KEYED.replace(old, new)
    write(tmp_path, {"infra/web.tf": text.replace('"KEY"', '"jwt"')})
    told = [each for each in said(tmp_path, "SSOT206") if "no such instance" in each]
    assert [found in each for each in told] == [True] * bool(found)


RESOURCES = """\
resource "aws_sqs_queue" "claims" {
  name = "claims"
}

module "db" {
  source = "./db"
}
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("value = aws_sqs_queue.claims.url", ""),
        ("value = aws_sqs_queue.claim.url",
         "`aws_sqs_queue.claim` is used here, and this folder declares no such resource; is `aws_sqs_queue.claims`"),
        ("value = aws_s3_bucket.files[0].arn", "`aws_s3_bucket.files` is used here, and this folder declares no such"),
        ('value = "${aws_sqs_queue.gone.url}/x"', "`aws_sqs_queue.gone` is used here"),
        ("value = data.aws_sqs_queue.gone.url", ""),
        ('value = "see aws_sqs_queue.gone.url"', ""),
        ("value = google_pubsub_topic.gone.id", ""),  # of a provider of which there is nothing
        ("value = module.db.dsn", ""),
        ("value = module.db[0].url", "`module.db.url` is used here, and `infra/db` declares no such output"),
        ("value = module.other.url", ""),
        ("depends_on = [module.db]", ""),
    ],
)  # fmt: skip
def test_resources_and_outputs_of_modules(tmp_path: Path, text: str, found: str) -> None:
    files = {"infra/main.tf": RESOURCES, "infra/db/main.tf": 'output "dsn" {\n  value = "x"\n}\n'}
    write(tmp_path, {**files, "infra/outputs.tf": f'output "x" {{\n  {text}\n}}\n'})
    told = said(tmp_path, "SSOT206")
    assert len(told) == bool(found)
    assert all(each.startswith(f"warning infra/outputs.tf:2 {found}") for each in told)


def test_what_a_resource_was_called(tmp_path: Path) -> None:
    moved = "moved {\n  from = aws_sqs_queue.old[0]\n  to   = aws_sqs_queue.claims\n}\n"
    write(tmp_path, {"infra/main.tf": RESOURCES, "infra/db/main.tf": "", "infra/moved.tf": moved})
    assert said(tmp_path, "SSOT206") == []
