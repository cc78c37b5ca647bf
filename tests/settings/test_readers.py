from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.readers import readers
from ssot_lint.settings.yaml_tree import YamlError
from tests.settings.projects import read, short


class TestEnvFile:
    def test_exports_quotes_comments_and_values_of_many_lines(self) -> None:
        text = "\ufeff# comment\nexport A=1\nB='two # not a comment'\n\nC=\"a\nb\"\nD= # nothing\n# E=5\nF\n"
        assert short(read("env-file", "staging.env", text)) == [
            ("set", "A", "literal", 2),
            ("set", "B", "literal", 3),
            ("set", "C", "literal", 5),
            ("set", "D", "empty", 7),
            ("set", "F", "unset", 9),
        ]

    def test_a_comment_names_the_secret(self) -> None:
        (setting,) = read("env-file", "staging.env", "JWT=   # from the secret jwt-key-staging\n")
        assert (setting.value_state, setting.secret, setting.environment) == ("empty", "jwt-key-staging", "staging")

    def test_an_example_only_declares(self) -> None:
        assert [each.role for each in read("env-file", ".env.example", "A=1\n")] == ["declared"]

    @pytest.mark.parametrize("path", [".env", ".env.staging", "config/staging.env", ".env.staging.template"])
    def test_names_of_env_files(self, path: str) -> None:
        assert readers()["env-file"].recognizes(path, "A=1")

    @pytest.mark.parametrize("path", ["env.py", ".env.sh", ".envrc", "environment.yml", "x.env.j2"])
    def test_names_of_other_files(self, path: str) -> None:
        assert not readers()["env-file"].recognizes(path, "A=1")

    @given(st.text(max_size=300))
    def test_reads_anything(self, text: str) -> None:
        with contextlib.suppress(UnreadableError):
            read("env-file", ".env", text)


def test_compose() -> None:
    text = """\
services:
  web:
    environment:
      A: ${A:?needed}
      B: "plain"
      C: ${C:-25}
      D:
  worker:
    environment: [E=5, F]
    command: run ${G} $$NOT
secrets:
  token: {environment: TOKEN}
"""
    found = read("compose", "docker-compose.staging.yml", text)
    assert short(found) == [
        ("set", "A", "computed", 4), ("set", "B", "literal", 5), ("set", "C", "computed", 6),
        ("declared", "D", "unset", 7), ("set", "E", "literal", 9), ("declared", "F", "unset", 9),
        ("provisioned", "token", "token", 12), ("read", "TOKEN", "unset", 12),
        ("read", "A", "unset", 4), ("read", "C", "unset", 6), ("read", "G", "unset", 10),
    ]  # fmt: skip
    assert {each.environment for each in found} == {"staging"}
    assert [each.need for each in found if each.role == "read"] == ["required", "required", "optional", "bare"]
    assert [each.number for each in found if each.name == "C"][:1] == [25]


COMPOSE_SECRETS = """\
services:
  web:
    environment:
      A_FILE: /run/secrets/a
      B_FILE: /run/secrets/bee
      C_FILE: /run/secrets/not_mounted
      D: /run/secrets/a
      E_FILE: /etc/e
      _FILE: /run/secrets/a
    secrets: [a, {source: b, target: bee}, {source: x, target: /etc/x}, {source: t, target: /run/secrets/API_TOKEN}]
  worker:
    environment: ["F_FILE=/run/secrets/f", "G_FILE=/run/secrets/a"]
    secrets: [f]
secrets:
  a: {file: ./a}
  b: {external: true}
  f: {external: false, environment: HOST_F}
"""


def test_secrets_that_compose_mounts() -> None:
    found = read("compose", "compose.yaml", COMPOSE_SECRETS)
    assert [(each.name, each.service, each.line) for each in found if each.value_state == "secret"] == [
        ("A", "web", 4), ("B", "web", 5), ("F", "worker", 12), ("a", "", 15), ("f", "", 17),
    ]  # fmt: skip
    assert [(each.name, each.value_state, each.line) for each in found if each.role == "declared"] == [
        ("API_TOKEN", "unset", 10)
    ]
    assert [each.name for each in found if each.role == "read"] == ["HOST_F"]
    assert {each.secret for each in found if each.role == "set"} == {""}


def test_dockerfile() -> None:
    text = 'FROM x\nARG BUILD=1\nENV A=1 \\\n    B="two words"\nENV OLD style\nRUN echo $A\n'
    assert short(read("dockerfile", "Dockerfile", text)) == [
        ("declared", "BUILD", "unset", 2),
        ("set", "A", "literal", 3),
        ("set", "B", "literal", 4),
        ("set", "OLD", "literal", 5),
    ]


CLOUD_RUN = """\
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: backend-staging}
spec:
  template:
    spec:
      timeoutSeconds: 300
      containers:
        - env:
            - {name: LEVEL, value: info}
            - name: KEY
              valueFrom: {secretKeyRef: {name: api-key-staging, key: latest}}
"""


@pytest.mark.parametrize("given", ["A=1 B", ""])
def test_a_dockerfile_that_is_none(given: str) -> None:
    with pytest.raises(UnreadableError, match="`ENV` needs names and values") as error:
        read("dockerfile", "Dockerfile", f"FROM x\nENV {given}\n")
    assert error.value.line == 2


def test_cloud_run() -> None:
    found = read("cloud-run", "service.yaml", CLOUD_RUN)
    assert short(found) == [
        ("deployed", "LEVEL", "literal", 10),
        ("deployed", "KEY", "api-key-staging", 11),
        ("deployed", "--timeout", "literal", 7),
    ]
    assert {(each.environment, each.service) for each in found} == {("staging", "backend-staging")}


CLOUD_RUN_V2 = """
{"apiVersion": "run.googleapis.com/v2", "name": "a/b/web", "template": {
  "timeout": "60s",
  "containers": [{"env": [{"name": "K", "valueSource": {"secretKeyRef": {"secret": "k-id", "version": "1"}}}]}]}}
"""


def test_cloud_run_as_json() -> None:
    assert short(read("cloud-run", "service.json", CLOUD_RUN_V2)) == [
        ("deployed", "K", "k-id", 4),
        ("deployed", "--timeout", "literal", 3),
    ]


def test_gcloud_in_a_shell_script() -> None:
    text = """\
ENV=staging
SECRETS="A=a-id:latest,B=b-${ENV}:3,/mounted=c:1"
for id in one "two"; do
  gcloud secrets create "$id" --replication-policy=automatic
done
gcloud run deploy "backend-$ENV" \\
  --set-secrets "$SECRETS" --set-env-vars=^@^C=1,2@D=$UNKNOWN \\
  --timeout=300 --timeout 600  # the last wins
"""
    found = read("gcloud", "deploy.sh", text)
    assert short(found) == [
        ("provisioned", "one", "one", 3), ("provisioned", "two", "two", 3),
        ("deployed", "A", "a-id", 2), ("deployed", "B", "b-staging", 2),
        ("deployed", "C", "literal", 7), ("deployed", "D", "computed", 7), ("deployed", "--timeout", "literal", 8),
    ]  # fmt: skip
    assert found[-1].number == 600
    assert {(each.service, each.environment) for each in found[2:]} == {("backend-staging", "staging")}


def test_gcloud_without_a_timeout_has_the_default_of_cloud_run() -> None:
    (setting,) = read("gcloud", "deploy.sh", "gcloud run deploy web --image x\n")
    assert (setting.name, setting.number) == ("--timeout", 300)


def test_terraform() -> None:
    text = """\
locals { names = ["a-id", "b-id"] }
variable "tier" { default = "staging" }
resource "google_secret_manager_secret" "many" {
  for_each  = toset(concat(local.names, ["c-id"]))
  secret_id = "${each.value}-${var.tier}"
}
resource "google_secret_manager_secret" "map" {
  for_each  = { X = "x-id", Y = "y-id" }
  secret_id = each.value
}
resource "google_secret_manager_secret" "unknown" { secret_id = "jwt-${var.other}" }
resource "aws_ssm_parameter" "p" {
  name  = "/app/p"
  value = <<-EOT
    text
  EOT
}
resource "google_cloud_run_v2_service" "web" {
  name = "web"
  template {
    timeout = "300s"
    containers {
      env {
        name  = "LEVEL"
        value = "info"
      }
      env {
        name = "JWT"
        value_source {
          secret_key_ref {
            secret = google_secret_manager_secret.unknown.secret_id
          }
        }
      }
    }
  }
}
"""
    assert short(read("terraform", "main.tf", text)) == [
        ("provisioned", "a-id-staging", "a-id-staging", 1), ("provisioned", "b-id-staging", "b-id-staging", 1),
        ("provisioned", "c-id-staging", "c-id-staging", 4),
        ("provisioned", "x-id", "x-id", 8), ("provisioned", "y-id", "y-id", 8),
        ("provisioned", "jwt-*", "jwt-*", 11), ("provisioned", "/app/p", "/app/p", 13),
        ("deployed", "LEVEL", "literal", 24), ("deployed", "JWT", "jwt-*", 28),
        ("deployed", "--timeout", "literal", 21),
    ]  # fmt: skip


def test_terraform_that_is_none() -> None:
    with pytest.raises(UnreadableError) as error:
        read("terraform", "main.tf", 'resource "google_secret_manager_secret" {\n  secret_id = = 1\n}\n')
    assert error.value.line == 2


def test_kubernetes() -> None:
    text = """\
apiVersion: v1
kind: Secret
metadata: {name: web}
data: {KEY: c29tZSB2YWx1ZQ==, EMPTY: ""}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: other}
spec:
  target: {name: web}
  data: [{secretKey: TOKEN, remoteRef: {key: web/token, property: value}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {LEVEL: info}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: staging}
spec:
  template:
    spec:
      containers:
        - env:
            - {name: KEY, valueFrom: {secretKeyRef: {name: web, key: KEY}}}
            - {name: MAYBE, valueFrom: {secretKeyRef: {name: web, key: MAYBE, optional: true}}}
          envFrom: [{secretRef: {name: web}, prefix: WEB_}]
"""
    found = read("kubernetes", "k8s/web.yaml", text)
    assert short(found) == [
        ("provisioned", "web/KEY", "web/KEY", 4), ("set", "KEY", "literal", 4),
        ("provisioned", "web/EMPTY", "web/EMPTY", 4), ("set", "EMPTY", "empty", 4),
        ("provisioned", "web/TOKEN", "web/TOKEN", 11), ("mapped", "TOKEN", "web/token#value", 11),
        ("set", "LEVEL", "literal", 16), ("deployed", "KEY", "web/KEY", 26), ("deployed", "MAYBE", "web/MAYBE", 27),
        ("deployed", "WEB_*", "web/*", 28),
    ]  # fmt: skip
    assert [each.need for each in found if each.name == "MAYBE"] == ["optional"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("inventory/staging.txt", "a-id\nb-id  # used by web\n"),
        ("x.json", '[{"name": "projects/1/secrets/a-id"}, {"name": "projects/1/secrets/b-id"}]'),
        ("x.json", '{"SecretList": [{"Name": "a-id", "ARN": "arn:aws:secretsmanager:x"}, {"Name": "b-id"}]}'),
        ("x.txt", "NAME  CREATED\na-id  2025-01-01\nb-id  2025-01-01\n"),
    ],
)
def test_inventory(path: str, text: str) -> None:
    assert [each.name for each in read("inventory", path, text)] == ["a-id", "b-id"]


def test_inventory_that_is_none() -> None:
    with pytest.raises(UnreadableError, match="one secret id a line"):
        read("inventory", "x.txt", "a-id\n{{ what }}\n")


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(97 + level)}: &{chr(97 + level)} [{', '.join([f'*{chr(96 + level)}'] * 9)}]\n" for level in range(1, 20)
)


@pytest.mark.parametrize("kind", ["compose", "kubernetes", "github-workflow", "cloud-run", "gcloud"])
def test_nested_aliases_do_not_blow_up(kind: str) -> None:
    read(kind, "x.yaml", f"services:\n  web: {{environment: {{A: 1}}}}\n{BOMB}")


@pytest.mark.parametrize("text", ["a: *nowhere\n", "a: [\n", "\tx: 1\n- y", "a: " + "[" * 5000, "x" * 10 + ": {" * 300])
def test_yaml_that_is_none_is_an_error_with_a_line(text: str) -> None:
    with pytest.raises(YamlError) as error:
        read("compose", "compose.yaml", text)
    assert error.value.line >= 1


def test_a_mapping_that_contains_itself_ends() -> None:
    read("compose", "compose.yaml", "services: &s\n  web:\n    <<: *s\n    environment: &e {<<: *e, A: 1}\n")


def test_anchors_and_merges_are_followed() -> None:
    text = "x: &x {A: 1, B: 2}\nservices:\n  web:\n    environment: {<<: *x, B: 3}\n"
    assert [(each.name, each.line) for each in read("compose", "compose.yaml", text)] == [("B", 4), ("A", 1)]


@given(st.text(max_size=200), st.sampled_from(sorted(readers())))
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    with contextlib.suppress(UnreadableError, YamlError):
        list(readers()[kind].read(Document("x.yaml", text)))
