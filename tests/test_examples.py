from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.config.load import load, load_pack, shipped_packs
from ssot_lint.config.model import Contract
from ssot_lint.errors import ConfigurationError
from ssot_lint.examples import Trial, trials

SHIPPED = [contract for path in shipped_packs().values() for contract in load_pack(path, path.parent).contracts]


@pytest.mark.parametrize("contract", SHIPPED, ids=lambda contract: contract.name)
def test_the_examples_of_the_shipped_packs_hold(contract: Contract) -> None:
    assert [trial.number for trial in trials([contract]) if not trial.passed] == []


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
