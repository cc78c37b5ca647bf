"""What templates of Helm charts hand to workloads."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.settings.chart_templates import documents_of
from tests.settings.projects import said, settings_of, write

DEPLOYMENT = """{{- /*
One deployment.
*/}}
{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  template:
    metadata:
      {{- with .Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          {{- if .Values.debug }}
          args: ["--debug", "{{ .Values.level }}"]
          {{- end }}
          env:
            - name: SHOP_TOKEN
              valueFrom:
                secretKeyRef:
                  name: {{ .Values.existingSecret | default (printf "%s-secrets" .Release.Name) }}
                  key: token
            - name: SHOP_KEY
              valueFrom:
                secretKeyRef:
                  name: {{ include "shop.fullname" . }}-secrets
                  key: key
            {{- if .Values.redis.enabled }}
            - name: REDIS_URL
              value: redis://{{ .Release.Name }}-redis:6379
            {{- else }}
            - name: REDIS_URL
              value: {{ .Values.redis.url | quote }}
            {{- end }}
            PUT_HERE
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
{{- end }}
"""
VALUES = "env:\n  SHOP_MODE: fast\nextra: []\nimage: {repository: shop}\nlist:\n  - name: SHOP_SIZE\n    value: '3'\n"
RANGE = """{{{{- range {} }}}}
            - name: {{{{ {} }}}}
              value: {{{{ {} | quote }}}}
            {{{{- end }}}}"""
KEYS = """apiVersion: v1
kind: Secret
metadata:
  name: {{ include "shop.fullname" $ }}-secrets
stringData:
  key: {{ .Values.key | b64enc | quote }}
"""


def _names(root: Path) -> list[tuple[str, str, str]]:
    found = [each for each in settings_of(root) if each.role == "deployed"]
    return [(each.name, each.value_state, each.secret) for each in found]


@pytest.mark.parametrize(
    ("put", "name"),
    [
        ("", ""),
        ("{{- toYaml .Values.env | nindent 12 }}", ""),  # its names stand in the values
        ("{{- toYaml .Values.list | nindent 12 }}", ""),
        ("{{- with .Values.list }}\n            {{- toYaml . | nindent 12 }}\n            {{- end }}", ""),
        ("{{- toYaml .Values.extra | nindent 12 }}", "*"),
        ('{{- include "shop.env" . | nindent 12 }}', "*"),
        (RANGE.format("$name, $value := .Values.env", "$name", "$value"), ""),
        (RANGE.format(".Values.extra", ".name", ".value"), "*"),
    ],
)
def test_what_a_template_hands_over(tmp_path: Path, put: str, name: str) -> None:
    files = {
        "shop/Chart.yaml": "apiVersion: v2\nname: shop\n",
        "shop/values.yaml": VALUES,
        "shop/templates/web.yaml": DEPLOYMENT.replace("PUT_HERE", put),
        "shop/templates/keys.yaml": KEYS,
    }
    assert _names(write(tmp_path, files)) == [
        ("SHOP_TOKEN", "secret", "*/token"),
        ("SHOP_KEY", "secret", "shop-secrets/key"),
        ("REDIS_URL", "computed", ""),
        *([(name, "computed", "")] if name else []),
    ]
    assert said(tmp_path, "SSOT202") == said(tmp_path, "SSOT209") == []


def test_a_key_that_no_object_of_the_chart_has(tmp_path: Path) -> None:
    files = {"shop/templates/web.yaml": DEPLOYMENT.replace("key: key", "key: keys").replace("PUT_HERE", "")}
    write(tmp_path, {**files, "shop/templates/keys.yaml": KEYS.replace("  key: {{", "  other: x\n  key: {{")})
    (found,) = said(tmp_path, "SSOT202")
    assert found.startswith("error shop/templates/web.yaml:34 `SHOP_KEY` is filled from the secret `shop-secrets/keys`")


def test_lines_stay_where_they_are() -> None:
    text = 'a: 1\n{{- include "x" (dict\n  "b" 1\n) }}\nc: {{ .Values.c }}\nd: "{{ .d }}-e"\n'
    (root,) = documents_of("x/templates/y.yaml", text)
    assert [(key.text, key.line, value.text) for key, value in root.pairs] == [
        ("a", 1, "1"),
        ("c", 5, "{{*}}"),
        ("d", 6, "{{*}}-e"),
    ]


def test_values_come_to_the_workloads_of_their_chart(tmp_path: Path) -> None:
    code = "import os\n" + "".join(f"os.environ['{name}_URL']\n" for name in "ABCD")
    pod = "template: {spec: {containers: [{name: x, command: [python, -m, NAME], env: ENV}]}}"
    workload = f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: NAME}}\nspec: {{{pod}}}\n"
    entries = ", ".join(f"{{name: {name}_URL, value: x}}" for name in "ABC")
    web, worker = (workload.replace("NAME", name).replace("ENV", f"[{entries}]") for name in ("web", "worker"))
    files = {
        "web.py": code,
        "worker.py": code,
        "chart/values.yaml": "env:\n  A_URL: a\n  D_URL: d\n",
        "chart/templates/web.yaml": web + "# {{ .Values.env }}\n",
        "k8s/worker.yaml": worker,
    }
    (found,) = said(write(tmp_path, files), "SSOT206")
    assert (
        found == "error worker.py:5 `D_URL` has no default, and no configuration declares it for the service `worker`"
    )


@pytest.mark.parametrize(
    "remote", ["{key: {{ .Values.path }}/mail, property: token}", "{ property: token, key: {{ .Values.path }}/mail }"]
)
def test_what_is_not_known_in_a_map_in_one_line(tmp_path: Path, remote: str) -> None:
    secret = f"""apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {{name: shop}}
spec:
  secretStoreRef: {{name: {{{{ .Values.store }}}}, kind: SecretStore}}
  data:
    - {{secretKey: "MAIL_TOKEN", remoteRef: {remote}}}
"""
    write(tmp_path, {"chart/templates/secret.yaml": secret, "chart/values.yaml": "store: vault\n"})
    mapped = [(each.name, each.secret) for each in settings_of(tmp_path).of("mapped")]
    assert mapped == [("MAIL_TOKEN", "*/mail#token")]


@pytest.mark.parametrize(
    ("staging", "production", "secret"),
    [
        ("shop/staging", "shop/production", "shop/*/mail"),
        ("shop/main", "shop/main", "shop/main/mail"),
        ("shop/staging", "store/production", "*/mail"),
        ("staging", "production", "*/mail"),
    ],
)
def test_what_differs_in_the_environment_alone(tmp_path: Path, staging: str, production: str, secret: str) -> None:
    text = """apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: shop}
spec:
  data: [{secretKey: MAIL_TOKEN, remoteRef: {key: "{{ .Values.path }}/mail"}}]
"""
    values = {
        "chart/values.yaml": 'path: ""\n',
        "chart/values-staging.yaml": f"path: {staging}\n",
        "chart/values-production.yaml": f"path: {production}\n",
    }
    write(tmp_path, {"chart/templates/secret.yaml": text, **values})
    assert [each.secret for each in settings_of(tmp_path).of("mapped")] == [secret]
