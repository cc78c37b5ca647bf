"""Keys of JSON inside of secrets, and ids that are nearly those of secrets which nothing takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

AWS = """\
resource "aws_secretsmanager_secret" "db" {
  name = "shop/db"
}
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ url = local.url, password = "x" })
}
"""
TASK = """\
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name = "web"
    secrets = [{ name = "DB_URL", valueFrom = "${aws_secretsmanager_secret.db.arn}:%s::" }]
  }])
}
"""


@pytest.mark.parametrize(
    ("secret", "part", "found"),
    [
        (AWS, "url", ""),
        (AWS, "uri",
         "`DB_URL` takes `uri` of the secret `shop/db`, which has `url` and `password` alone; is `url` meant?"),
        (AWS.replace("password", "uri"), "uri", ""),
        (AWS.replace('jsonencode({ url = local.url, password = "x" })', "file(local.path)"), "uri", ""),
        (AWS.replace("jsonencode({", "jsonencode(merge(local.more, {").replace("})", "}))"), "uri", ""),
        (AWS.replace("jsonencode({ url = local.url, password", "jsonencode({ for k in local.k : k => k })#"),
         "uri", ""),
        # somebody may put it there
        (AWS.replace("  secret_id ", "  lifecycle {\n    ignore_changes = [secret_string]\n  }\n  secret_id "),
         "uri", ""),
        (AWS.partition('resource "aws_secretsmanager_secret_version"')[0], "uri", ""),
    ],
)  # fmt: skip
def test_a_task_takes_a_part_of_a_secret(tmp_path: Path, secret: str, part: str, found: str) -> None:
    write(tmp_path, {"infra/secrets.tf": secret, "infra/web.tf": TASK % part})
    assert said(tmp_path, "SSOT202") == ([f"error infra/web.tf:5 {found}"] if found else [])


VAULT = """\
resource "vault_kv_secret_v2" "{0}" {{
  mount     = "secret"
  name      = "${{var.environment}}/shop/{0}"
  data_json = jsonencode({{ {1} = "x" }})
}}
"""
STORE = """\
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {{name: shop}}
spec:
  data:
    - secretKey: DB_URL
      remoteRef: {{key: '{{{{ .Values.path }}}}/db', property: url}}
    - secretKey: QUEUE_URL
      remoteRef: {{key: '{{{{ .Values.path }}}}/{0}', property: {1}}}
"""
VALUES = {
    "chart/Chart.yaml": "name: shop\n",
    "chart/values.yaml": "path: shop\n",
    "chart/values-staging.yaml": "path: staging/shop\n",
    "chart/values-production.yaml": "path: production/shop\n",
}


@pytest.mark.parametrize(
    ("key", "part", "found"),
    [
        ("queue", "url", ""),
        ("queue", "uri", "takes `uri` of the secret `*/shop/queue`, which has `url` alone; is `url` meant?"),
        ("queues", "url", "is mapped to the secret `*/shop/queues`, which nothing creates: `infra/main.tf` lacks it"),
    ],
)
def test_a_store_takes_secrets_of_vault(tmp_path: Path, key: str, part: str, found: str) -> None:
    vault = VAULT.format("db", "url") + VAULT.format("queue", "url")
    write(tmp_path, VALUES | {"infra/main.tf": vault, "chart/templates/store.yaml": STORE.format(key, part)})
    told = said(tmp_path, "SSOT202")
    assert told == ([f"error chart/templates/store.yaml:8 `QUEUE_URL` {found}"] if found else [])


SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Thumbs:
    Type: AWS::Serverless::Function
    Properties:
      Handler: main.handler
      Environment:
        Variables:
          SIGNING_KEY: !Sub "{{{{resolve:secretsmanager:shop/${{Stage}}/{}:SecretString:key}}}}"
"""
CREATED = "".join(
    f'resource "aws_secretsmanager_secret" "{each}" {{\n  name = "shop/${{var.stage}}/{each}"\n}}\n'
    for each in ("database", "queue", "signing-keys")
)


@pytest.mark.parametrize(("name", "is_told"), [("signing-keys", False), ("signing-key", True), ("mailgun", False)])
def test_a_reference_to_nearly_the_only_secret_that_is_left(tmp_path: Path, name: str, is_told: bool) -> None:
    """Of what is created for others too nobody knows what else there is, but for a name that is hardly another one."""
    write(tmp_path, {"template.yaml": SAM.format(name), "infra/main.tf": CREATED})
    told = said(tmp_path, "SSOT202")
    assert len(told) == is_told
    assert all(
        each.startswith("error template.yaml:9 `SIGNING_KEY` is filled from the secret `shop/*/") for each in told
    )
