from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

ADDED = "class Added:\n    def __radd__(self, other): return 1\n"
FILES = {
    "app/__init__.py": "",
    "app/state.py": """
manager = None
plain = None
listed = [None]
def initialise(value):
    global manager
    manager = value
class Holder:
    client = None
    other = None
    def __init__(self):
        self.socket = None
        self.kept = None
    def connect(self): self.socket = object()
    def open(self): self.kept = object()
    def show(self): return self.kept.text
holder = Holder()
""",
    "app/elsewhere.py": """
from app import state
class Elsewhere:
    def __init__(self): self.client = 1
def run_all(): state.holder.connect()
""",
}


def wrong(root: Path, code: str, extra: str = "") -> list[str]:
    main = f"from app import state, elsewhere\nfrom app.state import holder, Holder, plain\n{code}"
    files = {**FILES, "app/main.py": main, "app/elsewhere.py": FILES["app/elsewhere.py"] + extra}
    found = findings(root, files, 'entry-points = ["app.main:start"]\n', select="SSOT113")
    return [each.violation.message for each in found]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("state.manager.send()",
         "`state.manager` is None when its `send` is read: only `initialise()` sets it, which has not run"),
        ("state.plain.send()", "`state.plain` is None when its `send` is read: nothing sets it to anything else"),
        ("plain.send()", "`plain` is None when its `send` is read: nothing sets it to anything else"),
        ("holder.client.send()",
         "`holder.client` is None when its `send` is read: nothing sets it to anything else"),
        ("holder.socket.send()",
         "`holder.socket` is None when its `send` is read: only `connect()` sets it, which has not run"),
        ("state.plain['a']", "`state.plain` is None when it is subscripted: nothing sets it to anything else"),
        ("state.manager['a'] = 1",
         "`state.manager` is None when it is subscripted: only `initialise()` sets it, which has not run"),
        ("state.plain / 'a'", "`state.plain` is None when it is computed with: nothing sets it to anything else"),
        ("'a' + plain", "`plain` is None when it is computed with: nothing sets it to anything else"),
        ("1 * 2 - plain", "`plain` is None when it is computed with: nothing sets it to anything else"),
        ("state.plain < 3", "`state.plain` is None when it is computed with: nothing sets it to anything else"),
        ("'a' in state.manager",
         "`state.manager` is None when something is looked for in it: only `initialise()` sets it, which has not run"),
        ("len(state.plain)", "`state.plain` is None when `len()` gets it: nothing sets it to anything else"),
        ("Path(state.plain, 'a')", "`state.plain` is None when `Path()` gets it: nothing sets it to anything else"),
        ("open(holder.socket)",
         "`holder.socket` is None when `open()` gets it: only `connect()` sets it, which has not run"),
        ("os.path.join(plain, 'a')", "`plain` is None when `join()` gets it: nothing sets it to anything else"),
        ("holder.show()", "`self.kept` is None when its `text` is read: only `open()` sets it, which has not run"),
    ],
)  # fmt: skip
def test_reports_reads_from_what_nothing_has_set(tmp_path: Path, code: str, message: str) -> None:
    assert wrong(tmp_path, f"import os\nfrom pathlib import Path\ndef start():\n    {code}\n") == [message]


@pytest.mark.parametrize(
    "code",
    [
        "state.initialise(1)\n    state.manager.send()",
        "holder.connect()\n    holder.socket.send()",
        "elsewhere.run_all()\n    holder.socket.send()",
        "holder.client = 1\n    holder.client.send()",
        "setattr(holder, 'client', 1)\n    holder.client.send()",
        "for name in holder: setattr(holder, name, 1)\n    holder.client.send()",
        "if holder.client: holder.client.send()",
        "assert holder.client\n    holder.client.send()",
        "while not holder.client: run()\n    holder.client.send()",
        "holder.client and holder.client.send()",
        "if holder.client is None: return\n    holder.client.send()",
        "return holder.client.send() if holder.client else None",
        "try: holder.client.send()\n    except AttributeError: pass",
        "holder.client.__class__",
        "state.__dict__['plain'] = 1\n    state.plain.send()",
        "getattr(holder, 'con' + 'nect')()\n    holder.other.send() if holder.other else 1",
        "run(holder.connect)\n    holder.socket.send()",
        "return [plain.send() for plain in state.listed]",
        "state.plain == 1 or state.plain != 'a'",
        "state.plain | int",
        "'%s' % plain",
        "run() - plain",
        "plain + Added()",
        "print(plain, str(plain), [plain])",
        "plain in [1]",
        "len(plain or [])",
        "int(state.plain) if state.plain else 0",
        "try: len(plain)\n    except TypeError: pass",
        "for plain in run(): len(plain)",
    ],
)
def test_is_silent_where_something_may_have_set_it(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, f"from outside import run\n{ADDED}def start():\n    {code}\n") == []


@pytest.mark.parametrize(
    "extra",
    [
        "def _(): state.holder.client = 1\n_()",
        "state.holder.client = 1",
        "@register\ndef fill(): state.holder.client = 1\nrun('fill')",
        "class Below(state.Holder):\n    def __init__(self): self.client = 1",
        "@decorator\nclass Other: client = 1\nstate.Holder = Other\nstate.holder.client = 2",
    ],
)
def test_looks_at_all_loaded_code(tmp_path: Path, extra: str) -> None:
    assert wrong(tmp_path, "def start():\n    holder.client.send()\n", f"from outside import *\n{extra}\n") == []


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        ("plain = 1", True),
        ("def other():\n    plain = 1\n    return plain\nother()", True),
        ("class Other:\n    plain = 1\n    def __init__(self): self.plain = 2\nOther()", True),
        ("state.plain = 1", False),
        ("def fill(module): module.plain = 1\nfill(state)", False),
        ("vars(state)['plain'] = 1", False),
        ("setattr(state, 'plain', 1)", False),
    ],
)
def test_a_variable_of_that_name_in_another_module_is_another(tmp_path: Path, extra: str, *, found: bool) -> None:
    code = "def start():\n    state.plain.send()\n"
    assert bool(wrong(tmp_path, code, f"\n{extra}\n")) is found


def test_what_is_imported_from_elsewhere_may_be_set_there(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "from app.state import router",
        "app/state.py": "router = None\ndef fill():\n    global router\n    router = object()\n",
        "app/main.py": "import app\nfrom app import state\ndef start():\n    app.router.get()\n",
    }
    assert findings(tmp_path, {**files, "app/other.py": ""}, 'entry-points = ["app.main:start"]\n', select="SSOT113")
    files["app/state.py"] += "fill()\n"
    assert not findings(tmp_path, files, 'entry-points = ["app.main:start"]\n', select="SSOT113")


def test_knows_globals_that_a_function_without_return_gives(tmp_path: Path) -> None:
    code = """
import os
def load():
    settings = {"debug": os.environ.get("DEBUG")}
    print(settings)
def fine():
    return given()
settings = load()
others = fine()
def start():
    others.debug
    settings.debug
"""
    assert wrong(tmp_path, code) == ["`settings` is None when its `debug` is read: nothing sets it to anything else"]


@pytest.mark.parametrize(
    ("decorator", "found"),
    [
        ("def timed(f):\n    def wrapper(): return f()\n    print(wrapper)", True),
        ("def timed(f):\n    def wrapper(): return f()\n    return wrapper", False),
        ("def timed(f):\n    if f: return f", False),
        ("from outside import timed", False),
    ],
)
def test_knows_what_a_decorator_without_return_leaves(tmp_path: Path, decorator: str, found: bool) -> None:
    app = f"{decorator}\n@timed\ndef ping(): return 1\ndef start(): ping()\n"
    told = findings(tmp_path, {"app.py": app}, 'entry-points = ["app:start"]\n', select="SSOT112")
    message = "`ping` is None when it is called: nothing sets it to anything else"
    assert [each.violation.message for each in told] == ([message] if found else [])


@pytest.mark.parametrize(
    ("decorator", "found"),
    [
        ("def kept(cls): print(cls)", True),
        ("def kept(cls):\n    print(cls)\n    return cls", False),
        ("from outside import kept", False),
        ("def kept(cls):\n    if cls: return cls", False),
    ],
)
def test_knows_that_no_class_is_made_below_none(tmp_path: Path, decorator: str, found: bool) -> None:
    app = f"{decorator}\n@kept\nclass Base: pass\nclass Below(Base): pass\n"
    told = findings(tmp_path, {"app.py": app}, 'entry-points = ["app"]\n', select="SSOT112")
    message = "`Base` is None when a class is made below it: nothing sets it to anything else"
    assert [each.violation.message for each in told] == ([message] if found else [])


@pytest.mark.parametrize(("base", "found"), [("object", 1), ("Outside", 0)])
def test_a_base_from_outside_may_set_what_a_mixin_declares(tmp_path: Path, base: str, found: int) -> None:
    code = f"""
    from outside import Outside
    class Mixin:
        model = None
        def show(self): return self.model.text
    class Both(Mixin, {base}): pass
    def both(): return Both()
    """
    reported = findings(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT113", all_phases=True)
    assert len(reported) == found


def test_a_property_gives_what_it_makes(tmp_path: Path) -> None:
    code = """
    from outside import make
    class Holder:
        def __init__(self): self._made = None
        @property
        def made(self):
            if self._made is None:
                self._made = make()
            return self._made
        def show(self): return self.made.text
    def start(): Holder().show()
    """
    assert findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT113") == []


@pytest.mark.parametrize(
    ("code", "is_told"),
    [
        ("for each in holder.client: pass", True),
        ("for each in holder.client or (): pass", False),
        ("holder.client = []\n    for each in holder.client: pass", False),
        ("try:\n        for each in holder.client: pass\n    except TypeError: pass", False),
    ],
)  # fmt: skip
def test_reports_loops_over_what_is_none(tmp_path: Path, code: str, *, is_told: bool) -> None:
    message = "`holder.client` is None when it is gone over: nothing sets it to anything else"
    assert wrong(tmp_path, f"def start():\n    {code}\n") == ([message] if is_told else [])
