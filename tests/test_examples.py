from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.config.load import load, load_pack, shipped_packs
from ssot_lint.config.model import Contract, Drift, Relation
from ssot_lint.errors import ConfigurationError
from ssot_lint.examples import Trial, drift_trials, relation_trials, trials

PACKS = [load_pack(path, path.parent) for path in shipped_packs().values()]
SHIPPED = [contract for pack in PACKS for contract in pack.contracts]


@pytest.mark.parametrize("contract", SHIPPED, ids=lambda contract: contract.name)
def test_the_examples_of_the_shipped_packs_hold(contract: Contract) -> None:
    assert [trial.number for trial in trials([contract]) if not trial.passed] == []


@pytest.mark.parametrize("relation", [each for pack in PACKS for each in pack.relations], ids=lambda each: each.origin)
def test_the_shipped_relations_are_broken_and_kept_as_their_examples_say(relation: Relation) -> None:
    tried = list(relation_trials([relation]))
    assert {trial.wanted for trial in tried} == {True, False}
    assert [trial.number for trial in tried if not trial.passed] == []


@pytest.mark.parametrize("example", [each for pack in PACKS for each in pack.examples], ids=lambda each: each.origin)
def test_the_drift_of_the_shipped_packs_is_found(example: Drift) -> None:
    (trial,) = drift_trials([example])
    assert trial.passed


RELATION = """
[[sources]]
name = "timeouts"
kind = "env-file"
path = "conf/timeouts"

[[relations]]
code = "SSOT301"
source = "timeouts"
expression = "PING < TIMEOUT"

[[relations.examples]]
reported = true
files."a.env" = "PING=10\\nTIMEOUT=5"

[[relations.examples]]
reported = true
files."a.env" = "PING=1\\nTIMEOUT=5"

[[examples]]
code = "SSOT209"
reported = true
files."conf/timeouts" = "PING=1\\nPING=2"
"""


def test_the_examples_of_the_projects_own_relations_and_sources(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf/timeouts").write_text("PING=1\nTIMEOUT=2\n")
    (tmp_path / "ssot-lint.toml").write_text(RELATION)
    config = load([tmp_path])
    assert [trial.passed for trial in relation_trials(config.relations)] == [True, False]
    assert [trial.passed for trial in drift_trials(config.examples)] == [True]


def test_an_example_stays_in_its_own_directory(tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_text(RELATION.replace("a.env", "../a.env"))
    with pytest.raises(ConfigurationError, match=r"^ssot-lint\.toml:7: `\.\./a\.env` lies outside the example"):
        list(relation_trials(load([tmp_path]).relations))


def tried(root: Path, code: str, *, reported: bool = True) -> list[Trial]:
    (root / "ssot-lint.toml").write_text(f"""
[[contracts]]
name = "connect first"
code = "SSOT107"
targets = ["*.query"]
phases = ["startup"]

[[contracts.examples]]
reported = {"true" if reported else "false"}
code = '''
{code}
'''
""")
    return list(trials(load([root]).contracts))


@pytest.mark.parametrize(
    ("code", "reported"),
    [
        ("def query(): ...\ndef on_startup(): query()", True),
        ("def query(): ...\ndef handle(): query()", False),
        ("def query(): ...\ndef load(): query()\nasync def lifespan(app):\n    load()\n    yield", True),
        ("def query(): ...\nclass App:\n    def startup(self): query()", True),
        ("def query(): ...\nregister(lambda: query)\ndef startup_now(): query()\nregister(startup_now)", False),
        ("query()", False),
    ],
)
def test_calls_each_function_that_the_example_does_not_name(tmp_path: Path, code: str, reported: bool) -> None:
    (trial,) = tried(tmp_path, code)
    assert trial.reported is reported
    assert trial.passed is reported


def test_an_example_that_must_not_be_reported_fails_where_it_is(tmp_path: Path) -> None:
    (trial,) = tried(tmp_path, "def query(): ...\ndef startup(): query()", reported=False)
    assert not trial.passed


def test_an_example_that_is_not_python_is_an_error_that_names_the_contract(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^ssot-lint\.toml:2: example 1 is not Python: line"):
        tried(tmp_path, "def query(:")
