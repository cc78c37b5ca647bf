"""`python -m benchmarks.settings.seeded DIRECTORY...`: drift that is put into copies of real projects, found or not.

The names are those that the project's own code reads, so that the readers of code are under test, too. A project
takes the seeds for which it has names; what is found beyond the seeds is counted as well.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ssot_lint.checks.registry import rules
from ssot_lint.locate import Places
from ssot_lint.run import Request, Run
from ssot_lint.settings.model import Settings
from ssot_lint.settings.names import may_be_secret
from ssot_lint.settings.needed import needed_settings
from ssot_lint.settings.outside import is_known_outside

Seed = tuple[str, str]
"""A code, and the file in which the finding must stand."""


def seed(root: Path, settings: Settings) -> Iterator[Seed]:
    """Writes `deployment/` with drift in it; what must be found."""
    folder = root / "deployment"
    folder.mkdir()
    read = sorted({each.name for each in settings.of("read") if each.kind == "code" and not each.is_pattern})
    required = sorted(
        name for name in needed_settings(settings) if not settings.named(name, ("set", "deployed", "declared"))
    )
    secrets = [name for name in read if may_be_secret(name) and name not in required][:6]
    plain = [name for name in read if not may_be_secret(name) and name not in required and not is_known_outside(name)]
    if len(secrets) >= 3:
        yield from _seed_mapping(folder, secrets)
    if len(plain) >= 4:
        staging = [f"{name}=1" for name in plain[:8]]
        production = list(staging)
        if len(required) >= 3:
            staging += [f"{name}=1" for name in required]
            production += [f"{required[0]}=", *(f"{name}=1" for name in required[2:])]
            yield from (("SSOT203", "deployment/production.env"), ("SSOT207", "deployment/production.env"))
        staging += [f"{plain[0]}=2", "SEEDED_ORPHAN_OF_NOBODY=1"]
        (folder / "staging.env").write_text("\n".join(staging) + "\n")
        (folder / "production.env").write_text("\n".join(production) + "\n")
        yield from (("SSOT204", "deployment/staging.env"), ("SSOT209", "deployment/staging.env"))


def _seed_mapping(folder: Path, secrets: list[str]) -> Iterator[Seed]:
    """A mapping of two environments: one secret of production is that of staging, another is never created."""
    slugs = {name: name.lower().replace("_", "-") for name in secrets}
    ids = {
        environment: {name: f"{slugs[name]}-{environment}" for name in secrets}
        for environment in ("staging", "production")
    }
    create = [f"gcloud secrets create {each}" for names in ids.values() for each in names.values()]
    create.remove(f"gcloud secrets create {ids['production'][secrets[1]]}")
    ids["production"][secrets[0]] = ids["staging"][secrets[0]]
    (folder / "mapping.py").write_text(f"SECRET_MAPPINGS = {ids!r}\n".replace("}, '", "},\n'").replace(", '", ",\n '"))
    (folder / "create.sh").write_text("\n".join(create) + "\n")
    yield from (("SSOT202", "deployment/mapping.py"), ("SSOT205", "deployment/mapping.py"))


def measure(source: Path, cache: Path) -> str:
    """A row: seeds, found, and what was found beside them."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / source.name
        shutil.copytree(source, root, symlinks=True)
        request = Request((root,), isolated=True, cache_dir=cache)
        with Run(request) as run:
            seeds = list(seed(root, run.context.settings))
        with Run(request) as run:
            drift = [rule for code, rule in rules().items() if code.startswith("SSOT2")]
            places = Places(run.project)
            found = [
                (violation.code, places.span(violation.place).path)
                for rule in drift
                for violation in rule().check(run.context)
            ]
    missed = [f"{code} in {path}" for code, path in seeds if (code, path) not in found]
    beside = [f"{code} in {path}" for code, path in found if (code, path) not in seeds]
    return f"| {source.name} | {len(seeds)} | {len(seeds) - len(missed)} | {', '.join(missed + beside) or '-'} |"


def main() -> None:
    """Measures the projects that are named."""
    print("| project | seeds | found | missed, or found beside them |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as cache:
        for directory in sys.argv[1:]:
            print(measure(Path(directory).resolve(), Path(cache)), flush=True)


if __name__ == "__main__":
    main()
