from __future__ import annotations

import ast
import dataclasses
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.findings import Edit, Site
from ssot_lint.fixes.plan import Plan, diff, plan_fixes, write_fixes
from ssot_lint.locate import Places, locate_violations
from ssot_lint.project.model import Project, Source
from tests.places import NAMES, sites, violation

CORE = """\
def manager(user=None): ...
def factory(): ...
def needs(user): ...
def takes(user=None, *args, **kwargs): ...
async def slow(): ...
class Klass: ...
class Base:
    shared = 1
    def __init__(self, a, b: int = 0):
        self.a, self.b = a, b
        self.c: int = 1
class Made(Base):
    def send(self): ...
class Loop(Loop): ...
def typed() -> Made: ...
def quoted() -> "Made": ...
def looped() -> Loop: ...
other = manager
"""


def plan(root: Path, source: str, to: str = "factory", call: str = "manager()", **more: str | bytes) -> Plan:
    """Fixes every `call` in the module `app.m`, of a project with `app.core` beside it."""
    place = project(root, source, more)
    return replan(place, to, call)


def project(root: Path, source: str, more: dict[str, str | bytes]) -> Project:
    files: dict[str, str | bytes] = {"app/__init__.py": "", "app/core.py": CORE, "app/m.py": source}
    files |= {f"app/{name}.py": text for name, text in more.items()}
    modules = {}
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        name = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        modules[name] = Source(name, path, path.endswith("__init__.py"))
    return Project(root, (".",), modules, frozenset())


def replan(place: Project, to: str = "factory", call: str = "manager()", *, unsafe: bool = False) -> Plan:
    told = []
    for site in sites(place, "app.m", call):
        edit = Edit("replace_call", site, (("to", to),))
        told.append(dataclasses.replace(violation(site), target="app.core.manager", fix=edit))
    return plan_fixes(locate_violations(told, Places(place), NAMES), place, unsafe=unsafe)


def fixed(root: Path, source: str, to: str = "factory", call: str = "manager()", **more: str | bytes) -> str:
    made = plan(root, textwrap.dedent(source), to, call, **more)
    assert made.refused == []
    (file,) = made.files
    assert file.path == "app/m.py"
    return file.after.decode()


def refusal(root: Path, source: str, to: str = "factory", call: str = "manager()", **more: str | bytes) -> str:
    made = plan(root, textwrap.dedent(source), to, call, **more)
    assert made.files == []
    assert made.fixed == []
    return {why for _, why in made.refused}.pop()


def test_a_local_import_that_is_used_no_more_is_replaced(tmp_path: Path) -> None:
    source = """\
    def start():
        from app.core import manager  # the one
        return manager()
    """
    assert fixed(tmp_path, source) == (
        "def start():\n    from app.core import factory  # the one\n    return factory()\n"
    )


def test_the_import_stays_where_the_old_name_is_still_read(tmp_path: Path) -> None:
    source = "from app.core import manager, other\nx = manager()\ny = manager(1)\n"
    assert fixed(tmp_path, source) == ("from app.core import factory, manager, other\nx = factory()\ny = manager(1)\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from .core import manager", "from .core import factory"),
        ("from app.core import (manager)", "from app.core import (factory)"),
        ("from app.core import manager as m", "from app.core import factory"),
        ("from app.core import other, manager", "from app.core import other, factory"),
    ],
)
def test_module_imports_are_replaced_in_their_layout(tmp_path: Path, before: str, after: str) -> None:
    name = "m" if before.endswith("m") else "manager"
    assert fixed(tmp_path, f"{before}\n{name}()\n", call=f"{name}()") == f"{after}\nfactory()\n"


def test_a_name_is_added_on_a_line_of_its_own_where_names_stand_so(tmp_path: Path) -> None:
    source = """\
    from app.core import (
        other,  # first
        manager,  # second
    )
    manager()
    print(manager)
    """
    assert fixed(tmp_path, source) == textwrap.dedent("""\
    from app.core import (
        other,  # first
        factory,
        manager,  # second
    )
    factory()
    print(manager)
    """)


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("__all__ = ['manager']", {}),
        ("patched = 'app.m.manager'", {}),
        ("pass", {"n": "from app.m import manager\n"}),
        ("pass", {"n": "from .m import *\n"}),
        ("pass", {"n": "import app.m\nprint(app.m.manager)\n"}),
    ],
)
def test_a_name_that_others_may_take_from_the_module_stays(tmp_path: Path, line: str, more: dict[str, str]) -> None:
    source = f"from app.core import manager\nmanager()\n{line}\n"
    assert fixed(tmp_path, source, **more) == f"from app.core import factory, manager\nfactory()\n{line}\n"


def test_a_name_that_others_take_from_elsewhere_goes(tmp_path: Path) -> None:
    source = "from app.core import manager\nmanager()\n"
    assert fixed(tmp_path, source, n="from app.core import manager\nmanager(1)\n") == (
        "from app.core import factory\nfactory()\n"
    )


def test_the_new_name_is_imported_once(tmp_path: Path) -> None:
    source = "from app.core import factory\nfrom app.core import manager\nmanager()\nmanager()\n"
    assert (
        fixed(tmp_path, source) == "from app.core import factory\nfrom app.core import manager\nfactory()\nfactory()\n"
    )


@pytest.mark.parametrize(
    ("header", "module"),
    [
        ("import app.core", "app.core"),
        ("import app.core as c", "c"),
        ("from app import core", "core"),
        ("from . import core as c", "c"),
        ("import app", "app.core"),
    ],
)
def test_an_attribute_of_a_module(tmp_path: Path, header: str, module: str) -> None:
    call = f"{module}.manager()"
    assert fixed(tmp_path, f"{header}\n{call}\n", call=call) == f"{header}\n{module}.factory()\n"


def test_a_call_beside_the_definition(tmp_path: Path) -> None:
    source = "def manager(user=None): ...\ndef factory(): ...\nx = manager()\n"
    assert fixed(tmp_path, source).endswith("x = factory()\n")


def test_reexports_are_followed(tmp_path: Path) -> None:
    source = "from app.api import manager\nmanager()\n"
    api = "from .inner import *\n"
    inner = "from .core import manager, factory\n"
    assert fixed(tmp_path, source, api=api, inner=inner) == "from app.api import factory\nfactory()\n"


def test_calls_inside_calls(tmp_path: Path) -> None:
    source = "from app.core import manager\nmanager()(manager()[0], [manager() for _ in x])\n"
    assert fixed(tmp_path, source) == "from app.core import factory\nfactory()(factory()[0], [factory() for _ in x])\n"


USES = ["manager().{}\n", "m = manager()\nm.{} = 1\n", "def f():\n    if (m := manager()): return lambda: m.{}\n"]


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(
    ("to", "attribute"), [("typed", "send"), ("quoted", "shared"), ("typed", "c"), ("typed", "__class__")]
)
def test_what_is_taken_of_the_result_and_is_there_is_fine(tmp_path: Path, use: str, to: str, attribute: str) -> None:
    source = "from app.core import manager\n" + use.format(attribute)
    assert f"{to}()" in fixed(tmp_path, source, to)


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(("to", "verb"), [("typed", "lacks"), ("factory", "may lack"), ("looped", "may lack")])
def test_what_the_new_result_may_lack_is_put_in_only_if_asked(tmp_path: Path, use: str, to: str, verb: str) -> None:
    source = "from app.core import manager\n" + use.format("close")
    assert f"asked for close, which that of {to} {verb} (--unsafe-fixes" in refusal(tmp_path, source, to)
    assert len(replan(project(tmp_path, source, {}), to, unsafe=True).files) == 1


@pytest.mark.parametrize("call", ["manager(None)", "manager( user = None, )"])
def test_a_context_of_none_is_left_out(tmp_path: Path, call: str) -> None:
    assert fixed(tmp_path, f"from app.core import manager\n{call}[None]\n", call=call) == (
        "from app.core import factory\nfactory()[None]\n"
    )


@pytest.mark.parametrize("to", ["factory", "app.core.factory"])
def test_the_replacement_may_be_named_in_full(tmp_path: Path, to: str) -> None:
    assert "factory()" in fixed(tmp_path, "from app.core import manager\nmanager()\n", to)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("from app.core import *\nmanager()", "nothing here binds manager"),
        ("try:\n    from app.core import manager\nexcept ImportError:\n    manager = None\nmanager()", "2 places"),
        ("from app.core import manager as x\nmanager = x\nmanager()", "manager is a variable here"),
        ("def f(manager): manager()", "manager is a variable here"),
        ("from app.core import manager\nfactory = 1\nmanager()", "factory means something else here"),
        ("from app.core import manager\ndef f():\n    factory = 1\n    manager()", "factory means something else here"),
        ("from outside import manager\nmanager()", "not certain that outside defines factory"),
        ("from app.core import other as manager\nmanager()", "called by another name here, other"),
        ("def manager(): ...\nmanager()", "not certain that app.m defines factory"),
        ("from app.partly import manager\nmanager()", "not certain that app.partly defines factory"),
    ],
)
def test_what_is_not_certain_is_not_touched(tmp_path: Path, source: str, why: str) -> None:
    assert why in refusal(tmp_path, f"{source}\n", partly="from app.core import manager\n")


@pytest.mark.parametrize(
    ("source", "call", "why"),
    [
        ("from app.core import manager\nmanager(1)", "manager(1)", "with arguments"),
        ("from app.core import manager\nmanager(*None)", "manager(*None)", "with arguments"),
        ("import app.core\nself.manager()", "self.manager()", "nothing here binds self"),
        ("x = 1\nx.manager()", "x.manager()", "not a module"),
        ("f().manager()", "f().manager()", "not a module"),
        ("f()()", "f()()", "itself the result"),
        ("from app.core import manager\nprint(manager)", "manager", "not called by name"),
        ("import app.core\napp.core.other()", "app.core.other()", "called by another name here, other"),
    ],
)
def test_other_kinds_of_calls_are_not_touched(tmp_path: Path, source: str, call: str, why: str) -> None:
    assert why in refusal(tmp_path, f"{source}\n", call=call)


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("needs", "needs needs user"),
        ("takes", "takes may take for something else"),
        ("slow", "only one of manager and slow is async"),
        ("Klass", "not certain how Klass is called"),
        ("other.factory", "app.core gives another factory than other"),
        ("missing", "not certain that app.core defines missing"),
    ],
)
def test_a_replacement_that_can_not_be_called_alike_is_not_put_in(tmp_path: Path, to: str, why: str) -> None:
    assert why in refusal(tmp_path, "from app.core import manager\nmanager(None)\n", to, "manager(None)")


def test_a_comment_among_the_arguments_is_not_lost(tmp_path: Path) -> None:
    call = "manager(  # no user yet\n    None)"
    assert "a comment" in refusal(tmp_path, f"from app.core import manager\n{call}\n", call=call)


def test_one_refusal_does_not_stop_the_other_fixes(tmp_path: Path) -> None:
    made = plan(tmp_path, "from app.core import manager\nmanager()\ndef f(manager):\n    manager()\n")
    assert [finding.span.line for finding in made.fixed] == [2]
    assert [finding.span.line for finding, _ in made.refused] == [4]
    assert made.files[0].after == b"from app.core import factory\nfactory()\ndef f(manager):\n    manager()\n"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbffrom app.core import manager\nmanager()\n",
        b"from app.core import manager\r\nmanager()\r\n",
        b"# coding: latin-1\nx = '\xe9'\nfrom app.core import manager\nmanager()",
        b"from app.core import (\r\n\tmanager,\r\n)\r\nmanager()\r\nprint(manager)",
    ],
)
def test_all_other_bytes_stay(tmp_path: Path, content: bytes) -> None:
    place = project(tmp_path, "", {"m": content})
    at = next(Site("app.m", at) for at in range(99) if _is_call(place, at))
    told = dataclasses.replace(
        violation(at), target="app.core.manager", fix=Edit("replace_call", at, (("to", "factory"),))
    )
    (file,) = plan_fixes(locate_violations([told], Places(place), NAMES), place, unsafe=False).files
    expected = content.replace(b"manager()", b"factory()")
    if b"print" in content:
        expected = expected.replace(b"\tmanager,", b"\tfactory,\r\n\tmanager,")
    else:
        expected = expected.replace(b"import manager", b"import factory")
    assert file.after == expected


def _is_call(place: Project, at: int) -> bool:
    finding = locate_violations([violation(Site("app.m", at))], Places(place), NAMES)[0]
    return finding.span.end_column - finding.span.column == len("manager()") and finding.span.column == 1


def test_a_file_that_would_lose_form_feeds_is_not_touched(tmp_path: Path) -> None:
    assert "form feeds" in refusal(tmp_path, "from app.core import manager\n\x0cx = 1\nmanager()\n")


def test_writing_and_the_diff(tmp_path: Path) -> None:
    place = project(tmp_path, "from app.core import manager\nmanager()", {})
    made = replan(place)
    assert diff(made) == (
        "--- a/app/m.py\n+++ b/app/m.py\n@@ -1,2 +1,2 @@\n-from app.core import manager\n-manager()\n"
        "\\ No newline at end of file\n+from app.core import factory\n+factory()\n\\ No newline at end of file\n"
    )
    assert (tmp_path / "app/m.py").read_text() == "from app.core import manager\nmanager()"
    write_fixes(made, place)
    assert (tmp_path / "app/m.py").read_text() == "from app.core import factory\nfactory()"


PIECES = st.sampled_from(
    [
        "from app.core import manager\n",
        "from app.core import manager, other\n",
        "from app.core import factory\n",
        "from .core import (\n    manager,\n    other,\n)\n",
        "import app.core\n",
        "x = manager()\n",
        "manager(None)\n",
        "@manager()\ndef g(a=manager()):\n    from app.core import manager\n    return manager(), factory\n",
        "async def h():\n    await manager()\n    return [manager() for x in manager()]\n",
        "class C:\n    manager = manager()\n    def f(self):\n        global manager\n        return lambda: manager\n",
        "try:\n    from app.core import manager\nexcept ImportError:\n    manager = None\n",
        "factory = None\n",
        "# manager()\n'''manager()'''\n",
        "print(f'{manager()}')\n",
        "def o():\n    def inner():\n        return manager()\n    from app.core import manager\n    return inner\n",
    ]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6).map("".join), st.sampled_from(["\n", "\r\n"]))
def test_laws_of_fixing(tmp_path_factory: pytest.TempPathFactory, source: str, newline: str) -> None:
    """What comes out parses; fixing again changes nothing; nothing but names of the two functions changes."""
    place = project(tmp_path_factory.mktemp("laws"), source.replace("\n", newline), {})
    made = replan(place)
    write_fixes(made, place)
    after = place.read(place.modules["app.m"]).decode()
    ast.parse(after)
    assert after.count(newline) == after.count("\n")
    assert not made.fixed or made.files
    again = replan(place)
    assert again.files == []
    assert len(again.refused) == len(made.refused)
    kept = [line for line in source.splitlines() if "manager" not in line and "factory" not in line]
    assert [line for line in after.splitlines() if "manager" not in line and "factory" not in line] == kept
