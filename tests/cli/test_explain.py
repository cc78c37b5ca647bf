from __future__ import annotations

import pytest

from ssot_lint.checks.registry import explanation, rules, sections
from tests.cli.conftest import Ssot


def test_the_list_names_every_rule(ssot: Ssot) -> None:
    done = ssot("explain")
    assert done.status == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(rules())


@pytest.mark.parametrize("code", rules())
def test_every_rule_explains_itself(ssot: Ssot, code: str) -> None:
    done = ssot("explain", code.lower())
    assert done.status == 0
    assert ssot("explain", rules()[code].name) == done
    assert done.stdout == f"# {code} {rules()[code].name} ({rules()[code].level})\n\n{explanation(rules()[code])}\n"
    assert {"", "What it does", "Why is this bad?", "Example", "Fix"} <= sections(rules()[code]).keys()


def test_an_unknown_code_names_the_nearest(ssot: Ssot) -> None:
    done = ssot("explain", "SSOT9999")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith("ssot-lint: error: no rule has the code SSOT9999; ")
