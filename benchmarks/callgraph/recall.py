"""Measures the call graph's recall on real packages: what their own tests run, against what the graph knows.

    python -m benchmarks.callgraph.recall [NAME]... [--python PYTHON] [--verbose]

Fetches each package's sdist, installs it with its test dependencies into a virtual environment of its own, runs its
tests under `recall_plugin`, and compares. PYTHON (3.12 or later; default: this one) runs the tests. Recordings are kept
in `$SSOT_LINT_BENCHMARK_CACHE` (default: `~/.cache/ssot-lint-benchmark`); delete a `recording.json` to record it anew.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import tomli

from benchmarks.callgraph.analysers import ssot_lint_graph
from benchmarks.callgraph.names import module_name
from benchmarks.callgraph.verify import edges

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TESTS_TIMEOUT_SECONDS = 900
ANALYSIS_SECONDS = 120.0

Edge = tuple[str, str]


@dataclass(frozen=True)
class Package:
    """A package of `packages.toml`."""

    name: str
    version: str
    tests: list[str]
    import_name: str
    requirements: list[str]

    @property
    def folder(self) -> Path:
        """Where its sdist, environment and recording are kept."""
        return cache_folder() / f"{self.name}-{self.version}"

    @property
    def analysed(self) -> Path:
        """The directory that the graph is made of: the package as installed, without its tests."""
        return self.folder / "analysed"


@dataclass
class Recording:
    """The calls between a package's functions that its tests made, by kind, and the functions that ran."""

    direct: set[Edge] = field(default_factory=set)
    callback: set[Edge] = field(default_factory=set)
    at_import: set[Edge] = field(default_factory=set)
    ran: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Recall:
    """How a static graph compares with a recording: found of recorded, a pair a measure; the misses with a reason."""

    direct: tuple[int, int]
    callback: tuple[int, int]
    reached: tuple[int, int]
    at_import: tuple[int, int]
    taken: tuple[int, int]
    misses: dict[str, list[Edge]]


def cache_folder() -> Path:
    """Where everything that is fetched, installed or recorded is kept."""
    return Path(os.environ.get("SSOT_LINT_BENCHMARK_CACHE", "~/.cache/ssot-lint-benchmark")).expanduser()


def read_packages() -> list[Package]:
    """The packages of `packages.toml`."""
    entries = tomli.loads((HERE / "packages.toml").read_text())["package"]
    return [
        Package(e["name"], e["version"], e["tests"], e.get("import", e["name"]), e.get("requirements", []))
        for e in entries
    ]


def record_package(package: Package, python: str) -> Recording:
    """The recording of a package's tests, made now if none is kept; tests that fail are no reason not to record.

    Raises `CalledProcessError` if it can't be fetched or installed, `SystemExit` if its tests can't be run.
    """
    target = package.folder / "recording.json"
    if not target.is_file():
        _run_tests(package, python, target)
    raw = json.loads(target.read_text())
    recording = Recording(ran=set(raw["ran"]))
    for caller, callee, is_callback, at_import in raw["calls"]:
        (recording.callback if is_callback else recording.direct).add((caller, callee))
        if at_import:
            recording.at_import.add((caller, callee))
    recording.callback -= recording.direct
    return recording


def compare(recording: Recording, static: set[Edge], package: Path) -> Recall:
    """Compares a recording with the edges of a graph; `package` is the directory of its sources."""
    called = {callee for _, callee in recording.direct | recording.callback}
    between = {(a, b) for a, b in static if a in recording.ran and b in recording.ran}
    dynamic = recording.direct | recording.callback
    kinds = _function_kinds(package)
    misses: dict[str, list[Edge]] = defaultdict(list)
    for edge in sorted(dynamic - static):
        how = "callback" if edge in recording.callback else "direct"
        misses[f"{how}, {kinds.get(edge[1], 'made at run time')}"].append(edge)
    return Recall(
        _found(recording.direct, static),
        _found(recording.callback, static),
        (len(called & {callee for _, callee in static}), len(called)),
        _found(recording.at_import, static),
        (len(between & dynamic), len(between)),
        misses,
    )


def _found(recorded: set[Edge], static: set[Edge]) -> tuple[int, int]:
    return len(recorded & static), len(recorded)


def _function_kinds(package: Path) -> dict[str, str]:
    """What each function is, to group the misses by."""
    kinds: dict[str, str] = {}
    for path in package.rglob("*.py"):
        module = module_name(path, package)
        stack: list[tuple[ast.AST, str, bool]] = [(ast.parse(path.read_bytes()), module, False)]
        while stack:
            node, name, in_class = stack.pop()
            for child in ast.iter_child_nodes(node):
                if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    kinds[f"{name}.{child.name}"] = _kind(child, in_class)
                    stack.append((child, f"{name}.{child.name}", False))
                elif isinstance(child, ast.ClassDef):
                    stack.append((child, f"{name}.{child.name}", True))
                else:
                    stack.append((child, name, in_class))
    return kinds


def _kind(function: ast.FunctionDef | ast.AsyncFunctionDef, in_class: bool) -> str:
    decorators = {ast.unparse(decorator).partition("(")[0].rpartition(".")[2] for decorator in function.decorator_list}
    if decorators & {"property", "cached_property", "setter", "deleter"}:
        return "property"
    if decorators - {"classmethod", "staticmethod", "abstractmethod", "overload", "override"}:
        return "decorated"
    if function.name in {"__init__", "__new__", "__post_init__"}:
        return "constructor"
    if function.name.startswith("__") and function.name.endswith("__"):
        return "special method"
    return "method" if in_class else "function"


def _run_tests(package: Package, python: str, target: Path) -> None:
    source = _fetch(package, python)
    binary = package.folder / "venv" / "bin" / "python"
    if not binary.exists():
        _call(python, "-m", "venv", str(package.folder / "venv"))
    pip = [str(binary), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _call(*pip, str(source), "pytest<8.4", *package.requirements)
    where = f"import importlib.util as u; print(u.find_spec({package.import_name!r}).submodule_search_locations[0])"
    installed = Path(_call(str(binary), "-I", "-c", where).strip())
    shutil.rmtree(package.analysed, ignore_errors=True)
    tests = shutil.ignore_patterns("__pycache__", "tests", "test")
    shutil.copytree(installed, package.analysed / package.import_name, ignore=tests)
    # What lies beside the tests must not shadow what is installed and recorded, nor the recorder.
    for name in (package.import_name, f"src/{package.import_name}", "benchmarks"):
        shutil.rmtree(source / name, ignore_errors=True)
    recorder = package.folder / "recorder" / "benchmarks" / "callgraph"
    recorder.mkdir(parents=True, exist_ok=True)
    for file in ("__init__.py", "names.py", "recall_plugin.py"):
        shutil.copy(HERE / file, recorder / file)
    environment = os.environ | {
        "PYTHONPATH": str(recorder.parent.parent),
        "RECORDED_PACKAGE": str(installed),
        "RECORDING": str(target),
    }
    # Tests that ship inside the package run from where it is installed; the others are run beside it.
    arguments = [
        str(installed.parent / test) if Path(test).parts[0] == package.import_name else test for test in package.tests
    ]
    # A newer library's deprecation is no failure here, whatever the package's own configuration says.
    options = ["-p", "benchmarks.callgraph.recall_plugin", "-p", "no:cacheprovider", "-o", "filterwarnings=ignore"]
    options += ["-q", "--tb=no", "--no-header", "--continue-on-collection-errors"]
    command = [str(binary), "-m", "pytest", *options, *arguments]
    log = package.folder / "tests.log"
    with log.open("w") as output:
        done = subprocess.run(
            command,
            cwd=source,
            env=environment,
            stdout=output,
            stderr=output,
            timeout=TESTS_TIMEOUT_SECONDS,
            check=False,
        )
    if done.returncode not in (0, 1):
        target.unlink(missing_ok=True)
        raise SystemExit(f"{package.name}: its tests did not run, {log} says why")


def _fetch(package: Package, python: str) -> Path:
    """The directory of the unpacked sdist."""
    unpacked, fetched = package.folder / "sdist", package.folder / "fetched"
    if not fetched.is_dir():
        pip = [python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        _call(*pip, "--no-binary", ":all:", "--no-deps", "--dest", str(fetched), f"{package.name}=={package.version}")
    shutil.rmtree(unpacked, ignore_errors=True)
    shutil.unpack_archive(next(fetched.iterdir()), unpacked, filter="data")
    return next(unpacked.iterdir())


def _call(*command: str) -> str:
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout


def table(found: dict[str, Recall | str]) -> str:
    """A Markdown table, a row a package; a text stands for what went wrong."""
    rows = ["| package | direct calls | callbacks | functions reached | calls at import | static edges taken |"]
    rows.append("|---" * 6 + "|")
    for name, recall in found.items():
        if isinstance(recall, str):
            rows.append(f"| {name} | {recall} |{' |' * 4}")
            continue
        measures = (recall.direct, recall.callback, recall.reached, recall.at_import, recall.taken)
        rows.append(f"| {name} | {' | '.join(_share(measure) for measure in measures)} |")
    return "\n".join(rows)


def _share(pair: tuple[int, int]) -> str:
    return f"{pair[0] / pair[1]:.1%} of {pair[1]}" if pair[1] else "none"


def describe(recall: Recall, sampled: int = 12) -> str:
    """The misses by reason, the most frequent reason first, some of each."""
    lines = []
    counts = Counter({reason: len(misses) for reason, misses in recall.misses.items()})
    for reason, count in counts.most_common():
        lines.append(f"  {count} {reason}")
        misses = recall.misses[reason]
        lines += [f"    {caller} -> {callee}" for caller, callee in misses[:: max(1, len(misses) // sampled)]]
    return "\n".join(lines)


def main() -> int:
    """Records where needed, compares, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="packages; all of packages.toml by default")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--record-only", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="list misses by reason")
    arguments = parser.parse_args()
    found: dict[str, Recall | str] = {}
    for package in read_packages():
        if arguments.names and package.name not in arguments.names:
            continue
        recording = record_package(package, arguments.python)
        print(f"{package.name}: {len(recording.direct)} direct, {len(recording.callback)} callbacks", file=sys.stderr)
        if arguments.record_only:
            continue
        graph = ssot_lint_graph(package.analysed, ANALYSIS_SECONDS)
        if isinstance(graph, str):
            found[package.name] = graph
            continue
        found[package.name] = compared = compare(recording, edges(graph), package.analysed)
        if arguments.verbose:
            print(package.name, describe(compared), sep="\n")
    print(table(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
