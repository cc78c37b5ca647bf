"""What `envFrom` and Kustomize hand to a container, held against what code needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, short, write

ENTRY = {"ssot-lint.toml": 'entry-points = ["main"]\n'}
CODE = 'import os\nos.environ["A_URL"]\nos.environ["B_URL"]\nos.environ["C_URL"]\n'
WORKLOAD = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  template:
    spec:
      containers:
      - envFrom: [FROM]
"""
CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {A_URL: x, B_URL: ""}\n'
EXTERNAL = """apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata: {name: conf}
spec:
  data: [{secretKey: A_URL, remoteRef: {key: a-id}}, {secretKey: B_URL, remoteRef: {key: b-id}}]
"""
SEALED = "apiVersion: x\nkind: SealedSecret\nmetadata: {name: conf}\nspec: {encryptedData: {A_URL: x, B_URL: x}}\n"
OPAQUE = CONFIG.replace("ConfigMap", "Secret")
MAP, SECRET = "{configMapRef: {name: conf}}", "{secretRef: {name: conf}}"


@pytest.mark.parametrize(("origin", "objects"), [(MAP, CONFIG), (SECRET, EXTERNAL), (SECRET, SEALED), (SECRET, OPAQUE)])
def test_a_key_that_no_object_holds(tmp_path: Path, origin: str, objects: str) -> None:
    manifest = {"k8s/web.yaml": WORKLOAD.replace("FROM", origin), "k8s/conf.yaml": objects}
    write(tmp_path, {**ENTRY, "main.py": CODE, **manifest})
    assert said(tmp_path, "SSOT206") == ["error main.py:4 `C_URL` has no default, and no configuration declares it"]


@pytest.mark.parametrize("objects", ["", EXTERNAL + "  dataFrom: [{extract: {key: all}}]\n"])
def test_an_object_that_may_hold_anything(tmp_path: Path, objects: str) -> None:
    manifest = {"k8s/web.yaml": WORKLOAD.replace("FROM", SECRET), "k8s/conf.yaml": objects, "staging.env": "A_URL=1\n"}
    write(tmp_path, {**ENTRY, "main.py": CODE, **manifest})
    assert said(tmp_path, "SSOT206") == []


def test_keys_behind_a_prefix(tmp_path: Path) -> None:
    origin = MAP.replace("conf}}", "conf}, prefix: APP_}")
    write(tmp_path, {"k8s/web.yaml": WORKLOAD.replace("FROM", origin), "k8s/conf.yaml": CONFIG})
    assert [each[1:3] for each in short(settings_of(tmp_path).of("deployed"))] == [
        ("APP_A_URL", "literal"),
        ("APP_B_URL", "empty"),
    ]


KUSTOMIZATION = """kind: Kustomization
namespace: web-production
configMapGenerator:
- name: conf
  literals: [A_URL=x]
  envs: [conf]
secretGenerator:
- {name: keys, literals: ["B_URL="]}
"""


def test_generators(tmp_path: Path) -> None:
    write(tmp_path, {"k8s/kustomization.yaml": KUSTOMIZATION, "k8s/conf": "C_URL=1\n"})
    assert [(*short([each])[0], each.environment) for each in settings_of(tmp_path)] == [
        ("set", "A_URL", "literal", 5, "production"),
        ("set", "B_URL", "empty", 8, "production"),
        ("provisioned", "keys/B_URL", "keys/B_URL", 8, "production"),
        ("set", "C_URL", "literal", 1, "production"),
    ]


def test_a_key_that_is_taken_under_another_name_is_one_fault(tmp_path: Path) -> None:
    reference = "[{name: D_URL, valueFrom: {secretKeyRef: {name: conf, key: OTHER}}}, {name: A_URL, valueFrom: "
    env = f"{reference}{{secretKeyRef: {{name: conf, key: A_URL}}}}}}]"
    manifest = {"k8s/web.yaml": WORKLOAD.replace("envFrom: [FROM]", f"env: {env}"), "k8s/conf.yaml": EXTERNAL}
    write(tmp_path, {**ENTRY, "main.py": 'import os\nos.environ["A_URL"], os.environ["D_URL"]\n', **manifest})
    assert [line.split()[0] for line in said(tmp_path, "SSOT202")] == ["error"]
    assert said(tmp_path, "SSOT204") == []
