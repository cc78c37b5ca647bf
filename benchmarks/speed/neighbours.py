"""Other tools that build a call or import graph, each in a virtual environment of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Neighbour(NamedTuple):
    """What to install, what it does of the job, and how it is called from the project's source root.

    In the command `{bin}` is where its programs are, `{files}` the Python files that a check analyses. `contract` is
    the file that it needs, and what to write there.
    """

    requirements: tuple[str, ...]
    does: str
    command: tuple[str, ...]
    contract: tuple[str, str] = ("", "")


_LAYERS = "[importlinter]\nroot_package = airflow\n[importlinter:contract:1]\nname = one\ntype = forbidden\n"
_FORBIDDEN = "source_modules = airflow.models\nforbidden_modules = airflow.cli\n"

NEIGHBOURS = (
    # It imports pkg_resources, which setuptools dropped in 81.
    Neighbour(
        ("pycg==0.0.7", "setuptools<81"),
        "call graph",
        ("{bin}/python", "-m", "pycg", "--package", "airflow", "{files}"),
    ),
    Neighbour(("jarviscg",), "call graph", ("{bin}/jarviscg", "--package", "airflow", "{files}")),
    Neighbour(("pyan3",), "call graph", ("{bin}/pyan3", "--dot", "{files}")),
    Neighbour(
        ("import-linter",),
        "import graph, one contract",
        ("{bin}/lint-imports", "--no-cache"),
        (".importlinter", _LAYERS + _FORBIDDEN),
    ),
    Neighbour(("hydroid-cli",), "blocking calls", ("{bin}/hydroid", ".")),
)


def install(requirements: tuple[str, ...], directory: Path) -> Path | str:
    """Installs a tool; its `bin`, or in a line why it can't be had."""
    environment = directory / requirements[0].partition("=")[0]
    binaries = environment / "bin"
    if not (environment / ".ready").exists():
        made = subprocess.run([sys.executable, "-m", "venv", environment], capture_output=True, text=True, check=False)
        pip = [binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
        done = made if made.returncode else subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["pip failed"]
            return f"does not install: {lines[-1][:100]}"
        (environment / ".ready").touch()
    return binaries
