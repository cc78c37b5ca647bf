from __future__ import annotations

from pathlib import Path

from ssot_lint.config.load import load
from ssot_lint.run import Request, Run
from ssot_lint.starter import starter
from tests.settings.projects import settings_of, write

APP = """
import os
from fastapi import FastAPI

app = FastAPI()
TIMEOUT = os.environ["WEBSOCKET_TIMEOUT"]

def get_hub(user_context=None, name="x"):
    if not user_context:
        raise ValueError("a hub needs a user")

def get_hub_factory(): ...

def connect(host):
    if host is None or host == "":
        raise ValueError("give a host")

def create_session(tenant=None): ...

def show(user=None, context=None): ...

class Agent:
    def __init__(self, context):
        if context is None:
            raise ValueError("no context")
"""


def written(root: Path, **files: str) -> str:
    for name, text in {"app.py": APP, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    with Run(Request((root,), isolated=True, no_cache=True, jobs=1)) as run:
        text = starter(run)
    (root / "ssot-lint.toml").write_text(text)
    return text


def test_proposes_contracts_for_what_insists_on_a_context(tmp_path: Path) -> None:
    written(tmp_path)
    config = load([tmp_path])
    own = [contract for contract in config.contracts if contract.origin.startswith("ssot-lint.toml")]
    assert [(contract.targets, contract.requires, contract.replace_with) for contract in own] == [
        (("app.get_hub",), "user_context", "get_hub_factory"),
        (("app.Agent",), "context", None),
    ]


def test_mentions_what_may_need_one_in_comments(tmp_path: Path) -> None:
    text = written(tmp_path)
    assert '# targets = ["app.connect"]' in text
    assert "#   app.create_session  `tenant`" in text
    assert "app.show" not in text


def test_names_the_packs_that_fit(tmp_path: Path) -> None:
    files = {"config/staging.env": "A=1\n", "terraform/main.tf": 'resource "google_secret_manager_secret" "a" {}\n'}
    assert 'packs = ["blocking-async", "import-side-effects", "websocket-timeouts"]' in written(tmp_path, **files)


def test_names_the_files_of_settings(tmp_path: Path) -> None:
    written(tmp_path, **{"config/staging.env": "A=1\n", 'co"n\\fä/staging.env': "A=2\n"})
    sources = {(source.kind, source.path, source.environment) for source in load([tmp_path]).sources}
    assert ("env-file", "config/staging.env", "staging") in sources
    assert ("env-file", 'co"n\\fä/staging.env', "staging") in sources


def test_names_the_table_that_is_put_together_from_other_modules(tmp_path: Path) -> None:
    files = {
        "deployment/__init__.py": "",
        "deployment/secrets/__init__.py": (
            'from deployment.secrets import staging\nSERVICE_SECRETS = {"web": staging.WEB_SECRETS}\n'
        ),
        "deployment/secrets/staging.py": 'WEB_SECRETS = {"A_KEY": "a-key-staging", "B_KEY": "b-key-staging"}\n',
    }
    write(tmp_path, files)
    with Run(Request((tmp_path,), no_cache=True, jobs=1)) as run:
        text = starter(run)
    assert 'path = "deployment/secrets/__init__.py"\nsymbol = "SERVICE_SECRETS"' in text
    (tmp_path / "ssot-lint.toml").write_text(text, encoding="utf-8")
    found = {(each.service, each.name) for each in settings_of(tmp_path).of("mapped")}
    assert found == {("web", "A_KEY"), ("web", "B_KEY")}
