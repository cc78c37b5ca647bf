"""What the values of Helm charts lack of what the code needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.settings.projects import said, write

NAMES = ("A_LEVEL", "B_LEVEL", "C_LEVEL", "D_LEVEL", "A_KEY", "B_KEY", "C_KEY", "D_KEY")
CODE = {
    "main.py": "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in NAMES),
    "Dockerfile": 'FROM python:3.12\nCMD ["python", "main.py"]\n',
    ".env.example": "".join(f"{name}=\n" for name in NAMES),
    "compose.yaml": f"services: {{web: {{build: ., environment: {{{', '.join(f'{name}: x' for name in NAMES)}}}}}}}\n",
}
TEMPLATE = """spec:
  containers:
    - name: web
      env:
        {{- range $name, $value := .Values.env }}
        - {name: {{ $name }}, value: {{ $value | quote }}}
        {{- end }}
"""
BASE = "env: {A_LEVEL: x, B_LEVEL: x, C_LEVEL: x, D_LEVEL: x}\nsecretEnv: {A_KEY: a, B_KEY: b, C_KEY: c, D_KEY: d}\n"
OVERLAY = "env: {A_LEVEL: y}\n"


def drift(root: Path, files: Mapping[str, str]) -> list[str]:
    chart = {"chart/Chart.yaml": "name: shop\n", "chart/templates/web.yaml": TEMPLATE, "chart/values.yaml": BASE}
    overlays = {f"chart/values-{name}.yaml": OVERLAY for name in ("staging", "production")}
    write(root, {**CODE, **chart, **overlays, **files})
    return [each for code in ("SSOT202", "SSOT203", "SSOT206", "SSOT207") for each in said(root, code)]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, ""),
        ({"chart/values.yaml": BASE.replace(", D_LEVEL: x", "")}, "the chart lacks `D_LEVEL` in production and st"),
        ({"chart/values.yaml": BASE.replace(", D_KEY: d", "")}, "the chart lacks `D_KEY` in production and staging"),
        ({"chart/values.yaml": BASE.replace("D_LEVEL", "D_LEVELS")}, "the chart lacks `D_LEVEL` in production"),
        (
            {
                "chart/values.yaml": BASE.replace(", D_LEVEL: x", ""),
                "chart/values-staging.yaml": OVERLAY.replace("y}", "y, D_LEVEL: z}"),
            },
            "error chart/values-production.yaml:1 the chart lacks `D_LEVEL` in production",
        ),
        ({"chart/values-production.yaml": OVERLAY.replace("y}", "y, D_LEVEL: ''}")}, "`D_LEVEL` is empty in prod"),
    ],
)  # fmt: skip
def test_what_a_chart_lacks(tmp_path: Path, files: dict[str, str], found: str) -> None:
    findings = drift(tmp_path, files)
    assert len(findings) == bool(found)
    assert all(found in each for each in findings)


@pytest.mark.parametrize(
    "files",
    [
        {"chart/templates/more.yaml": "- {name: D_LEVEL, value: {{ .Values.level }}}\n"},
        {".github/workflows/x.yml": "on: push\njobs: {a: {steps: [{run: helm upgrade x --set env.D_LEVEL=1}]}}\n"},
        {"k8s/more.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {D_LEVEL: x}\n"},
        {"Dockerfile": CODE["Dockerfile"] + "ENV D_LEVEL=x\n"},
        {"start.sh": "export D_LEVEL=x\n"},
        {"chart/values.yaml": "env: {A_LEVEL: x}\n"},  # the rest comes in another way
    ],
)
def test_what_may_come_otherwise(tmp_path: Path, files: dict[str, str]) -> None:
    assert drift(tmp_path, {"chart/values.yaml": BASE.replace(", D_LEVEL: x", ""), **files}) == []


def test_secrets_that_are_kept_elsewhere(tmp_path: Path) -> None:
    values = BASE.replace("secretEnv: {A_KEY: a, B_KEY: b, C_KEY: c, D_KEY: d}", "existingSecret: shop")
    assert drift(tmp_path, {"chart/values.yaml": values}) == []
    (finding,) = drift(tmp_path, {"chart/values.yaml": values.replace(", D_LEVEL: x", "")})
    assert "the chart lacks `D_LEVEL`" in finding


@pytest.mark.parametrize(
    ("production", "found"),
    [
        ("secrets: {path: shop/production/web}\n", ""),
        (
            "secrets: {path: shop/staging/web}\n",
            "values-production.yaml:1 `--secrets.path` of production names staging",
        ),
        ("secrets: {path: shop/web}\n", ""),
        ("other: {path: shop/staging/web}\n", ""),  # staging has none there
    ],
)
def test_values_that_name_another_environment(tmp_path: Path, production: str, found: str) -> None:
    staging = "secrets: {path: shop/staging/web}\n"
    write(tmp_path, {"chart/values-staging.yaml": staging, "chart/values-production.yaml": production})
    findings = said(tmp_path, "SSOT205")
    assert len(findings) == bool(found)
    assert all(found in each for each in findings)
