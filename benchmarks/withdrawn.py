"""Checks releases that were withdrawn because they could not be imported, and those that mended them.

    python -m benchmarks.withdrawn [NAME …]

`withdrawn.toml` has the list. The archives are fetched from the package index by name and unpacked into
`$SSOT_LINT_BENCHMARK_CACHE` (default: `~/.cache/ssot-lint-benchmark`), and neither imported nor run. Prints a row a
release: what was reported of the broken one, and of the mended one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import msgspec
import tomli

_HERE = Path(__file__).parent
_CACHE = Path(os.environ.get("SSOT_LINT_BENCHMARK_CACHE", "~/.cache/ssot-lint-benchmark")).expanduser() / "withdrawn"
_START = ("SSOT1", "SSOT901")


class Release(msgspec.Struct, forbid_unknown_fields=True):
    """A release that can't be imported, the one that can again, and why the first was withdrawn."""

    name: str
    broken: str
    mended: str
    reason: str


def main() -> None:
    """Prints the table."""
    document = tomli.loads((_HERE / "withdrawn.toml").read_text("utf-8"))
    releases = msgspec.convert(document["release"], list[Release])
    print("| release | withdrawn because | reported | mended by | reported |\n|---|---|---|---|---|")
    for each in releases:
        if each.name in sys.argv[1:] or not sys.argv[1:]:
            broken, mended = (_reported(_unpacked(each.name, version)) for version in (each.broken, each.mended))
            print(f"| {each.name} {each.broken} | {each.reason} | {broken} | {each.mended} | {mended} |", flush=True)


def _unpacked(name: str, version: str) -> Path:
    """The directory of a release: its wheel, or its source archive where it has none."""
    root = _CACHE / f"{name}-{version}"
    if root.is_dir():
        return root
    downloads = _CACHE / "downloads" / root.name
    for form in ("--only-binary", "--no-binary"):
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        done = subprocess.run([*pip, form, ":all:", "--dest", downloads, f"{name}=={version}"], check=False)
        if done.returncode == 0:
            break
    (archive,) = downloads.iterdir()
    shutil.unpack_archive(archive, root, "zip" if archive.suffix == ".whl" else None)
    return root


def _reported(root: Path) -> str:
    """What a check says of the start, by rule and level."""
    command = [sys.executable, "-m", "ssot_lint", "check", root, "--isolated", "--no-cache", "--output-format", "json"]
    done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    findings = msgspec.json.decode(done.stdout)["findings"]
    counts = Counter((each["level"], each["code"]) for each in findings if each["code"].startswith(_START))
    return ", ".join(f"{count} {level} {code}" for (level, code), count in sorted(counts.items())) or "nothing"


if __name__ == "__main__":
    main()
