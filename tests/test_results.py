"""Whatever is in the cache, a check says what it would say without one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssot_lint import comments, linked
from ssot_lint.check import CheckOptions, check
from ssot_lint.report import render
from ssot_lint.report.model import Options, Report
from ssot_lint.run import Request, Run
from ssot_lint.settings import kept_reads, looks

CONFIGURATION = """
entry-points = ["app.main"]
[[contracts]]
name = "a user"
code = "SSOT101"
targets = ["*.get_manager"]
requires = "user"
[[contracts]]
name = "not at import"
code = "SSOT102"
targets = ["time.sleep"]
"""
FILES = {
    "ssot-lint.toml": CONFIGURATION,
    "staging.env": "TOKEN=\nREGION=eu\n",
    "app/__init__.py": "",
    "app/main.py": "import os\nfrom app import steps, tools\n\nREGION = os.environ['REGION']\nsteps.begin()\n",
    "app/steps.py": "from app.manager import get_manager\n\n\ndef begin(user=None):\n    return get_manager(user)\n",
    "app/manager.py": "def get_manager(user=None):\n    if not user:\n        raise ValueError\n    return user\n",
    "app/tools.py": "import time\n\n\ndef unused(one):\n    return one\n\n\ntime.sleep(0)\n",
    "app/later.py": "from app.manager import get_manager as make\n\n\ndef later():\n    return make()\n",
}
UNSEEN = {  # bodies of a function that nothing calls
    "longer": "    two = [each for each in one]\n    return print(two, one)\n",
    "a write elsewhere": "    one.begin = None\n",
    "a global": "    global time\n    time = one\n",
    "a lambda": "    return lambda: one\n",
    "an import": "    import app.later\n",
    "a generator": "    yield one\n",
}


MORE = "def one_more(name: str = 'a') -> None:\n    return [name for _ in print()]\n\n\n"
ASKING = {  # where they ask in some way for a function that is not there yet
    "by name": "from app import tools\nif hasattr(tools, 'one_more'):\n    tools.one_more()\n",
    "for all names by a star": "from app.tools import *\nfor each in list(globals().values()):\n    print(each)\n",
    "for all names by two": "from app import later\nprint(dir(later), vars(later).values())\n",
    "for all names in globals": "from app import tools\nfor each in vars(tools).values():\n    print(each)\n",
    "by a pattern": "from app import tools\nfor name in open(0):\n    getattr(tools, f'one_{name}')()\n",
}


def _with_body(body: str, text: str) -> str:
    return text.replace("    return one\n", body)


EDITS: dict[str, Callable[[str], str]] = {
    **{name: partial(_with_body, body) for name, body in UNSEEN.items()},
    "a comment above": lambda text: f"# get_manager, time.sleep, REGION\n{text}",
    "words above": lambda text: f"# What follows is long.\n\n{text}",
    "a comment below": lambda text: f"{text}# get_manager\n",
    "a suppression above": lambda text: f"# ssot-lint: ignore-file[SSOT101] for now\n{text}",
    "another body": lambda text: text.replace("return ", "return None or "),
    "a store that nothing reads": lambda text: text.replace("    return ", "    spare = 'made up'\n    return ", 1),
    "a slow import": lambda text: f"import time\ntime.sleep(1)\n{text}",
    "a function below": lambda text: f"{text}\n\n{MORE}",
    "a function above": lambda text: f"{MORE}{text}",
    "a missing import": lambda text: f"from app.manager import nothing\n{text}",
    "a secret": lambda text: f"{text}KEY = 'AKIAMADEUPMADEUPMADE'\n",
    "a wrapper": lambda text: f"{text}\n\ndef begin(name='TOKEN'):\n    import os\n    return os.environ[name]\n",
    "a wrapped read": lambda text: f"from app.steps import begin\n{text}\nbegin('MADE_UP_TOKEN')\n",
    "another read": lambda text: f"import os\n{text}\nTOKEN = os.environ['MADE_UP_TOKEN']\n",
    "a deployment": lambda text: f"{text}RUN = 'gcloud run deploy api --set-secrets=TOKEN=made-up-token:latest'\n",
    "what can't be parsed": lambda text: f"{text}\ndef (:\n",
    "as it was": lambda text: text,
}
EDITED = sorted(path for path in FILES if path.endswith(".py"))


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def report(root: Path, *, jobs: int | None = None, **cache: Any) -> Report:
    with Run(Request((root,), jobs=jobs, **cache)) as run:
        return check(run, CheckOptions())


def said(found: Report) -> dict[str, Any]:
    """What a report says, but for the figures of the run."""
    document: dict[str, Any] = json.loads(render("json", found, Options()))
    del document["stats"]
    document["text"] = "".join(render(name, found, Options(quiet=True)) for name in ("text", "sarif"))
    document["warnings"] = found.warnings
    return document


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    order=st.permutations(sorted(FILES)),
    edits=st.lists(st.tuples(st.sampled_from(EDITED), st.sampled_from(sorted(EDITS)), st.booleans()), max_size=3),
    jobs=st.sampled_from([1, 2]),
)
def test_any_cache_gives_the_same(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], edits: list[tuple[str, str, bool]], jobs: int
) -> None:
    root, cache = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("cache")
    write(root, {path: FILES[path] for path in order})
    for path, edit, again in [("app/main.py", "as it was", True), *edits]:
        write(root, {path: EDITS[edit](FILES[path])})
        expected = said(report(root, no_cache=True))
        assert said(report(root, jobs=jobs, cache_dir=cache)) == expected
        if again:
            assert said(report(root, cache_dir=cache)) == expected


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write(root, FILES)
    return root


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_an_unchanged_project_is_answered_without_what_works_it_out(project: Path, cache: Path) -> None:
    program = (
        "import sys; from ssot_lint.cli.main import run; run(sys.argv[1:]);"
        "heavy = {'libcst', 'networkx', 'ssot_lint.callgraph', 'ssot_lint.lint', 'ssot_lint.facts.model'};"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "check", str(project), "--cache-dir", str(cache), "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(Path(linked.__file__).parents[1])}
    first, second = (
        subprocess.run(command, capture_output=True, text=True, env=environment, check=True) for _ in range(2)
    )
    assert first.stdout == second.stdout != ""
    assert "ssot_lint.lint" in first.stderr
    assert second.stderr == "[]\n"


def test_touched_files_are_still_known(project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = said(report(project, cache_dir=cache))
    for path in FILES:
        os.utime(project / path, (1, 1))
    monkeypatch.setattr("ssot_lint.lint.lint", None)
    assert said(report(project, cache_dir=cache)) == expected


@pytest.mark.parametrize("path", sorted(FILES))
def test_a_change_of_the_same_size_and_time_is_seen(project: Path, cache: Path, path: str) -> None:
    report(project, cache_dir=cache)
    file = project / path
    before, text = file.stat(), file.read_text("utf-8")
    if text:
        file.write_text(text.replace("e", "x"), "utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    outcomes = []
    for request in ({"cache_dir": cache}, {"no_cache": True}):
        try:
            outcomes.append(said(report(project, **request)))
        except Exception as error:  # noqa: BLE001 - a broken configuration is refused in the same words
            outcomes.append({"error": str(error)})
    assert outcomes[0] == outcomes[1]


def test_packs_of_one_name_outside_the_project_are_told_apart(tmp_path: Path, cache: Path) -> None:
    pack = 'name = "ours"\ndescription = "ours"\n[[contracts]]\nname = "n"\ncode = "SSOT102"\ntargets = ["time.{}"]\n'
    packs = {f"{each}/ours.toml": pack.format(each) for each in ("monotonic", "ctime")}
    named = "".join(f'"../{each}",' for each in packs)
    write(tmp_path, {"shop/main.py": "import time\ntime.sleep(1)\n", "shop/ssot-lint.toml": f"packs = [{named}]\n"})
    for path, text in packs.items():
        write(tmp_path, {**packs, path: text})
        report(tmp_path / "shop", cache_dir=cache)
        write(tmp_path, {path: pack.format("sleep")})
        found = report(tmp_path / "shop", cache_dir=cache).findings
        assert [finding.violation.code for finding in found] == ["SSOT102"]


def test_a_comment_links_nothing_again(project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report(project, cache_dir=cache)
    for path in EDITED:
        write(project, {path: EDITS["words above"](FILES[path])})
    expected = said(report(project, no_cache=True))
    assert "SSOT101" in {finding["code"] for finding in expected["findings"]}
    monkeypatch.setattr(linked, "link", None)
    assert said(report(project, cache_dir=cache)) == expected


def test_a_comment_looks_at_no_other_file_again(project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report(project, cache_dir=cache)
    write(project, {"app/steps.py": EDITS["words above"](FILES["app/steps.py"])})
    expected = said(report(project, no_cache=True))
    looked: list[str] = []

    def look(text: str) -> list[object]:
        looked.append(text)
        return []

    monkeypatch.setattr(looks, "exposures", look)
    monkeypatch.setattr(kept_reads, "code_settings", None)
    assert said(report(project, cache_dir=cache)) == expected
    # What a reader wants is read again.
    assert [text for text in looked if text != FILES["staging.env"]] == [EDITS["words above"](FILES["app/steps.py"])]


def test_a_comment_looks_for_no_suppressions_in_other_files_again(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {"values.yaml": "a: 1\n", "other.yaml": "b: 1  # ssot-lint: ignore[SSOT201] not now\n"})
    report(project, cache_dir=cache)
    write(project, {"app/steps.py": EDITS["words above"](FILES["app/steps.py"])})
    expected = said(report(project, no_cache=True))
    looked: list[str] = []

    def look(path: Path) -> str:
        looked.append(path.name)
        return path.read_text("utf-8")

    monkeypatch.setattr(comments, "_text", look)
    assert said(report(project, cache_dir=cache)) == expected
    assert looked == ["other.yaml"]


def test_what_imports_the_same_and_reads_nothing_has_no_reads_looked_for_again(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(project, cache_dir=cache)
    write(project, {"app/steps.py": FILES["app/steps.py"].replace("(user)", "(user or None)")})
    expected = said(report(project, no_cache=True))
    monkeypatch.setattr(kept_reads, "code_settings", None)
    assert said(report(project, cache_dir=cache)) == expected


def test_a_function_that_nobody_looked_into_links_nothing_again(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(project, cache_dir=cache)
    write(project, {"app/tools.py": EDITS["longer"](FILES["app/tools.py"])})
    expected = said(report(project, no_cache=True))
    found = {(each["code"], each["path"], each["line"]) for each in expected["findings"]}
    assert ("SSOT102", "app/tools.py", 9) in found
    monkeypatch.setattr(linked, "link", None)
    assert said(report(project, cache_dir=cache)) == expected


def test_a_store_that_nothing_reads_links_nothing_again(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(project, cache_dir=cache)
    write(project, {"app/steps.py": EDITS["a store that nothing reads"](FILES["app/steps.py"])})
    expected = said(report(project, no_cache=True))
    assert {(each["path"], each["line"]) for each in expected["findings"]} >= {("app/steps.py", 6)}
    monkeypatch.setattr(linked, "link", None)
    assert said(report(project, cache_dir=cache)) == expected


@pytest.mark.parametrize("edit", sorted(UNSEEN.keys() - {"longer"}))
def test_a_function_that_says_something_of_others_is_linked_again(
    project: Path, cache: Path, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(project, cache_dir=cache)
    write(project, {"app/tools.py": EDITS[edit](FILES["app/tools.py"])})
    expected, link = said(report(project, no_cache=True)), linked.link
    again: list[Run] = []

    def linking(run: Run, codes: Collection[str]) -> linked.Linked:
        again.append(run)
        return link(run, codes)

    monkeypatch.setattr(linked, "link", linking)
    assert said(report(project, cache_dir=cache)) == expected
    assert len(again) == 1


@pytest.mark.parametrize("edit", ["a function below", "a function above"])
def test_a_function_that_nobody_asks_for_links_nothing_again(
    project: Path, cache: Path, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(project, cache_dir=cache)
    write(project, {"app/tools.py": EDITS[edit](FILES["app/tools.py"])})
    expected = said(report(project, no_cache=True))
    monkeypatch.setattr(linked, "link", None)
    assert said(report(project, cache_dir=cache)) == expected


def test_a_function_that_only_a_star_brings_in_links_nothing_again(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {"app/main.py": "from app.tools import *\nprint(unused(1))\n"})
    report(project, cache_dir=cache)
    write(project, {"app/tools.py": EDITS["a function above"](FILES["app/tools.py"])})
    expected = said(report(project, no_cache=True))
    monkeypatch.setattr(linked, "link", None)
    assert said(report(project, cache_dir=cache)) == expected


def test_a_function_is_asked_for_by_nobody_who_looks_up_another_in_globals(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lookup = 'LIMIT = globals().get("DEFAULT_LIMIT")\n'
    write(project, {"app/tools.py": lookup + FILES["app/tools.py"]})
    report(project, cache_dir=cache)
    write(project, {"app/tools.py": lookup + EDITS["a function below"](FILES["app/tools.py"])})
    expected = said(report(project, no_cache=True))
    monkeypatch.setattr(linked, "link", None)
    assert said(report(project, cache_dir=cache)) == expected


def test_a_function_that_nobody_asked_for_may_go(project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, {"app/tools.py": EDITS["a function above"](FILES["app/tools.py"])})
    report(project, cache_dir=cache)
    write(project, {"app/tools.py": FILES["app/tools.py"]})
    expected = said(report(project, no_cache=True))
    monkeypatch.setattr(linked, "link", None)
    assert said(report(project, cache_dir=cache)) == expected


@pytest.mark.parametrize("how", sorted(ASKING))
def test_a_function_that_somebody_asks_for_is_linked_again(
    project: Path, cache: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {"app/main.py": ASKING[how], "app/later.py": "from app.tools import *\n"})
    report(project, cache_dir=cache)
    write(project, {"app/tools.py": EDITS["a function below"](FILES["app/tools.py"])})
    monkeypatch.setattr(linked, "link", None)
    with pytest.raises(TypeError):
        report(project, cache_dir=cache)


@pytest.mark.parametrize("times", [1, 20])  # a body of twenty lines waits to be read
@pytest.mark.parametrize(("more", "is_linked"), [("print('else')", False), ("print('other')", True)])
def test_a_rule_that_looks_for_a_text_everywhere_rests_on_where_it_is(
    project: Path, cache: Path, more: str, is_linked: bool, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare = "\n\ndef spare():\n" + "    print('nobody calls it')\n" * times
    reading = "TABLE = {'one': 1}\nTABLE['other']\n"
    write(project, {"app/main.py": FILES["app/main.py"] + reading, "app/tools.py": FILES["app/tools.py"] + spare})
    report(project, cache_dir=cache)
    write(project, {"app/tools.py": f"{FILES['app/tools.py']}{spare}    {more}\n"})
    expected = said(report(project, no_cache=True))
    assert any(finding["code"] == "SSOT113" for finding in expected["findings"])
    links: list[Collection[str]] = []
    link = linked.link

    def noted(run: Run, codes: Collection[str]) -> linked.Linked:
        links.append(codes)
        return link(run, codes)

    monkeypatch.setattr(linked, "link", noted)
    assert said(report(project, cache_dir=cache)) == expected
    assert bool(links) == is_linked


def test_a_changed_function_is_linked_again(project: Path, cache: Path) -> None:
    before = said(report(project, cache_dir=cache))
    write(project, {"app/main.py": FILES["app/main.py"].replace("begin()", "begin('somebody')")})
    after = said(report(project, cache_dir=cache))
    assert before != after == said(report(project, no_cache=True))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_that_can_only_be_read_is_no_error(project: Path, cache: Path) -> None:
    expected = said(report(project, cache_dir=cache))
    for path in (*cache.iterdir(), cache):
        path.chmod(0o555 if path.is_dir() else 0o444)
    found = report(project, cache_dir=cache)
    cache.chmod(0o755)
    assert said(found)["findings"] == expected["findings"]


def test_a_damaged_cache_is_no_error(project: Path, cache: Path) -> None:
    expected = said(report(project, cache_dir=cache))
    (cache / "cache-1.sqlite").write_bytes(b"no database" * 1000)
    found = report(project, cache_dir=cache)
    assert any("can't be used" in warning for warning in found.warnings)
    assert said(found)["findings"] == expected["findings"]
    assert said(report(project, cache_dir=cache)) == expected


def test_runs_side_by_side_and_killed_ones_leave_a_good_cache(project: Path, cache: Path) -> None:
    command = [sys.executable, "-m", "ssot_lint", "check", str(project), "--cache-dir", str(cache), "--exit-zero"]
    environment = {**os.environ, "PYTHONPATH": str(Path(linked.__file__).parents[1])}
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) for _ in range(3)]
    time.sleep(0.3)
    runs[0].send_signal(signal.SIGKILL)
    assert [run.wait(60) for run in runs[1:]] == [0, 0]
    runs[0].wait()
    assert said(report(project, cache_dir=cache)) == said(report(project, no_cache=True))


def test_what_lacked_a_word_is_read_when_it_gets_it(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "project"
    waiting = "def later(given):\n" + "    print('so long that it is worth waiting', given)\n" * 8
    text = f"import sys\n\nprint(missing)\n\n\n{waiting}"
    write(root, {"main.py": f"{text}    return given\n"})
    found = said(report(root, cache_dir=cache))
    assert [each["code"] for each in found["findings"]] == ["SSOT111"]
    write(root, {"main.py": f"{text}    return given or 1\n"})
    with monkeypatch.context() as patch:
        patch.setattr(linked, "link", None)
        assert said(report(root, cache_dir=cache)) == found
    write(root, {"main.py": f"{text}    globals()['missing'] = given\n"})
    assert said(report(root, cache_dir=cache))["findings"] == []
