"""Python scripts that steps of workflows run, and what these give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

SCRIPT = """import os
import sys

{body}

def main():
    {inside}

def upload():
    return os.environ["UPLOAD_KEY"]

if __name__ == "__main__":
    sys.exit(main())
"""
WORKFLOW = """on: push
jobs:
  smoke:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: {run}
        env: {{TOKEN: "${{{{ secrets.TOKEN }}}}"}}
"""
LACKS = "warning .github/workflows/ci.yml:7 this step does not give `API_KEY`, which ci/smoke.py needs"


@pytest.mark.parametrize(
    ("body", "inside", "found"),
    [
        ("TOKEN = os.environ['TOKEN']", "pass", ""),
        ("KEY = os.environ['API_KEY']", "pass", LACKS),
        ("", "return os.environ['API_KEY']", LACKS),
        ("", "return os.environ.get('API_KEY')", ""),
        ("", "return os.environ.get('API_KEY', 'x')", ""),
        ("", "return os.environ['GITHUB_SHA']", ""),
        ("", "return upload() if sys.argv[1:] else None", ""),
        ("", "return os.environ['API_KEY'] if sys.argv[1:] else None", ""),
        ("from dotenv import load_dotenv\nload_dotenv()", "return os.environ['API_KEY']", ""),
        ("", "key = os.getenv('API_KEY')\n    if not key:\n        raise SystemExit('no key')", LACKS),
    ],
)
def test_what_a_script_needs(tmp_path: Path, body: str, inside: str, found: str) -> None:
    script = SCRIPT.format(body=body, inside=inside)
    write(tmp_path, {"ci/smoke.py": script, ".github/workflows/ci.yml": WORKFLOW.format(run="python ci/smoke.py")})
    assert [each for each in said(tmp_path, "SSOT206") if "this step" in each] == [found] * bool(found)


@pytest.mark.parametrize(
    ("run", "is_told"),
    [
        ("python3 ci/smoke.py --fast", True),
        ("uv run python ci/smoke.py", True),
        ("poetry run python -u ci/smoke.py", True),
        ("API_KEY=x python ci/smoke.py", False),
        ("pytest ci/smoke.py", False),
        ("cat ci/smoke.py", False),
    ],
)
def test_how_a_step_runs_it(tmp_path: Path, run: str, *, is_told: bool) -> None:
    script = SCRIPT.format(body="", inside="return os.environ['API_KEY']")
    write(tmp_path, {"ci/smoke.py": script, ".github/workflows/ci.yml": WORKFLOW.format(run=run)})
    assert [each for each in said(tmp_path, "SSOT206") if "this step" in each] == [LACKS] * is_told
