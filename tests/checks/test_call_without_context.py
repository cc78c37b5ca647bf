from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.errors import ConfigurationError
from tests.checks.findings import findings, told

CONFIG = """
entry-points = ["app:start"]

[[contracts]]
name = "a manager needs a user"
code = "SSOT101"
targets = ["core.get_manager", "core.Agent", "core.Pool.lend"]
requires = "user"
allow = ["core.*"]
replace-with = "get_manager_factory"
"""

CORE = """
import functools
def get_manager(name="", user=None):
    return name
def passes_on(user=None):
    return get_manager(user=user)
def passes_all(*args, **kwargs):
    return get_manager(*args, **kwargs)
def supplies(user=None):
    return get_manager("x", user or object())
def outer(user=None):
    return passes_on(user)
bare = functools.partial(get_manager, "x")
ready = functools.partial(get_manager, user=object())
class Agent:
    def __init__(self, user=None):
        self.user = user
class Pool:
    async def lend(self, user=None):
        pass
def factory():
    return get_manager
"""


def lacking(root: Path, body: str, extra: str = "") -> list[str]:
    app = (
        f"import core, asyncio, functools\nfrom outside import somebody\n{extra}\nasync def start(user):\n    {body}\n"
    )
    return told(root, {"core.py": CORE, "app.py": app}, CONFIG.replace('allow = ["core.*"]\n', ""), select="SSOT101")


@pytest.mark.parametrize(
    "call",
    [
        "core.get_manager()",
        "core.get_manager(user=None)",
        "core.get_manager('x', None)",
        "core.get_manager(*('x', None))",
        "core.get_manager(**{'user': None})",
        "core.bare()",
        "core.factory()()",
        "print(core.get_manager())",
        "[core.get_manager() for _ in range(3)]",
        "core.Agent()",
        "core.Agent(None)",
        "await core.Pool().lend()",
        "asyncio.create_task(core.Pool().lend())",
        "getattr(core, 'get_manager')()",
        "(lambda: core.get_manager())()",
        "functools.partial(core.get_manager)('x')",
        "{'m': core.get_manager}['m']()",
    ],
)
def test_reports_a_call_that_gives_no_context(tmp_path: Path, call: str) -> None:
    assert lacking(tmp_path, call) == [f"app.py: {call} [startup]"]


@pytest.mark.parametrize(
    "call",
    [
        "core.get_manager(user=user)",
        "core.get_manager('x', user)",
        "core.get_manager('x', *somebody)",
        "core.get_manager(**somebody)",
        "core.get_manager(user=somebody())",
        "core.ready()",
        "core.supplies()",
        "core.supplies(None)",
        "core.passes_on(user)",
        "core.passes_all(user=user)",
        "core.Agent(user)",
        "await core.Pool().lend(user=user)",
        "print(core.get_manager)",
        "core.factory()",
        "functools.partial(core.get_manager, 'x', user)()",
    ],
)
def test_is_silent_about_a_call_that_gives_one(tmp_path: Path, call: str) -> None:
    assert lacking(tmp_path, call) == []


@pytest.mark.parametrize("call", ["core.passes_on()", "core.passes_on(None)", "core.outer()"])
def test_reports_none_where_it_meets_the_target(tmp_path: Path, call: str) -> None:
    assert lacking(tmp_path, call) == ["core.py: return get_manager(user=user) [startup]"]


@pytest.mark.parametrize("call", ["core.passes_all()", "core.passes_all('x')", "core.passes_all(user=None)"])
def test_follows_arguments_that_are_passed_on_as_they_come(tmp_path: Path, call: str) -> None:
    assert lacking(tmp_path, call) == ["core.py: return get_manager(*args, **kwargs) [startup]"]


def test_follows_a_variable_that_is_none_there(tmp_path: Path) -> None:
    assert lacking(tmp_path, "who = None\n    core.get_manager(user=who)") == [
        "app.py: core.get_manager(user=who) [startup]"
    ]
    assert lacking(tmp_path, "who = None\n    who = user\n    core.get_manager(user=who)") == []


def test_follows_none_through_a_method_and_an_attribute(tmp_path: Path) -> None:
    extra = """
class Bridge:
    def __init__(self, user=None):
        self.user = user
    def manager(self):
        return core.get_manager(user=self.user)
"""
    assert lacking(tmp_path, "Bridge().manager()", extra) == [
        "app.py: return core.get_manager(user=self.user) [startup]"
    ]
    assert lacking(tmp_path, "Bridge(user).manager()", extra) == []


def test_tells_the_chain_that_brings_none_from_the_one_that_brings_a_user(tmp_path: Path) -> None:
    app = "import core\ndef start(user):\n    core.passes_on(user)\n    other()\ndef other():\n    core.passes_on()\n"
    config = CONFIG.replace('allow = ["core.*"]\n', "")
    (found,) = findings(tmp_path, {"core.py": CORE, "app.py": app}, config, select="SSOT101")
    assert [frame.callee for frame in found.chain] == ["app.other", "core.passes_on"]


def test_says_where_the_exception_is_caught(tmp_path: Path) -> None:
    app = """
def get_manager(user=None):
    if user is None:
        raise ValueError("no user")
def start():
    try:
        attempt()
    except KeyError:
        pass
    except ValueError as error:
        raise RuntimeError from error
def begin():
    try:
        start()
    except Exception:
        pass
def attempt():
    get_manager()
"""
    config = (
        CONFIG.replace("app:start", "app:begin")
        .replace("core.get_manager", "app.get_manager")
        .replace('"core.Agent", "core.Pool.lend"', "")
    )
    (found,) = findings(tmp_path, {"app.py": app}, config, select="SSOT101")
    assert [(span.line, message) for span, message in found.related] == [(15, "caught here")]


def test_lets_allowed_functions_call_as_they_like(tmp_path: Path) -> None:
    app = "import core\ndef start():\n    core.passes_on()\n"
    assert told(tmp_path, {"core.py": CORE, "app.py": app}, CONFIG, select="SSOT101") == []


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ('["import", "startup"]', [("SSOT104", "request")]),
        ('["request"]', [("SSOT101", "request")]),
    ],
)
def test_the_legacy_form_outside_the_forbidden_phases_is_still_to_migrate(
    tmp_path: Path, phases: str, expected: list[tuple[str, str]]
) -> None:
    app = "import core\nfrom fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef f(): core.get_manager()\n"
    config = CONFIG.replace('entry-points = ["app:start"]', "") + f"phases = {phases}\n"
    found = findings(tmp_path, {"core.py": CORE, "app.py": app}, config, select="SSOT10")
    at_call = [each for each in found if each.span.path == "app.py"]
    assert [(each.code, each.violation.phase) for each in at_call] == expected


def test_a_parameter_that_no_target_has_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    config = CONFIG.replace('requires = "user"', 'requires = "usr"')
    files = {"core.py": CORE, "app.py": "import core\ndef start(): core.get_manager()\n"}
    said = r"^ssot-lint\.toml:4: core\.get_manager\(\) has no parameter `usr`; did you mean `user`\?$"
    with pytest.raises(ConfigurationError, match=said):
        findings(tmp_path, files, config, select="SSOT101")


@pytest.mark.parametrize(
    "call", ["core.passes_all()", "core.Agent", "core.Pool().lend(user=1)", "somebody(core.get_manager)"]
)
def test_a_parameter_that_a_target_may_have_is_none(tmp_path: Path, call: str) -> None:
    config = CONFIG.replace('"core.get_manager"', '"core.get_manager", "core.passes_all"')
    files = {"core.py": CORE, "app.py": f"import core\nfrom outside import somebody\ndef start(): {call}\n"}
    assert isinstance(findings(tmp_path, files, config, select="SSOT101"), list)
