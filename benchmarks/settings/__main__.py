"""`python -m benchmarks.settings DIRECTORY...`: a row of the table of `real_projects_settings.md` for each project.

CPU seconds are those of collecting the settings once the facts are cached. Literal reads are those that a text search
finds in the modules that the entry points import: `os.environ["K"]`, `os.environ.get("K")`, `os.getenv("K")`, without
what is assigned to.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ssot_lint.checks.registry import rules
from ssot_lint.findings import LEVELS, Violation
from ssot_lint.locate import Places
from ssot_lint.project.model import Source
from ssot_lint.run import Request, Run
from ssot_lint.settings.collect import reached

_READ = re.compile(
    r"""(?:environ\.get\(|getenv\(|environ\.pop\()\s*["'](?P<given>[A-Za-z_]\w*)["']"""
    r"""|environ\[\s*["'](?P<key>[A-Za-z_]\w*)["']\s*\](?!\s*=[^=])"""
)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


def measure(root: Path, cache: Path) -> str:
    """A row; its findings go to stderr."""
    with Run(Request((root,), isolated=True, cache_dir=cache)) as run:
        settings = run.context.settings  # Parses, and fills the cache.
        modules = reached(run.project, run.library, run.entry_points)
        known = {(each.path, each.name) for each in settings if each.kind == "code"}
        literal = {read for source, _ in modules.values() for read in literal_reads(root, source)}
    with Run(Request((root,), isolated=True, cache_dir=cache)) as run:
        started = time.process_time()
        settings = run.context.settings
        seconds = time.process_time() - started
        drift = [rule for code, rule in rules().items() if code.startswith(("SSOT2", "SSOT3"))]
        found = [violation for rule in drift for violation in rule().check(run.context)]
        tell(root, found, Places(run.project))
    levels = Counter(violation.level for violation in found)
    cells = [
        root.name, f"{len(run.project.modules):,}", f"{len(modules):,}", f"{len(settings.items):,}",
        f"{len(literal & known)}/{len(literal)}", f"{len({name for _, name in known})}", f"{seconds:.1f}",
        *(str(levels[level]) for level in LEVELS),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def literal_reads(root: Path, source: Source) -> set[tuple[str, str]]:
    """(path, name) of every read that a text search finds in a module."""
    text = _COMMENT.sub("", (root / source.path).read_text("utf-8", errors="replace"))
    return {(source.path, match["given"] or match["key"]) for match in _READ.finditer(text)}


def tell(root: Path, found: list[Violation], places: Places) -> None:
    """The findings on stderr, to be read by hand."""
    for violation in found:
        span = places.span(violation.place)
        where = f"{root.name}/{span.path}:{span.line}"
        print(f"{where}: {violation.level}[{violation.code}] {violation.message}", file=sys.stderr)


def main() -> None:
    """Measures the projects that are named."""
    print(
        "| project | modules | reached | settings | literal reads found | names | seconds | errors | warnings | notes |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as cache:
        for directory in sys.argv[1:]:
            print(measure(Path(directory).resolve(), Path(cache)), flush=True)


if __name__ == "__main__":
    main()
