"""Measures a check beside the parser that it stands on and beside its neighbours, and writes `benchmarks/results.md`.

    python -m benchmarks.speed

The project, a real one, comes from the package index as its own authors released it; the neighbours are installed into
environments of their own. Both are kept in the user's cache directory. Needs Linux.
"""

from __future__ import annotations

import compileall
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.inputs import SHAPES, project
from benchmarks.speed.measure import Cost, measured
from benchmarks.speed.neighbours import NEIGHBOURS, Neighbour, install
from ssot_lint.facts.cache import default_cache_dir
from ssot_lint.run import Request, Run

PROJECT = "apache-airflow-core==3.3.2"
RESULTS = Path(__file__).parents[1] / "results.md"
CHECK_SECONDS = 300
NEIGHBOUR_SECONDS = 40
SIZES = (1_000, 5_000, 25_000)
_STEP = (250, 1_000)
_FUNCTION = "\n\ndef one_more(name):\n    return name.upper()\n"
_MERGED = 200
_TURNS = 5
# A statement in a function that a check does not look into.
_UNSEEN = '    msg = f"[bold]{line}" if line else'
_ROOT = Path(__file__).parents[2]


def fetch(directory: Path) -> Path:
    """The root of the project, downloaded and unpacked if it isn't there."""
    downloads = directory / "downloads"
    name = PROJECT.replace("==", "-").replace("-", "_", 2)
    if not any(downloads.glob("*.tar.gz")):
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation"]
        subprocess.run([*pip, "--no-binary", ":all:", "--dest", downloads, PROJECT], check=True)
    root = directory / name
    if not root.is_dir():
        with tarfile.open(next(downloads.glob("*.tar.gz"))) as archive:
            archive.extractall(directory, filter="data")
    return root


def check(root: Path, cache: Path, *arguments: str) -> Cost:
    """The cost of a check."""
    command = [sys.executable, "-m", "ssot_lint", "check", "--exit-zero", "--output-format", "concise", *arguments]
    environment = {"PYTHONPATH": str(_ROOT), "SSOT_LINT_CACHE_DIR": str(cache)}
    return measured(command, directory=root, environment=environment, seconds=CHECK_SECONDS)


def analysed(root: Path, cache: Path) -> list[Path]:
    """The Python files that a check parsed, whose facts the cache has."""
    with Run(Request((root,), isolated=True, cache_dir=cache)) as run:
        run.context.graph  # noqa: B018 - what it loads is what is asked
        run.context.settings  # noqa: B018
        return [run.config.root / run.project.modules[name].path for name in run.library.loaded]


def floor(files: list[Path], directory: Path) -> Cost:
    """The cost of parsing these files and nothing else."""
    listing = directory / "files.txt"
    listing.write_text("\n".join(map(str, files)))
    command = ["/bin/sh", "-c", f'exec "{sys.executable}" -m benchmarks.speed.floor < "{listing}"']
    return measured(command, directory=_ROOT, environment={"PYTHONPATH": str(_ROOT)})


def _line_more(text: str, before: str) -> str:
    """The text with a statement more before another. Raises `ValueError` if that does not stand there once."""
    around, found, rest = text.partition(before)
    if not found or before in rest:
        raise ValueError(f"{PROJECT} has changed: {before!r}")
    return f"{around}    one_more = len('made up')\n{before}{rest}"


def table_of_checks(root: Path, directory: Path) -> Iterator[str]:
    """The table of one project: the floor, and checks of it in every state."""
    cache = directory / "cache"
    edited = root / "src/airflow/settings.py"
    text = edited.read_text("utf-8")
    check(root, cache, "--isolated")
    files = analysed(root, cache)
    # In turn, since the speed of a shared machine drifts.
    pairs = [(floor(files, directory), check(root, directory / f"cold{turn}", "--isolated")) for turn in range(_TURNS)]
    base, cold = sorted(pairs, key=lambda pair: pair[1].cpu / pair[0].cpu)[_TURNS // 2]
    lines = sum(file.read_bytes().count(b"\n") for file in files)
    rows = [("`libcst.parse_module` alone", base), ("cold", cold)]
    rows.append(("warm, nothing changed", check(root, cache, "--isolated")))
    edited.write_text(f"# A comment more.\n{text}", "utf-8")
    rows.append(("warm, a comment more", check(root, cache, "--isolated")))
    edited.write_text(_line_more(text, _UNSEEN), "utf-8")
    rows.append(("warm, a line more in a function that a check does not look into", check(root, cache, "--isolated")))
    edited.write_text(f"{text}{_FUNCTION}", "utf-8")
    rows.append(("warm, a function more", check(root, cache, "--isolated")))
    edited.write_text(text, "utf-8")
    merged = {file: file.read_text("utf-8") for file in files[:_MERGED]}
    for file, before in merged.items():
        file.write_text(f"{before}{_FUNCTION}", "utf-8")
    rows.append((f"warm, a function more in each of {len(merged)} files", check(root, cache, "--isolated")))
    for file, before in merged.items():
        file.write_text(before, "utf-8")
    version = [sys.executable, "-m", "ssot_lint", "--version"]
    rows.append(("`--version`", measured(version, directory=root, environment={"PYTHONPATH": str(_ROOT)})))
    bare = measured([sys.executable, "-c", "pass"], directory=root, environment={})
    rows.append(("`python -c pass`", bare))
    yield f"{PROJECT}: {len(files):,} files parsed, {lines:,} lines.\n"
    yield f"The floor and the cold check ran {_TURNS} times in turn; shown is the pair of the median ratio.\n"
    yield "| run | CPU s | of the floor | of cold | wall s | peak MB |"
    yield "|---|---|---|---|---|---|"
    for name, cost in rows:
        yield (
            f"| {name} | {cost.cpu:.2f} | {cost.cpu / base.cpu:.2f} | {cost.cpu / cold.cpu:.1%} | {cost.wall:.1f} "
            f"| {cost.megabytes:.0f}{_ended(cost)} |"
        )
    yield ""
    yield from table_of_neighbours(root / "src", files, directory, cold)


def table_of_neighbours(root: Path, files: list[Path], directory: Path, cold: Cost) -> Iterator[str]:
    """The table of the others on the same project."""
    yield f"Each neighbour has {NEIGHBOUR_SECONDS} s. What they answer differs: see what each does.\n"
    yield "| tool | does | CPU s | of our cold | wall s | peak MB | ended |"
    yield "|---|---|---|---|---|---|---|"
    for neighbour in NEIGHBOURS:
        name = neighbour.requirements[0]
        binaries = install(neighbour.requirements, default_cache_dir() / "bench" / "neighbours")
        if isinstance(binaries, str):
            yield f"| {name} | {neighbour.does} | | | | | {binaries} |"
            continue
        cost = _run_neighbour(neighbour, binaries, root, files)
        last = (cost.output.strip().splitlines() or [""])[-1].replace("|", " ").replace(str(root), "")[:60]
        ended = {0: "well", 1: "well (exit 1: findings)" if "Error" not in last else f"exit 1: {last}"}
        told = ended.get(cost.status, f"exit {cost.status}: {last}") if cost.status is not None else _ended(cost)
        yield (
            f"| {name} | {neighbour.does} | {cost.cpu:.1f} | {cost.cpu / cold.cpu:.1%} | {cost.wall:.1f} "
            f"| {cost.megabytes:.0f} | {told.strip()} |"
        )


def _run_neighbour(neighbour: Neighbour, binaries: Path, root: Path, files: list[Path]) -> Cost:
    path, text = neighbour.contract
    if path:
        (root / path).write_text(text, "utf-8")
    named = [str(file) for file in files if file.is_relative_to(root)]
    command = [
        filled for part in neighbour.command for filled in (named if part == "{files}" else [part.format(bin=binaries)])
    ]
    return measured(command, directory=root, environment={}, seconds=NEIGHBOUR_SECONDS)


def table_of_sizes(directory: Path) -> Iterator[str]:
    """Projects of which the entry point reaches the same files, whatever stands beside them."""
    yield "| files | cold CPU s | peak MB | warm CPU s | warm wall s |"
    yield "|---|---|---|---|---|"
    for files in SIZES:
        root, cache = directory / f"files{files}", directory / f"cache{files}"
        project(root, files)
        cold, warm = check(root, cache), check(root, cache)
        yield f"| {files:,} | {cold.cpu:.1f} | {cold.megabytes:.0f}{_ended(cold)} | {warm.cpu:.2f} | {warm.wall:.2f} |"
        shutil.rmtree(root)


def table_of_shapes(directory: Path) -> Iterator[str]:
    """Code of shapes that make analysers slow, small and four times as large."""
    yield f"| shape | CPU s at {_STEP[0]:,} | at {_STEP[1]:,} | growth | peak MB |"
    yield "|---|---|---|---|---|"
    for number, (name, write) in enumerate(SHAPES.items()):
        costs: list[Cost] = []
        for size in _STEP:
            root = directory / f"shape{number}-{size}"
            write(root, size)
            costs.append(check(root, directory / "cache", "--isolated", "--no-cache"))
        small, large = costs
        growth = f"{large.cpu / small.cpu:.1f}"
        yield f"| {name} | {small.cpu:.1f} | {large.cpu:.1f} | {growth} | {large.megabytes:.0f}{_ended(large)} |"


def _ended(cost: Cost) -> str:
    return " (did not finish in time)" if cost.status is None else "" if cost.status == 0 else f" (exit {cost.status})"


def machine() -> str:
    """What it was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    python = platform.python_version()
    return f"{cores} cores, {memory:.0f} GB, {platform.system()}, Python {python}; load {load:.1f} at the start"


def report(directory: Path) -> Iterator[str]:
    """The lines of `results.md`."""
    yield "# Speed, measured\n"
    yield "Written by `make bench`. CPU seconds are those of all processes together, whatever else the machine did;"
    yield "wall seconds are those of that machine at that load. Memory is the largest sum over all processes.\n"
    yield f"Machine: {machine()}.\n"
    yield "## A real project\n"
    downloaded = fetch(default_cache_dir() / "bench")
    root = directory / "project"
    shutil.copytree(downloaded, root)
    yield from table_of_checks(root, directory)
    yield "\n## The same program in ever larger repositories\n"
    yield from table_of_sizes(directory)
    yield "\n## Shapes that make analysers slow\n"
    yield "Linear growth from the first to the second size is 4.0, less where starting up counts.\n"
    yield from table_of_shapes(directory)


def main() -> None:
    """Measures, prints as it goes, and writes the file."""
    lines: list[str] = []
    # As an installed tool: installers compile it.
    compileall.compile_dir(_ROOT / "ssot_lint", quiet=1)
    with tempfile.TemporaryDirectory() as directory:
        for line in report(Path(directory)):
            print(line, flush=True)
            lines.append(line)
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
