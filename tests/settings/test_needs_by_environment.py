"""What code needs in some environments alone, and what it insists on though another place has a default."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, write

WRAPPER = (
    "import os\nclass Env:\n    def get(self, key, default=None):\n        return os.environ.get(key, default)\n"
    "    def is_staging(self):\n        return self.get('ENVIRONMENT') == 'staging'\n"
    "    def is_production(self):\n        return self.get('ENVIRONMENT') == 'production'\n"
    "def get_env():\n    return Env()\n"
)


def needs(root: Path, code: str) -> dict[str, set[str]]:
    """The environments among staging, production and development in which each name is needed."""
    write(root, {"env.py": WRAPPER, "main.py": code, "ssot-lint.toml": 'entry-points = ["main"]\n'})
    found: dict[str, set[str]] = {}
    for each in settings_of(root).of("read"):
        if each.need == "required" and not each.is_pattern:
            where = {one for one in ("staging", "production", "development") if each.may_be_in(one)}
            found.setdefault(each.name, set()).update(where)
    return found


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("key = get_env().get('A')\nif get_env().is_staging() and not key:\n    raise ValueError\n", {"staging"}),
        ("key = get_env().get('A')\ne = get_env()\nif not key and (e.is_production() or e.is_staging()):\n    exit()\n",
         {"staging", "production"}),
        (("key = get_env().get('A')\nstage = get_env().get('STAGE')\nif not key:\n"
         "    if stage in ('staging', 'production'):\n        raise ValueError\n    key = 'x'\n"),
         {"staging", "production"}),
        (("stage = get_env().get('STAGE')\nif stage == 'production':\n    key = get_env().get('A')\n"
         "    if not key:\n        raise ValueError\nelse:\n    key = 'x'\n"), {"production"}),
        ("import os\nif get_env().is_production():\n    key = os.environ['A']\n", {"production"}),
        ("import os\nif get_env().is_production():\n    key = 1\nelse:\n    key = os.environ['A']\n",
         {"staging", "development"}),
        (("missing = [k for k in ('A', 'B') if not get_env().get(k)]\nif missing and get_env().is_production():\n"
         "    raise ValueError\n"), {"production"}),
        (("def need(k):\n    value = get_env().get(k)\n    if not value and get_env().is_production():\n"
         "        raise ValueError\n    return value\nneed('A')\n"), {"production"}),
        ("key = get_env().get('A')\nif get_env().is_staging() and not key and len(key):\n    raise ValueError\n", None),
        ("key = get_env().get('A')\nif not key and get_env().get('STRICT'):\n    raise ValueError\n", None),
    ],
)  # fmt: skip
def test_a_refusal_where_it_runs(tmp_path: Path, code: str, where: set[str] | None) -> None:
    assert needs(tmp_path, f"from env import get_env\n{code}").get("A") == where


CLASSES = (
    "import os\nclass Config:\n    def __init__(self):\n        self.a = os.environ['A']\n"
    "class Deployed(Config):\n    def __init__(self):\n        self.b = os.environ['B']\n"
    "class ProductionConfig(Deployed):\n    c = os.environ['C']\n    def token(self):\n        return os.environ['D']\n"
    "TABLE = {'development': Config, 'staging': Deployed, 'production': ProductionConfig}\n"
    "TABLE[os.environ.get('STAGE')]().token()\n"
)


def test_methods_of_a_class_that_is_made_in_some_environments(tmp_path: Path) -> None:
    everywhere = {"staging", "production", "development"}
    assert needs(tmp_path, CLASSES) == {
        "A": everywhere, "B": {"staging", "production"}, "C": everywhere, "D": {"production"},
    }  # fmt: skip
    by_name = CLASSES.replace("'staging': Deployed, 'production': ProductionConfig", "")
    assert needs(tmp_path, by_name)["D"] == {"production"}


def test_what_a_list_insists_on_is_needed_in_spite_of_a_default(tmp_path: Path) -> None:
    code = (
        "from env import get_env\nclass Checked:\n    def __init__(self):\n"
        "        for name in ('STATE_SECRET', 'SESSION_SECRET'):\n            if not get_env().get(name):\n"
        "                raise ValueError(name)\n"
        "    def state(self):\n        return get_env().get('STATE_SECRET') or 'dev'\nChecked()\n"
    )
    write(
        tmp_path,
        {
            "env.py": WRAPPER,
            "main.py": code,
            "ssot-lint.toml": 'entry-points = ["main"]\n',
            ".env": "SESSION_SECRET=\nOAUTH_SECRET=x\nENVIRONMENT=dev\n",
        },
    )
    (found,) = said(tmp_path, "SSOT206")
    assert "`STATE_SECRET`" in found


def test_a_getter_with_a_cache_runs_only_where_it_is_called(tmp_path: Path) -> None:
    settings = (
        "from functools import lru_cache\nfrom pydantic_settings import BaseSettings\n"
        "class Web(BaseSettings):\n    site_url: str\n    api_token: str\n    bucket: str\n    region_name: str\n"
        "class Jobs(BaseSettings):\n    hook_url: str\n"
        "@lru_cache\ndef web():\n    return Web()\n@lru_cache()\ndef jobs():\n    return Jobs()\n"
    )
    names = ("SITE_URL", "API_TOKEN", "BUCKET", "REGION_NAME")
    write(
        tmp_path,
        {
            "shop/settings.py": settings,
            "shop/web.py": "from fastapi import FastAPI\nfrom shop.settings import web\napp = FastAPI()\nweb()\n",
            "shop/jobs.py": "from shop.settings import jobs, web\njobs(), web()\n",
            "compose.yaml": "services:\n"
            + "".join(
                f"  {service}:\n    build: .\n    command: {command}\n    environment:\n"
                + "".join(f"      {name}: x1\n" for name in given)
                for service, command, given in (
                    ("web", "uvicorn shop.web:app", names),
                    ("jobs", "python -m shop.jobs", (*names, "HOOK_URL")),
                )
            ),
            "Dockerfile": "FROM python:3.12\n",
        },
    )
    assert not said(tmp_path, "SSOT206")
