"""`--fix`: what a run says can be mended is what it mends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ssot
from tests.settings.projects import write

CONTRACT = """\
entry-points = ["app"]
[[contracts]]
name = "a manager needs a user"
code = "SSOT101"
targets = ["core.get_manager"]
requires = "user"
phases = ["import", "startup"]
replace-with = "core.get_factory"
"""
CORE = """\
class Manager:
    def send(self): ...
class Factory:
    def make(self): ...
def get_manager(user=None, name=""): return Manager()
def get_factory() -> Factory: return Factory()
"""
APP = """\
from core import get_manager
get_manager()
get_manager(name="x")
sender = get_manager()
sender.send()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three calls: one that can be mended, one that can't, and one whose mending may be wrong."""
    write(tmp_path, {"ssot-lint.toml": CONTRACT, "core.py": CORE, "app.py": APP})
    return tmp_path


def test_only_what_it_mends_is_said_to_be_mended(ssot: Ssot, project: Path) -> None:
    for _ in range(2):  # the second time from the cache
        text = ssot("check", "--select", "SSOT101", cwd=project).stdout
        assert [line.count("--fix") for line in text.splitlines() if "= help" in line] == [1, 0, 1]
        assert text.count("(--fix does it)") == text.count("(--fix --unsafe-fixes does it)") == 1
    found = json.loads(ssot("check", "--select", "SSOT101", "--output-format", "json", cwd=project).stdout)["findings"]
    assert [each["fixable"] for each in found] == [True, False, True]


@pytest.mark.parametrize(("option", "left"), [((), [3, 4]), (("--unsafe-fixes",), [3])])
def test_what_is_left_and_why(ssot: Ssot, project: Path, option: tuple[str, ...], left: list[int]) -> None:
    done = ssot("check", "--select", "SSOT101", "--fix", *option, cwd=project)
    refused = [line for line in done.stderr.splitlines() if "not fixed: " in line]
    assert [int(line.split(".py:")[1].split(":")[0]) for line in refused] == left
    assert "which core.get_factory may not take" in refused[0]
    assert f"fixed {3 - len(left)} in 1 file" in done.stderr
    assert done.stdout.count("SSOT101]") == len(left)


def test_a_class_is_replaced_too(ssot: Ssot, project: Path) -> None:
    write(project, {"ssot-lint.toml": CONTRACT.replace("core.get_manager", "core.Manager")})
    write(project, {"core.py": CORE.replace("send(self)", "__init__(self, user=None)")})
    write(project, {"app.py": "import core\nfrom core import Manager\nManager()\ncore.Manager()\n"})
    done = ssot("check", "--select", "SSOT101", "--fix", cwd=project)
    assert (
        project / "app.py"
    ).read_text() == "import core\nfrom core import get_factory\nget_factory()\ncore.get_factory()\n"
    assert "fixed 2 in 1 file" in done.stderr


def test_a_method_is_not(ssot: Ssot, project: Path) -> None:
    write(project, {"ssot-lint.toml": CONTRACT.replace("core.get_manager", "core.Manager.send")})
    write(project, {"core.py": CORE.replace("send(self)", "send(self, user=None)")})
    write(project, {"app.py": "from core import Manager\nmanager = Manager()\nmanager.send()\n"})
    assert "does it" not in ssot("check", "--select", "SSOT101", cwd=project).stdout
    done = ssot("check", "--select", "SSOT101", "--fix", cwd=project)
    assert "not fixed: it is called on something that is not a module" in done.stderr
