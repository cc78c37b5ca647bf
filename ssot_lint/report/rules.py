"""What reports tell of the rules, from the docstrings by which the rules explain themselves."""

from __future__ import annotations

from collections.abc import Mapping

from ssot_lint.checks.registry import Rule, sections
from ssot_lint.report.model import RuleInfo


def rule_infos(rules: Mapping[str, type[Rule]]) -> dict[str, RuleInfo]:
    """The infos of rules by code: the first sentence, then what it does and why, then how to fix it."""
    return {code: _info(rule) for code, rule in rules.items()}


def _info(rule: type[Rule]) -> RuleInfo:
    told = sections(rule)
    full = "\n\n".join(told[heading] for heading in ("What it does", "Why is this bad?") if heading in told)
    return RuleInfo(rule.code, rule.name, rule.level, told[""], full, told.get("Fix", ""))
