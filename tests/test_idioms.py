"""Code that runs well, in the idioms of real programs: nothing may be said of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_lint.check import CheckOptions, check
from ssot_lint.run import Request, Run

pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="some of them are of Python 3.11")
IDIOMS = Path(__file__).parent / "data" / "idioms"
MODULES = sorted(path.stem for path in IDIOMS.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("module", MODULES)
def test_they_run(module: str) -> None:
    command = [sys.executable, "-c", f"import idioms.{module}"]
    subprocess.run(command, cwd=IDIOMS.parent, check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("all_phases", [False, True])
def test_nothing_is_said_of_them(module: str, all_phases: bool, tmp_path: Path) -> None:
    shutil.copytree(IDIOMS, tmp_path / "idioms")
    request = Request((tmp_path,), isolated=True, entry_points=(f"idioms.{module}",), no_cache=True, jobs=1)
    with Run(request) as run:
        report = check(run, CheckOptions(select=("SSOT1", "SSOT9"), all_phases=all_phases))
    assert [(finding.span.path, finding.violation.message) for finding in report.findings] == []
