"""Of a service with hundreds of handlers little is looked at beyond its start: of that all the same is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.callgraph.bounds import Bounds
from tests.checks.findings import findings, told

_MAIN = """
import asyncio
from contextlib import asynccontextmanager
from fastapi import FastAPI
from steps import get_steps

@asynccontextmanager
async def lifespan(app):
    from routes import router
    app.include_router(router)
    steps = get_steps()
    asyncio.create_task(steps.watch())
    steps.begin(1)
    yield

app = FastAPI(lifespan=lifespan)
"""
_STEPS = """
class Steps:
    def begin(self): pass
    async def watch(self): self.look()
    def look(self): pass

_steps = None
def get_steps():
    global _steps
    if _steps is None:
        _steps = Steps()
    return _steps
"""
_ROUTES = """
from fastapi import APIRouter, Depends
router = APIRouter()
class User: pass
def get_user(): return User()
def load(): pass
"""


def test_what_handlers_give_a_module_leaves_the_start_as_sure_as_it_is(tmp_path: Path) -> None:
    handlers = "".join(f"@router.get('/{n}')\ndef page{n}(user=Depends(get_user)): load()\n" for n in range(201))
    files = {"main.py": _MAIN, "steps.py": _STEPS, "routes.py": _ROUTES + handlers}
    assert told(tmp_path, files, select="SSOT112") == [
        "main.py: steps.begin(1) [startup]",
    ]


_PARTIAL = """
hook = None
def run(): return hook and hook()
def fill():
    global hook
    hook = len
def load(path=None):
    if path is None:
        raise ValueError("path is required")
    return open(path)
def prepare(): load()
def start():
    run()
    fill()
    CALL
"""


@pytest.mark.parametrize(("call", "level"), [("prepare()", "error"), ("step = prepare; step()", "warning")])
def test_what_a_call_names_is_sure_though_its_function_is_not_analysed_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, level: str
) -> None:
    monkeypatch.setattr("ssot_lint.callgraph.bounds.BRIEF", Bounds(evaluations=1))
    files = {"app.py": _PARTIAL.replace("CALL", call)}
    found = findings(tmp_path, files, 'entry-points = ["app:start"]\n', select="SSOT103")
    assert [each.violation.level for each in found] == [level]


def test_what_the_tasks_of_a_start_call_is_looked_at_however_many_handlers_there_are(tmp_path: Path) -> None:
    handlers = "".join(f"@router.get('/{n}')\ndef page{n}(user=Depends(get_user)): load()\n" for n in range(201))
    owner = (
        "def get_owner(context=None):\n"
        "    if context is None:\n"
        "        raise ValueError('a user is required')\n"
        "    return context\n"
    )
    steps = _STEPS.replace("def look(self): pass", "def look(self): return get_owner()") + owner
    main = _MAIN.replace("begin(1)", "begin()")
    files = {"main.py": main, "steps.py": steps, "routes.py": _ROUTES + handlers}
    assert told(tmp_path, files, select="SSOT103") == ["steps.py: def look(self): return get_owner() [startup]"]
