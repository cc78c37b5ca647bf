from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.errors import ConfigurationError
from tests.checks.findings import findings

CONTRACT = """
[[contracts]]
name = "x"
code = "SSOT102"
targets = [
  "*.load",
  "{}",
]
"""


@pytest.mark.parametrize("target", ["*.lode", "app.lode", "app.*.lode"])
def test_a_target_that_nothing_in_the_project_can_match_is_an_error_that_names_the_line(
    tmp_path: Path, target: str
) -> None:
    with pytest.raises(ConfigurationError, match=r"ssot-lint\.toml:7: .* matches nothing: `lode` stands in no module"):
        findings(tmp_path, {"app.py": "def load(): pass\n"}, CONTRACT.format(target), select="SSOT102")


@pytest.mark.parametrize(
    ("target", "why"), [("load", r"a name stands with its module, as in `\*\.load`"), ("print", "`<builtin>.print`")]
)
def test_a_target_without_its_module_is_an_error_that_says_how_it_is_written(
    tmp_path: Path, target: str, why: str
) -> None:
    with pytest.raises(ConfigurationError, match=rf"ssot-lint\.toml:7: `{target}` matches nothing: .*{why}"):
        findings(tmp_path, {"app.py": "def load(): pass\n"}, CONTRACT.format(target), select="SSOT102")


@pytest.mark.parametrize("target", ["time.lode", "*", "app.*", "<builtin>.lode", "lode"])
def test_a_target_outside_the_project_need_not_be_called(tmp_path: Path, target: str) -> None:
    assert findings(tmp_path, {"app.py": "def load(): pass\n"}, CONTRACT.format(target), select="SSOT102") == []


def test_the_targets_of_a_pack_need_not_be_there(tmp_path: Path) -> None:
    assert findings(tmp_path, {"app.py": ""}, 'packs = ["websocket-context"]', select="SSOT10") == []


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("requests.get", "import requests\nrequests.get()"),
        ("requests.get", "import requests as r\nr.get()"),
        ("requests.get", "from requests import get\nget()"),
        ("requests.get", "from requests import *\nget()"),
        ("requests.get", "from requests import (\n    post,\n    get,\n)\nget()"),
        ("requests.Session.get", "import requests\nrequests.Session().get()"),
        ("<builtin>.input", "input()"),
        ("os.spawn*", "import os\nos.spawnl()"),
        ("http.client.HTTPConnection.request", "from http import client\nclient.HTTPConnection().request()"),
    ],
)
def test_looks_into_the_bodies_of_modules_that_nothing_imports(tmp_path: Path, target: str, line: str) -> None:
    files = {"app.py": "", "script.py": f"{line}\n"}
    config = f'entry-points = ["app"]\n[[contracts]]\nname = "x"\ncode = "SSOT102"\ntargets = ["{target}"]\n'
    (found,) = findings(tmp_path, files, config, select="SSOT102")
    assert (found.span.path, found.violation.level, found.violation.phase) == ("script.py", "warning", "unreached")
