"""`ssot-lint explain`: why a rule is one."""

from __future__ import annotations

import click

from ssot_lint.errors import UsageError, nearest


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain the rule CODE, or the one of that name: its reason, an example, the fix and its configuration.

    Without CODE, list the rules.
    """
    from ssot_lint.checks.registry import explanation, rules

    known = rules()
    if code is None:
        for rule in known.values():
            print(f"{rule.code}  {rule.level:<7}  {rule.name:<24}  {explanation(rule).partition(chr(10))[0]}")
        return
    named = {rule.name.upper(): rule for rule in known.values()} | known
    if code.upper() not in named:
        raise UsageError(f"no rule has the code {code}; {nearest(code.upper(), known)}")
    rule = named[code.upper()]
    print(f"# {rule.code} {rule.name} ({rule.level})\n\n{explanation(rule)}")
