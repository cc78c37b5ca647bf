"""What the classes above and below say of whether an instance lacks an attribute."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

STARTS = 'entry-points = ["app:start"]\n'


def test_what_another_base_of_the_same_instance_writes_is_there(tmp_path: Path) -> None:
    code = """
class Reads:
    def read(self): return self.shared
class Writes:
    def write(self): self.shared = 1
class Both(Reads, Writes): pass
def patch(self): self.patched = 1
class Patched:
    def read(self): return self.patched
Patched.write = patch
def start():
    both = Both()
    both.write()
    both.read()
    patched = Patched()
    patched.write()
    patched.read()
"""
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT113") == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("class Refused(Exception):\n    pass", True),
        ("class Listing(dict):\n    pass", True),
        ("class Refused(Exception):\n    def all(self): return {**vars(self)} if vars(self) else None", True),
        ("class Refused(Exception):\n    def all(self): return vars(self)", False),
        ("class Refused(Exception):\n    def __init__(self): self.gone = 1", False),
        ("class Listing(dict):\n    def __init__(self): self.__dict__ = self", False),
        ("class Listing(dict):\n    __getattr__ = dict.get", False),
        ("class Refused(type):\n    def __new__(cls): return super().__new__(cls, 'A', (), {})", False),
        ("from outside import Exception\nclass Refused(Exception):\n    pass", False),
    ],
)
def test_knows_what_builtin_bases_give(tmp_path: Path, code: str, found: bool) -> None:
    name = "Listing" if "Listing" in code else "Refused"
    app = f"{code}\ndef start():\n    {name}().{'keys' if name == 'Listing' else 'args'}\n    {name}().gone\n"
    expected = [f"app.py: {name}().gone [startup]"] if found else []
    assert told(tmp_path, {"app.py": app}, STARTS, select="SSOT113") == expected


def test_knows_little_of_a_class_that_takes_the_place_of_its_base(tmp_path: Path) -> None:
    code = """
import outside
class Parser(outside.Parser):
    def parse(self): return self.text
outside.Parser = Parser
class Extractor(outside.Parser):
    def extract(self): return self.feed(self.text)
def start(): Extractor().extract()
"""
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT113") == []


@pytest.mark.parametrize(
    "read",
    [
        "match made:\n        case partial(): return made.func",
        "match made:\n        case Outside(): return made.other",
        "if not isinstance(made, Outside): return None\n    return made.other",
        "return made._Plain__hidden",
        "try: made.own = 2\n    except FrozenInstanceError: pass",
    ],
)
def test_is_silent_about_what_a_class_below_both_may_have(tmp_path: Path, read: str) -> None:
    code = f"""
    from dataclasses import FrozenInstanceError, dataclass
    from functools import partial
    from outside import Outside, given

    @dataclass(frozen=True)
    class Plain:
        own: int = 1

    def look(made: Plain):
        {read.replace(chr(10), chr(10) + "    ")}

    def load() -> Plain:
        return given()

    def start():
        look(load())
        look(Plain())
    """
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT113") == []


def test_a_mixin_that_annotates_its_receiver_asks_others_to_bring_what_it_reads(tmp_path: Path) -> None:
    code = """
    from typing import Protocol
    class Has(Protocol):
        value: int
    class Mixin:
        def go(self: Has): return self.value
    """
    assert findings(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT113", all_phases=True) == []


def test_a_class_that_stands_in_for_one_that_is_not_installed_tells_nothing_of_that(tmp_path: Path) -> None:
    code = """
    try:
        from outside import Query
    except ImportError:
        class Query:
            def __init__(self): pass
    def use(query: "Query"):
        if isinstance(query, Query):
            return query.columns
    """
    assert not findings(tmp_path, {"app.py": code}, select="SSOT113", all_phases=True)


MIXED = """
class Mixin:
    def check(self): self.assertEqual(1, 1)
    def setUp(self): super().setUp()

class Base(Mixin):
    backend = None
    def more(self): self.assertTrue(1)
    def load(self): self.backend.load()

class Used:
    def check(self): self.gone

def unused(): return Used()
def start(): pass
"""


def test_what_nothing_instantiates_may_be_mixed_into_what_has_more(tmp_path: Path) -> None:
    found = findings(tmp_path, {"app.py": MIXED}, STARTS, select="SSOT113", all_phases=True)
    assert [each.violation.message for each in found] == ["`Used` has no attribute `gone`"]


CHOSEN = """
import sys
from outside import Base
class Left: name = "left"
class Right: name = "right"
class Below(Base): name = "below"
class Logged: logger = 1
def start():
    for each in (CLASSES):
        if each.name == sys.argv[0]: break
    print(each.logger)
"""


@pytest.mark.parametrize(("classes", "found"), [("Left, Right", 1), ("Left, Below", 0), ("Left, Logged", 0)])
def test_takes_a_choice_where_each_class_lacks_the_attribute(tmp_path: Path, classes: str, found: int) -> None:
    code = CHOSEN.replace("CLASSES", classes)
    reported = findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT113")
    assert len([each for each in reported if "logger" in each.violation.message]) == found


HANDED = """
class Server:
    __slots__ = ("login",)
class Peer:
    __slots__ = ("init",)
class Network:
    def __init__(self):
        self.server = None
        self.peers = {}
    def handle(self, connection):
        if connection is self.server: return
        connection.init = 1
        print(connection.init)
    def serve(self):
        self.server = Server()
        self.handle(self.server)
def start(): pass
"""


def test_what_passes_where_nothing_leads_is_not_all_that_may(tmp_path: Path) -> None:
    assert findings(tmp_path, {"app.py": HANDED}, STARTS, select="SSOT113", all_phases=True) == []


SERVICES = """
class Service:
    topic = ""
    def start(self):
        if self.topic:
            print(self.topic, self.on_event)
class Lacking(Service):
    topic = "a"
class Having(Service):
    topic = "b"
    def on_event(self): pass
class Silent(Service): pass
def start():
    LINE
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Lacking().start()", True),
        ("for each in [Lacking(), Having()]: each.start()", True),
        ("Having().start()", False),
        ("Silent().start()", False),
        ("for each in [Silent(), Having()]: each.start()", False),
        ("(Lacking() if input() else Having()).start()", False),
        ("{'a': Lacking(), 'b': Having()}[input()].start()", False),
    ],
)
def test_knows_which_instance_runs_a_method_that_others_run_too(tmp_path: Path, line: str, found: bool) -> None:
    code = SERVICES.replace("LINE", line)
    got = findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT113")
    assert [each.violation.message for each in got] == ["`Lacking` has no attribute `on_event`"] * found
