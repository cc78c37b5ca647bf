"""`ssot-lint test`: tries the examples of contracts, relations and packs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssot_lint.cli import options


@click.command("test")
@options.path
@options.config
@options.isolated
@options.output_file
@options.quiet
@options.verbose
def command(path: Path, output_file: Path | None, quiet: bool, verbose: bool, **asked: Any) -> int:
    """Try the examples that contracts, relations and packs carry: what must be reported, and what must not.

    Tries those of the configuration of PATH (default: here) and of its packs; without a configuration, those of the
    shipped packs. A contract's example is a whole module. It is imported, and each of its functions that it does not
    name itself is called: at startup where the name holds `startup` or `lifespan`, else as a request. An example of
    settings is a project of a few files.

    Exits with 1 if an example fails.
    """
    from ssot_lint.cli.output import emit, note
    from ssot_lint.config.load import load, load_pack, shipped_packs
    from ssot_lint.examples import drift_trials, relation_trials, trials
    from ssot_lint.report.wording import counted

    config = load([path], file=asked["config"], isolated=asked["isolated"])
    contracts, relations, examples = list(config.contracts), list(config.relations), list(config.examples)
    if config.document is None:
        packs = [load_pack(pack, config.root) for pack in shipped_packs().values()]
        contracts = [each for pack in packs for each in pack.contracts]
        relations = [each for pack in packs for each in pack.relations]
        examples = [each for pack in packs for each in pack.examples]
    tried = [*trials(contracts), *relation_trials(relations), *drift_trials(examples)]
    failed = [trial for trial in tried if not trial.passed]
    lines = []
    for trial in tried:
        said = "reported" if trial.reported else "not reported"
        wanted = "" if trial.passed else f", and must{'' if trial.wanted else ' not'} be"
        word = "ok  " if trial.passed else "FAIL"
        if verbose or not trial.passed:
            lines.append(f"{word} {trial.origin}: {trial.name}, example {trial.number}: {said}{wanted}\n")
    also = f" and {counted(len(relations), 'relation')}" if relations else ""
    number = counted(len(tried), "example")
    lines.append(f"{number} of {counted(len(contracts), 'contract')}{also}, {len(failed)} failed\n")
    emit("".join(lines), output_file)
    bare = [*((each.origin, each.name) for each in contracts if not each.examples)]
    bare += [(each.origin, each.expression) for each in relations if not each.examples]
    for origin, name in bare if not quiet else ():
        note(f"warning: {origin}: `{name}` has no examples")
    return 1 if failed else 0
