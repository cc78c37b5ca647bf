from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

CODE = """
from outside import decorator, something
class Manager:
    def __init__(self, user): self.user = user
class Holder:
    def __init__(self, config=None, name=""):
        self.kind = config.kind
def manager(context=None): return Manager(context.user)
def passing(context=None): return manager(context)
def indexed(context=None): return Manager(context["user"])
def called(context=None): return Manager(context())
def divided(context=None): return Manager(context / "user")
def measured(context=None): return Manager(len(context))
def seeking(context=None): return Manager("user" in context)
def printed(context=None): return Manager(str(context))
def united(context=None): return Manager(context | something())
def looping(context=None):
    for each in context: print(each)
def asked(context=None): return Manager(context.user) if context else None
def filled(context=None):
    context = context or something()
    return Manager(context.user)
def guarded(context=None):
    try: return Manager(context.user)
    except AttributeError: return None
def branching(context=None, other=something()):
    if other: return None
    return Manager(context.user)
def in_branch(context=None, other=something()):
    if other: return Manager(context.user)
def choosing(context=None): return context and Manager(context.user)
def other(context=None): return Manager(context.__class__)
def later(context=None): return lambda: context.user
def each_of(context=None):
    for one in something(): print(context.user, one)
def generating(context=None): yield context.user
@decorator
def decorated(context=None): return Manager(context.user)
async def waited(context=None): return Manager(context.user)
def start():
    CALL
"""
STARTS = 'entry-points = ["app:start"]\n'


@pytest.mark.parametrize(
    "call",
    [
        "manager()", "manager(None)", "manager(context=None)", "manager(**{})", "indexed()", "called()", "looping()",
        "divided()", "measured()", "seeking()",
        "Holder()", "Holder(None, 'a')", "Holder(name='a')",
    ],
)  # fmt: skip
def test_reports_calls_without_what_the_callee_needs(tmp_path: Path, call: str) -> None:
    assert told(tmp_path, {"app.py": CODE.replace("CALL", call)}, STARTS, select="SSOT103") == [
        f"app.py: {call} [startup]"
    ]


@pytest.mark.parametrize(
    "call",
    [
        "manager(something())", "manager(Manager(1))", "asked()", "filled()", "guarded()", "branching()", "in_branch()",
        "choosing()", "other()", "printed()", "united()",
        "later()", "each_of()", "generating()", "decorated()", "waited()",
        "Holder(Manager(1))", "something(manager)", "manager(*something())", "manager(**something())",
        "if something(): manager(start)",
        "try: manager()\n    except AttributeError: pass", "try: manager()\n    except Exception: pass",
    ],
)  # fmt: skip
def test_is_silent_where_it_may_not_need_it(tmp_path: Path, call: str) -> None:
    assert told(tmp_path, {"app.py": CODE.replace("CALL", call)}, STARTS, select="SSOT103") == []


def test_reports_the_call_that_passes_on_what_it_did_not_get(tmp_path: Path) -> None:
    files = {"app.py": CODE.replace("CALL", "passing()")}
    (found,) = findings(tmp_path, files, STARTS, select="SSOT103")
    assert found.violation.message == "manager() is certain to raise during startup: `context` is None"
    assert found.violation.level == "error"
    assert [each.message for each in found.violation.related] == ["`context` is used here"]


def test_each_call_is_reported(tmp_path: Path) -> None:
    code = CODE.replace("CALL", "manager(Manager(1))\n    manager()\n    print(manager(context=None))")
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT103") == [
        "app.py: manager() [startup]",
        "app.py: print(manager(context=None)) [startup]",
    ]


def test_awaited_coroutines_count(tmp_path: Path) -> None:
    code = CODE.replace("def start():\n    CALL", "async def start():\n    await waited()")
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT103") == ["app.py: await waited() [startup]"]


def test_a_contract_speaks_first(tmp_path: Path) -> None:
    contract = '[[contracts]]\nname = "c"\ncode = "SSOT101"\ntargets = ["app.manager"]\nrequires = "context"\n'
    files = {"app.py": CODE.replace("CALL", "manager()")}
    assert [each.violation.code for each in findings(tmp_path, files, STARTS + contract)] == ["SSOT101"]


KEEPING = """
from outside import something
class Agent:
    def __init__(self, name="", context=None):
        self.name = name
        self.context = context
        BODY
    def user(self): return self.context.user
    def key(self): return self.context["key"]
    def asked(self): return self.context.user if self.context else None
    def late(self):
        if something(): return None
        return self.context.user
    def prepare(self, context): OTHER
class Other:
    def __init__(self): self.context = 1
agent = Agent(GIVEN)
def start():
    CALL
"""


def kept(root: Path, call: str = "agent.user()", given: str = "", body: str = "pass", other: str = "pass") -> list[str]:
    code = KEEPING.replace("GIVEN", given).replace("CALL", call).replace("BODY", body).replace("OTHER", other)
    return [each.violation.message for each in findings(root, {"app.py": code}, STARTS, select="SSOT113")]


@pytest.mark.parametrize("given", ["", "'a'", "'a', None", "context=None"])
def test_reports_what_an_instance_was_made_without(tmp_path: Path, given: str) -> None:
    assert kept(tmp_path, given=given) == [
        "`self.context` is None when its `user` is read: `Agent()` was made without `context`"
    ]


def test_reports_what_is_subscripted(tmp_path: Path) -> None:
    assert kept(tmp_path, "agent.key()") == [
        "`self.context` is None when it is subscripted: `Agent()` was made without `context`"
    ]


@pytest.mark.parametrize(
    ("call", "given", "body", "other"),
    [
        ("agent.user()", "context=something()", "pass", "pass"),
        ("agent.user()", "*something()", "pass", "pass"),
        ("agent.asked()", "", "pass", "pass"),
        ("agent.late()", "", "pass", "pass"),
        ("agent.user()", "", "self.context = self.context or something()", "pass"),
        ("agent.prepare(something()); agent.user()", "", "pass", "self.context = context"),
        ("agent.context = something(); agent.user()", "", "pass", "pass"),
        ("Agent(context=something()).user()", "", "pass", "pass"),
        ("something(agent.user)", "", "pass", "pass"),
    ],
)
def test_is_silent_where_the_instance_may_have_it(tmp_path: Path, call: str, given: str, body: str, other: str) -> None:
    assert kept(tmp_path, call, given, body, other) == []
