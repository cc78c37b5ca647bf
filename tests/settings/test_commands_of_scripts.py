"""Commands of scripts and pipelines that run containers and create secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.settings.readers import readers
from tests.settings.projects import read, said, settings_of, short, write

RUN = """docker build -t shop .
docker run -d --name web -e A_URL=https://a --env B_URL -e "C_KEY=$C" --env=D_KEY= \\
    --env-file ./config/web.conf -e E_URL="x y" shop:latest
docker container run -e F_URL=1 shop
podman run --env-file=web.env shop
"""
CREATE = """for name in jwt-key db-password; do
  aws secretsmanager create-secret --name "shop/staging/$name" --secret-string "$1"
done
aws ssm put-parameter --type SecureString --name=/shop/staging/url --value "$2"
az keyvault secret set --vault-name shop -n api-key --value "$3"
kubectl -n shop create secret generic web --from-literal=A_KEY="$4" --from-literal B_KEY=x --from-env-file=web.env
aws secretsmanager get-secret-value --name other
kubectl create configmap web --from-literal=C=1
"""


def test_containers() -> None:
    found = read("docker-run", "run.sh", RUN)
    assert [(each.role, each.name, each.value_state, each.line, each.service, each.group) for each in found][:6] == [
        ("set", "A_URL", "literal", 2, "web", "run.sh:2"),
        ("declared", "B_URL", "unset", 2, "web", "run.sh:2"),
        ("set", "C_KEY", "computed", 2, "web", "run.sh:2"),
        ("set", "D_KEY", "empty", 2, "web", "run.sh:2"),
        ("set", "E_URL", "literal", 3, "web", "run.sh:2"),
        ("declared", "env_file:", "unset", 3, "web", "config/web.conf"),
    ]
    assert [(each.name, each.service, each.group) for each in found][6:] == [
        ("F_URL", "", "run.sh:4"),
        ("env_file:", "", "web.env"),
    ]


def test_a_file_that_a_container_is_given_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"run.sh": RUN, "config/web.conf": "G_URL=1\n"})
    assert ("config/web.conf", "G_URL", "web") in {(e.path, e.name, e.service) for e in settings_of(tmp_path)}


def test_secrets() -> None:
    assert [(role, name, line) for role, name, _, line in short(read("secret-command", "secrets.sh", CREATE))] == [
        ("provisioned", "shop/staging/jwt-key", 2),
        ("provisioned", "shop/staging/db-password", 2),
        ("provisioned", "/shop/staging/url", 4),
        ("provisioned", "api-key", 5),
        ("provisioned", "web/A_KEY", 6),
        ("provisioned", "web/B_KEY", 6),
        ("provisioned", "web/*", 6),
    ]


@pytest.mark.parametrize(
    ("kind", "path", "text", "recognized"),
    [
        ("docker-run", "run.sh", RUN, True),
        ("docker-run", "Makefile", "run:\n\tdocker run -e A=1 x\n", True),
        ("docker-run", "README.md", RUN, False),
        ("docker-run", "run.sh", "docker build .\n", False),
        ("secret-command", "secrets.sh", CREATE, True),
        ("secret-command", "secrets.sh", "aws s3 cp\n", False),
        ("secret-command", "secrets.py", CREATE, False),
    ],
)
def test_is_recognized(kind: str, path: str, text: str, recognized: bool) -> None:
    assert readers()[kind].recognizes(path, text) is recognized


def test_a_secret_that_a_script_does_not_create(tmp_path: Path) -> None:
    task = "".join(
        f'{{"name": "{name.upper().replace("-", "_")}", "valueFrom": "shop/staging/{name}"}},'
        for name in ("jwt-key", "db-password", "mail-key")
    )
    files = {
        "secrets.sh": CREATE.partition("\naws ssm")[0],
        "task.json": f'{{"containerDefinitions": [{{"name": "web-staging", "secrets": [{task[:-1]}]}}]}}',
    }
    (finding,) = said(write(tmp_path, files), "SSOT202")
    assert "`shop/staging/mail-key`" in finding
