"""What the overlays of environments give to workloads that take whole objects, each held against what code needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

NAMES = ("A_KEY", "B_KEY", "C_KEY", "D_KEY")
CODE = "import os\n" + "".join(f"os.environ['{name}']\n" for name in (*NAMES, "A_BUCKET", "A_LEVEL"))
WORKLOAD = """apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  template:
    spec:
      containers:
      - command: [python, -m, main]
        envFrom: [{configMapRef: {name: conf}}, {secretRef: {name: keys}}]
"""
GENERATOR = "resources: [../../base, keys.yaml]\nconfigMapGenerator:\n- name: conf\n  envs: [config.env]\n"


def _keys(environment: str, *names: str) -> str:
    data = "".join(
        f"  - {{secretKey: {each}, remoteRef: {{key: shop/{environment}/keys, property: {each.lower()}}}}}\n"
        for each in names
    )
    return f"apiVersion: x/v1\nkind: ExternalSecret\nmetadata: {{name: keys}}\nspec:\n  data:\n{data}"


def _overlay(environment: str, *names: str) -> dict[str, str]:
    folder = f"k8s/overlays/{environment}"
    return {
        f"{folder}/kustomization.yaml": GENERATOR,
        f"{folder}/keys.yaml": _keys(environment, *names),
        f"{folder}/config.env": f"A_BUCKET=shop-files-{environment}\nA_LEVEL=1\n",
    }


FILES = {
    "ssot-lint.toml": 'entry-points = ["main"]\n',
    "main.py": CODE,
    "k8s/base/web.yaml": WORKLOAD.replace("NAME", "web"),
    "k8s/base/mail.yaml": WORKLOAD.replace("NAME", "mail"),
    "k8s/base/kustomization.yaml": "resources: [web.yaml, mail.yaml]\n",
    **_overlay("staging", *NAMES),
    **_overlay("production", *NAMES),
}
PRODUCTION = "k8s/overlays/production"
CASES = [
    ({}, []),
    (
        {f"{PRODUCTION}/keys.yaml": _keys("production", "A_KEY", "B_KEY", "C_KEY")},
        [f"error {PRODUCTION}/keys.yaml:8 the services `mail` and `web` lack `D_KEY` in production: the code needs it"],
    ),
    (
        {f"{PRODUCTION}/keys.yaml": _keys("production", "A_KEY", "B_KEY", "C_KEY", "D_KEYS")},
        [f"error {PRODUCTION}/keys.yaml:9 the services `mail` and `web` lack `D_KEY` in production: the code needs it"],
    ),
    (
        {f"{PRODUCTION}/config.env": "A_LEVEL=1\n"},
        [f"error {PRODUCTION}/config.env:1 the services `mail` and `web` lack `A_BUCKET` in production"],
    ),
    (
        {"k8s/base/mail.yaml": WORKLOAD.replace("NAME", "mail").replace(", {secretRef: {name: keys}}", "")},
        ["error k8s/overlays/staging/config.env:2 the service `mail` lacks `A_KEY`, `B_KEY`, `C_KEY`"],
    ),
    (
        {f"{PRODUCTION}/keys.yaml": _keys("production", *NAMES).replace("production", "staging", 1)},
        [f"warning {PRODUCTION}/keys.yaml:6 `A_KEY` of production gets `shop/staging/keys`, which is of staging"],
    ),
    (
        {f"{PRODUCTION}/config.env": "A_BUCKET=shop-files-staging\nA_LEVEL=1\n"},
        [f"warning {PRODUCTION}/config.env:1 `A_BUCKET` of production has a value of staging"],
    ),
    (
        {f"{PRODUCTION}/keys.yaml": _keys("production", *NAMES, "OLD_KEY")},
        [f"warning {PRODUCTION}/keys.yaml:10 nothing reads `OLD_KEY`"],
    ),
    (
        {"k8s/base/mail.yaml": WORKLOAD.replace("NAME", "mail").replace("{name: keys}", "{name: key}")},
        ["error k8s/base/mail.yaml:9 `mail` takes all of `key`, which nothing creates"],
    ),
    ({"k8s/base/mail.yaml": WORKLOAD.replace("NAME", "mail").replace("keys}", "key, optional: true}")}, []),
    ({"k8s/base/mail.yaml": WORKLOAD.replace("NAME", "mail").replace("keys}", "more}")}, []),
    # what staging shares with production is no copy that was forgotten
    ({"k8s/overlays/staging/config.env": "A_BUCKET=shop-files-production\nA_LEVEL=1\n"}, []),
]


@pytest.mark.parametrize(("files", "told"), CASES)
def test_an_overlay_and_what_code_needs(tmp_path: Path, files: dict[str, str], told: list[str]) -> None:
    write(tmp_path, {**FILES, **files})
    found = [each for code in ("201", "202", "204", "205", "206", "207") for each in said(tmp_path, f"SSOT{code}")]
    assert [each[: len(start)] for each, start in zip(found, told, strict=True)] == told


@pytest.mark.parametrize(
    ("namespace", "file", "told"),
    [
        ("shop-production", "app.env", []),
        ("shop-staging", "app.env", ["`--namespace` of production names staging here"]),
        ("shop-production", "../staging/app.env", ["`--env-file` of production names staging here"]),
    ],
)
def test_an_overlay_that_was_copied_from_another(tmp_path: Path, namespace: str, file: str, told: list[str]) -> None:
    def overlay(namespace: str, file: str) -> str:
        return f"namespace: {namespace}\nconfigMapGenerator:\n  - name: app\n    envs: [{file}]\n"

    files = {f"k8s/{name}/app.env": f"SITE_URL=https://{name}.shop.example\n" for name in ("staging", "production")}
    files["k8s/staging/kustomization.yaml"] = overlay("shop-staging", "app.env")
    files["k8s/production/kustomization.yaml"] = overlay(namespace, file)
    found = [each for each in said(write(tmp_path, files), "SSOT205") if "kustomization" in each]
    assert [each.partition(" k8s/production/kustomization.yaml:")[2].partition(" ")[2] for each in found] == told


WORKER = """apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec: {template: {spec: {containers: [{name: worker, envFrom: [{configMapRef: {name: worker-config}}]}]}}}
"""


@pytest.mark.parametrize(
    ("staging", "found"),
    [
        ("worker-config", []),
        (
            "worker-conf",
            ["error k8s/staging/kustomization.yaml:1 staging makes `worker-conf`, and `worker` takes all of"],
        ),
        ("other", []),
    ],
)
def test_an_object_that_one_environment_makes_under_another_name(
    tmp_path: Path, staging: str, found: list[str]
) -> None:
    overlay = "configMapGenerator: [{name: NAME, literals: [A_URL=x]}]\n"
    files = {
        "k8s/base/worker.yaml": WORKER,
        "k8s/staging/kustomization.yaml": overlay.replace("NAME", staging),
        "k8s/production/kustomization.yaml": overlay.replace("NAME", "worker-config"),
    }
    findings = said(write(tmp_path, files), "SSOT202")
    assert [each.partition(" `worker-config`")[0] for each in findings] == found
