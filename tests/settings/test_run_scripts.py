"""Scripts that steps of workflows run, and what these give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

SCRIPT = """#!/bin/sh
set -eu
echo "$HOME $GITHUB_SHA $AWS_REGION ${LEVEL:-info} $1"
DAY=$(date +%A)
for NAME in a b; do echo "$NAME $DAY $TARGET"; done
curl "${HOOK_URL:?}"
"""
WORKFLOW = """on: push
env: {TARGET: staging}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ./ci/notify.sh done
        env: {HOOK_URL: "${{ secrets.HOOK_URL }}"}
"""


@pytest.mark.parametrize(
    ("script", "workflow", "found"),
    [
        ("", "", ""),
        ("", ("HOOK_URL:", "HOOK:"), "8 this step does not give `HOOK_URL`, which ci/notify.sh needs"),
        ("", ("env: {TARGET: staging}\n", ""), "7 this step does not give `TARGET`, which ci/notify.sh needs"),
        (('echo "$NAME $DAY $TARGET"', '[ "$1" = x ] && echo "$TARGET"'), ("env: {TARGET: staging}\n", ""), ""),
        (("set -eu\n", "set -e\n"), ("env: {TARGET: staging}\n", ""), ""),
        (("$TARGET", "${TARGET:-}"), ("env: {TARGET: staging}\n", ""), ""),
        ("", ("run: ./ci", "run: HOOK=1 bash ./ci"), ""),
        (
            "",
            ("./ci/notify.sh done\n        env: {", "bash ci/notify.sh\n        env: {X"),
            "8 this step",
        ),
        ("", ("- run: ./ci", "- run: HOOK_URL=x ./ci"), ""),
        ("", ("checkout@v4\n", "checkout@v4\n      - run: echo HOOK_URL=x >> $GITHUB_ENV\n"), ""),
        (("set -eu\n", "set -eu\n. ./common.sh\n"), ("HOOK_URL:", "HOOK:"), ""),
        ("", ("actions/checkout", "vendor/load-secrets"), ""),
        (("$TARGET", "$REGION"), ("runs-on: ubuntu-latest", "runs-on: [self-hosted, linux]"), ""),
        (('"${HOOK_URL:?}"', '"${HOOK_URL:?}"\n[ -d log ] &&'), ("HOOK_URL:", "HOOK:"), "8 this step does not give"),
        (("$TARGET", "$REGION"), ("    steps", "    container: {image: x, env: {REGION: eu}}\n    steps"), ""),
    ],
)
def test_what_a_step_gives_its_script(
    tmp_path: Path, script: tuple[str, str] | str, workflow: tuple[str, str] | str, found: str
) -> None:
    files = {
        "ci/notify.sh": SCRIPT.replace(*script) if isinstance(script, tuple) else SCRIPT,
        ".github/workflows/ci.yml": WORKFLOW.replace(*workflow) if isinstance(workflow, tuple) else WORKFLOW,
    }
    findings = said(write(tmp_path, files), "SSOT206")
    assert len(findings) == bool(found)
    assert all(each.startswith(f"warning .github/workflows/ci.yml:{found}") for each in findings)
