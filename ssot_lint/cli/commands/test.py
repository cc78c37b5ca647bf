"""`ssot-lint test`: tries the examples of contracts."""

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
    """Try the examples that contracts carry: code that they must report, and code that they must not.

    Tries the contracts of the configuration of PATH (default: here) and of its packs; without a configuration, those of
    the shipped packs. An example is a whole module. It is imported, and each of its functions that it does not name
    itself is called: at startup where the name holds `startup` or `lifespan`, else as a request.

    Exits with 1 if an example fails.
    """
    from ssot_lint.cli.output import emit, note
    from ssot_lint.config.load import load, load_pack, shipped_packs
    from ssot_lint.examples import trials

    config = load([path], file=asked["config"], isolated=asked["isolated"])
    contracts = list(config.contracts)
    if config.document is None:
        contracts = [each for pack in shipped_packs().values() for each in load_pack(pack, config.root).contracts]
    tried = list(trials(contracts))
    failed = [trial for trial in tried if not trial.passed]
    lines = []
    for trial in tried:
        said = "reported" if trial.reported else "not reported"
        wanted = "" if trial.passed else f", and must{'' if trial.wanted else ' not'} be"
        word = "ok  " if trial.passed else "FAIL"
        if verbose or not trial.passed:
            name = f"{trial.contract.origin}: {trial.contract.name}, example {trial.number}"
            lines.append(f"{word} {name}: {said}{wanted}\n")
    lines.append(f"{len(tried)} examples of {len(contracts)} contracts, {len(failed)} failed\n")
    emit("".join(lines), output_file)
    for contract in contracts if not quiet else ():
        if not contract.examples:
            note(f"warning: {contract.origin}: `{contract.name}` has no examples")
    return 1 if failed else 0
