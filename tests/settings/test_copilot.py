"""What AWS Copilot and App Runner hand to services."""

from __future__ import annotations

from pathlib import Path

from tests.settings.projects import read, said, write

MANIFEST = """name: api
type: Backend Service
variables:
  A_LEVEL: "3"
  A_QUEUE:
    from_cfn: queue
secrets:
  A_KEY: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/a
  B_KEY: {secretsmanager: 'shop/b'}
  C_KEY: {from_cfn: stack-c}
environments:
  prod:
    variables: {A_URL: https://shop.example, A_LEVEL: ""}
    secrets: {A_KEY: "/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/own"}
"""


def test_what_a_manifest_gives() -> None:
    found = read("copilot", "copilot/api/manifest.yml", MANIFEST)
    assert [(each.name, each.value_state, each.secret, each.environment, each.service) for each in found] == [
        ("A_LEVEL", "literal", "", "", "api"),
        ("A_QUEUE", "computed", "", "", "api"),
        ("A_KEY", "secret", "/copilot/shop/*/secrets/a", "", "api"),
        ("B_KEY", "secret", "shop/b", "", "api"),
        ("C_KEY", "secret", "", "", "api"),
        ("A_URL", "literal", "", "production", "api"),
        ("A_LEVEL", "empty", "", "production", "api"),
        ("A_KEY", "secret", "/copilot/shop/prod/secrets/own", "production", "api"),
    ]


def test_what_app_runner_gives() -> None:
    text = (
        "version: 1.0\nruntime: python311\nbuild: {env: [{name: Z, value: z}]}\nrun:\n  command: python main.py\n"
        "  env:\n  - {name: A_LEVEL, value: '3'}\n  secrets:\n"
        "  - {name: A_KEY, value-from: 'arn:aws:secretsmanager:eu-west-1:1:secret:shop/a-x1y2z3:user::'}\n"
    )
    found = read("app-runner", "apprunner.yaml", text)
    assert [(each.role, each.name, each.value_state, each.line) for each in found] == [
        ("deployed", "A_LEVEL", "literal", 7),
        ("deployed", "A_KEY", "secret", 9),
    ]
    assert found[1].secret.startswith("shop/a")


def test_what_one_environment_of_a_manifest_lacks(tmp_path: Path) -> None:
    code = "import os\n" + "".join(f"os.environ['{name}']\n" for name in ("A_URL", "B_URL", "C_URL", "A_KEY"))
    manifest = (
        "name: api\nsecrets: {A_KEY: a-key}\nenvironments:\n"
        "  staging:\n    variables: {A_URL: x, B_URL: x, C_URL: x}\n"
        "  production:\n    variables: {A_URL: x, B_URL: x}\n"
    )
    files = {
        "main.py": code,
        "Dockerfile": 'FROM x\nCMD ["python", "-m", "main"]\n',
        "copilot/api/manifest.yml": manifest,
    }
    found = said(write(tmp_path, {"ssot-lint.toml": 'entry-points = ["main"]\n', **files}), "SSOT207")
    assert found == [
        (
            "error copilot/api/manifest.yml:7 the service `api` lacks `C_URL` in production: the code needs it, and "
            "copilot/api/manifest.yml does not give it"
        )
    ]
