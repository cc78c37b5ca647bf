"""Ports that manifests name and no container has, and values that charts take and do not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

MANIFEST = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
        - name: web
          image: shop/web:1
          args: ["--bind", "0.0.0.0:8000"]
          ports: [{name: http, containerPort: 8000}]
          readinessProbe: {httpGet: {path: /, port: READY}}
          livenessProbe: {tcpSocket: {port: http}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: SELECTED}
  ports: [{port: 80, targetPort: TARGET}]
"""


def _manifest(ready: str = "8000", selected: str = "web", target: str = "http") -> str:
    return MANIFEST.replace("READY", ready).replace("SELECTED", selected).replace("TARGET", target)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(_manifest(), [], id="as it should be"),
        pytest.param(_manifest(ready="web"), ["13 no container here has a port `web`; is `http` meant?"], id="probe"),
        pytest.param(
            _manifest(ready="8080"), ["13 no container here has a port `8080`; is `8000` meant?"], id="number"
        ),
        pytest.param(
            _manifest(target="https"), ["21 no container here has a port `https`; is `http` meant?"], id="name"
        ),
        pytest.param(_manifest(target="80"), ["21 no container here has a port `80`; is `8000` meant?"], id="target"),
        pytest.param(_manifest(selected="jobs", target="https"), [], id="a service of something else"),
        pytest.param(_manifest(ready="9000").replace('8000"]', '8000", "--health=9000"]'), [], id="two ports"),
        pytest.param(
            _manifest(ready="9000").replace(
                "      containers:\n",
                "      containers:\n        - {name: side, image: a, ports: [{containerPort: 9000}]}\n",
            ),
            [],
            id="the port of a neighbour",
        ),
        pytest.param(_manifest(ready="9000").replace(", containerPort: 8000", ""), [], id="a number is not told"),
        pytest.param(_manifest(ready="9000").replace('"--bind", "0.0.0.0:8000"', ""), [], id="it is not sure"),
        pytest.param(_manifest(ready="web").replace("          image: shop/web:1\n", ""), [], id="a part of one"),
        pytest.param(_manifest(target="admin").replace("name: http, ", ""), [], id="names stand elsewhere"),
    ],
)
def test_ports(tmp_path: Path, text: str, expected: list[str]) -> None:
    write(tmp_path, {"k8s/web.yaml": text})
    assert said(tmp_path, "SSOT206") == [f"warning k8s/web.yaml:{each}" for each in expected]


VALUES = "web:\n  replicas: 2\n  port: 80\nextra: {}\n"
TEMPLATE = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: HERE
"""


@pytest.mark.parametrize(
    ("action", "more", "is_told"),
    [
        ("{{ .Values.web.replicaCount }}", {}, True),
        ("{{ $.Values.web.replicaCount | int }}", {}, True),
        ("{{ .Values.web.replicas }}", {}, False),
        ("{{ .Values.web.replicaCount | default 2 }}", {}, False),
        ("{{ if .Values.web.replicaCount }}{{ .Values.web.replicaCount }}{{ end }}", {}, False),
        ("{{ required `how many` .Values.web.replicaCount }}", {}, False),
        ("{{ .Values.web.replicaCount }}", {"values-staging.yaml": "web: {replicaCount: 1}\n"}, False),
        ("{{ .Values.web.replicaCount }}", {"chart/templates/x.yaml": "x: {{ .Values.web.replicas }}\n"}, False),
        ("{{ .Values.web.replicaCount }}", {"chart/templates/x.yaml": "x: {{ toYaml .Values.web }}\n"}, False),
        ("{{ .Values.web.host }}", {}, False),  # it may be given where the chart is installed
        ("{{/* {{ .Values.web.replicaCount }} */}}", {}, False),
    ],
)
def test_values(tmp_path: Path, action: str, more: dict[str, str], is_told: bool) -> None:
    write(tmp_path, {"chart/values.yaml": VALUES, "chart/templates/web.yaml": TEMPLATE.replace("HERE", action), **more})
    expected = "warning chart/templates/web.yaml:5 `.Values.web.replicaCount` is used here, and this chart has no such "
    assert said(tmp_path, "SSOT206") == ([f"{expected}value; is `.Values.web.replicas` meant?"] if is_told else [])
