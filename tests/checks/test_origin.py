"""Where an argument that a callee refuses comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CODE = """
import asyncio
from outside import Base, given

def make(context=None):
    if context is None:
        raise ValueError("no context")
    return open(context)

class Always:
    def __init__(self): self.context = None
    def run(self): return make(self.context)
class InClass:
    context = None
    def run(self): return make(context=self.context)
class Both:
    context = None
    def __init__(self, *, context=None): self.context = context
    @property
    def made(self): return make(self.context)
class Given:
    def __init__(self, context=None): self.context = context
    def run(self): return make(self.context)
class Set:
    def __init__(self): self.context = None
    def run(self): return make(self.context)
    def use(self, context): self.context = context
class Written:
    def __init__(self): self.written = None
    def run(self): return make(self.written)
def write(it): it.written = given
class Below(Always):
    def __init__(self):
        super().__init__()
        self.context = given
class Outside(Base):
    def __init__(self): self.context = None
    def run(self): return make(self.context)
class Opened:
    def __init__(self, **options):
        self.context = None
        for name, value in options.items(): setattr(self, name, value)
    def run(self): return make(self.context)
class Computed:
    @property
    def context(self): return given
    def run(self): return make(self.context)
def asked(**options): return make(options.get("context"))
def taken(**options): return make(options.pop("context", None))
def defaulted(**options): return make(options.get("context", given))
async def start():
    BODY
asyncio.run(start())
"""


def refused(root: Path, body: str) -> list[tuple[str, str]]:
    found = findings(root, {"app.py": CODE.replace("BODY", body)}, 'entry-points = ["app"]\n', select="SSOT103")
    return [(each.violation.level, each.violation.note) for each in found]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("Always().run()", "`context` is None"),
        ("Both().made", "`context` is None"),
        ("Given().run()", "`context` is None"),
        ("it = Given(context=None)\n    it.run()", "`context` is None"),
        ("asked()", "`context` is None"),
        ("asked(other=1)", "`context` is None"),
        ("taken()", "`context` is None"),
        ("await asyncio.to_thread(make)", "`context` is not given"),
        ("await asyncio.get_running_loop().run_in_executor(None, make)", "`context` is not given"),
    ],
)
def test_knows_what_an_instance_got_and_what_a_library_passes_on(tmp_path: Path, body: str, why: str) -> None:
    assert refused(tmp_path, body) == [("error", why)]


@pytest.mark.parametrize(
    "body",
    [
        "Given('x').run()",
        "InClass().run()",
        "it = Set()\n    it.use('x')\n    it.run()",
        "Set().run()",
        "it = Written()\n    write(it)\n    it.run()",
        "Below().run()",
        "Outside().run()",
        "Opened(context='x').run()",
        "Computed().run()",
        "asked(context='x')",
        "asked(**given)",
        "taken(context='x')",
        "defaulted()",
        "await asyncio.to_thread(make, 'x')",
        "given.submit(make)",
    ],
)
def test_says_nothing_of_what_may_be_more(tmp_path: Path, body: str) -> None:
    assert refused(tmp_path, body) == []
