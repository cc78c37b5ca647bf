"""`ssot-lint why` as a command line runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import shop
from tests.cli.conftest import Ssot

LIFESPAN = "FastAPI lifespan, shop/main.py:9"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shop.write(tmp_path / "project")


def _why(ssot: Ssot, project: Path, *arguments: str) -> str:
    done = ssot("why", *arguments, cwd=project)
    assert (done.status, done.stderr) == (0, "")
    return done.stdout


def test_each_call_with_its_ways(ssot: Ssot, project: Path) -> None:
    assert _why(ssot, project, "*.get_store") == (
        """\
shop.store.get_store
  shop/main.py:12   store.get_store().close()
    = runs at shutdown (FastAPI lifespan, shop/main.py:9)   certainty: certain
  shop/main.py:20   return [item for item in store.get_store().all()]
    = runs in requests (FastAPI.get, shop/main.py:19)   certainty: certain
  shop/old.py:9   return get_store()
    = not reached: its callers end at shop.old.phase_three, which nothing calls
      1 shop/old.py:5   return setup()
  shop/old.py:13   return pong(get_store())
    = not reached: it stands in shop.old.ping, whose callers only call each other
  shop/store.py:20   get_store()
    = reached from startup in 1 call (FastAPI lifespan, shop/main.py:9)   certainty: certain
      1 shop/main.py:10   store.warm_up()
  shop/store.py:24   DEFAULT = get_store()
    = reached at import in 1 step (FastAPI application `app`, shop/main.py:15)   certainty: certain
      1 shop/main.py:5   from shop import store
"""
    )


def test_the_calls_on_a_line(ssot: Ssot, project: Path) -> None:
    assert _why(ssot, project, "shop/old.py:9") == (
        """\
shop.store.get_store
  shop/old.py:9   return get_store()
    = not reached: its callers end at shop.old.phase_three, which nothing calls
      1 shop/old.py:5   return setup()
"""
    )


def test_a_line_without_a_call_is_the_function_that_holds_it(ssot: Ssot, project: Path) -> None:
    for line in (8, 9):
        assert _why(ssot, project, f"shop/store.py:{line}").startswith("shop.store.Store.all\n  shop/main.py:20 ")


def test_a_path_from_elsewhere_and_the_project_first(ssot: Ssot, project: Path, tmp_path: Path) -> None:
    done = ssot("why", str(project), "shop/store.py:21", cwd=tmp_path)
    assert done.stdout.splitlines()[:2] == [
        "requests.get",
        '  project/shop/store.py:21   requests.get("https://example.org")',
    ]


def test_what_lies_outside_the_project(ssot: Ssot, project: Path) -> None:
    assert _why(ssot, project, "requests.get") == (
        """\
requests.get
  shop/store.py:21   requests.get("https://example.org")
    = reached from startup in 1 call (FastAPI lifespan, shop/main.py:9)   certainty: certain
      1 shop/main.py:10   store.warm_up()
"""
    )


def test_a_hook_is_called_by_the_library(ssot: Ssot, project: Path) -> None:
    assert f"runs at startup ({LIFESPAN})" in _why(ssot, project, "shop.main.lifespan")


def test_an_entry_point_is_told_as_such(ssot: Ssot, project: Path) -> None:
    assert "is itself an entry point (FastAPI application `app`, shop/main.py:15)" in _why(ssot, project, "shop.main")


def test_a_function_that_nothing_calls(ssot: Ssot, project: Path) -> None:
    said = _why(ssot, project, "shop.old.phase_three")
    assert said == "shop.old.phase_three\n    = not reached: nothing calls it\n"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("def use(given):\n    given.phase_three()\n", "3"),
        ("def use(given):\n    return getattr(given, 'phase_three')\n", "3"),
        ("steps = [phase_three]\n", "2"),
        ("class Other:\n    def phase_three(self): ...\n# phase_three() is gone\nphase_threes()\n", ""),
    ],
)
def test_a_name_that_stands_elsewhere_may_be_a_call(ssot: Ssot, project: Path, text: str, seen: str) -> None:
    (project / "shop/tool.py").write_text(f"from shop.old import phase_three\n{text}")
    said = _why(ssot, project, "shop.old.phase_three")
    if not seen:
        assert said.endswith("= not reached: nothing calls it\n")
        return
    assert said.endswith(f"= not reached: nothing seen calls it; its name stands in shop/tool.py:{seen}\n")
    (project / "shop/zoo.py").write_text("def other(given):\n    given.phase_three()\n")
    said = _why(ssot, project, "shop/old.py:9")
    where = f"its name stands in shop/tool.py:{seen} and 1 more line"
    assert f"end at shop.old.phase_three, which nothing seen calls; {where}\n" in said


def test_a_module_that_nothing_imports(ssot: Ssot, project: Path) -> None:
    (project / "shop/tool.py").write_text("from shop.store import get_store\n\nget_store()\n")
    assert "it stands in shop.tool, which nothing imports" in _why(ssot, project, "shop/tool.py:3")


def test_each_entry_point_has_its_way(ssot: Ssot, project: Path) -> None:
    said = _why(ssot, project, "requests.get", "--entry-point", "shop.store:warm_up", "--entry-point", "shop.main")
    assert "runs at startup (configured as `shop.store:warm_up`, shop/store.py:19)" in said
    assert f"reached from startup in 1 call ({LIFESPAN})" in said


def test_a_name_that_many_files_hold_is_not_followed(
    ssot: Ssot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssot_lint.why._MANY", 0)
    said = _why(ssot, project, "shop/old.py:9")
    assert "end at shop.old.phase_three, which nothing seen calls; too many files hold its name" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["get_stor"], "nothing in the call graph is named `get_stor`; did you mean `shop.store.get_store`?"),
        (["shop/store.py:99"], "shop/store.py has no line 99"),
        (["shop/store.py:0"], "shop/store.py has no line 0"),
        (["shop/none.py:1"], "shop/none.py is no Python file of the project in "),
        ([], "Give one SYMBOL, and before it at most one PATH"),
        ([".", "a", "b"], "Give one SYMBOL, and before it at most one PATH"),
        (["nowhere", "a"], "nowhere: no such file or directory"),
    ],
)
def test_what_cannot_be_answered_is_one_line(ssot: Ssot, project: Path, arguments: list[str], said: str) -> None:
    done = ssot("why", *arguments, cwd=project)
    assert (done.status, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"ssot-lint: error: {said}")


def test_jobs_and_cache_change_no_byte(ssot: Ssot, project: Path) -> None:
    alone = _why(ssot, project, "*.get_store", "--jobs", "1", "--no-cache")
    assert {_why(ssot, project, "*.get_store"), _why(ssot, project, "*.get_store", "--jobs", "2")} == {alone}
