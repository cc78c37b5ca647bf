from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Ssot

PACK = """
name = "mine"
description = "mine"

[[contracts]]
name = "no f at import"
code = "SSOT102"
targets = ["*.f"]

[[contracts.examples]]
reported = true
code = '''
def f(): ...
f()
'''

[[contracts.examples]]
reported = {}
code = '''
def f(): ...
'''
"""


def test_without_a_configuration_it_tries_the_shipped_packs(ssot: Ssot) -> None:
    done = ssot("test")
    assert done.status == 0
    assert done.stdout.endswith(" 0 failed\n")


def test_it_tries_the_packs_of_the_configuration(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(PACK.format("false"))
    (tmp_path / "ssot-lint.toml").write_text('packs = ["mine.toml"]')
    assert ssot("test").stdout == "2 examples of 1 contract, 0 failed\n"
    assert ssot("test", "-v").stdout.splitlines()[0] == "ok   mine.toml:5: no f at import, example 1: reported"


def test_an_example_that_fails_is_named_and_ends_with_1(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(PACK.format("true"))
    (tmp_path / "ssot-lint.toml").write_text('packs = ["mine.toml"]')
    done = ssot("test")
    assert done.status == 1
    assert done.stdout.splitlines() == [
        "FAIL mine.toml:5: no f at import, example 2: not reported, and must be",
        "2 examples of 1 contract, 1 failed",
    ]


def test_a_contract_without_examples_is_pointed_out(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_text('[[contracts]]\nname = "x"\ncode = "SSOT102"\ntargets = ["time.sleep"]\n')
    done = ssot("test")
    assert (done.status, done.stdout) == (0, "0 examples of 1 contract, 0 failed\n")
    assert "ssot-lint.toml:1: `x` has no examples" in done.stderr
