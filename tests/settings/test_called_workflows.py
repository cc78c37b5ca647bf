"""Calls of workflows, and what the called ones take."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

CALLED = """name: deploy
on:
  workflow_call:
    inputs:
      stage: {type: string, required: true}
      region: {type: string, required: true, default: eu}
      debug: {type: boolean}
    secrets:
      DEPLOY_KEY: {required: true}
      CHAT_HOOK: {required: false}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: ./deploy.sh ${{ inputs.stage }}
        env: {KEY: "${{ secrets.DEPLOY_KEY }}", HOOK: "${{ secrets.CHAT_HOOK }}", T: "${{ secrets.GITHUB_TOKEN }}"}
"""
CALLING = """on: push
jobs:
  staging:
    uses: ./.github/workflows/deploy.yml
    with: {stage: staging}
    secrets: {DEPLOY_KEY: "${{ secrets.STAGING_KEY }}"}
"""


@pytest.mark.parametrize(
    ("called", "calling", "found"),
    [
        (CALLED, CALLING, ""),
        (CALLED, CALLING.replace("with: {stage: staging}", "with: {region: us}"), "does not give `stage`"),
        (CALLED, CALLING.replace("{DEPLOY_KEY:", "{DEPLOY_KEYS:"), "`DEPLOY_KEY` and gives `DEPLOY_KEYS`, which it"),
        (CALLED, CALLING.replace("stage: staging", "stage: staging, debugging: true"), "gives `debugging`, which it"),
        # used, and neither taken nor inherited: it is empty
        (CALLED.replace("      CHAT_HOOK: {required: false}\n", ""), CALLING, "does not give `CHAT_HOOK`"),
        (CALLED.replace("      CHAT_HOOK: {required: false}\n", ""),
         CALLING.replace('{DEPLOY_KEY: "${{ secrets.STAGING_KEY }}"}', "inherit"), ""),
        (CALLED.replace("      CHAT_HOOK: {required: false}\n", "")
         .replace("    runs-on", "    environment: staging\n    runs-on"), CALLING, ""),
        (CALLED, CALLING.replace("./.github/workflows/deploy.yml", "acme/tools/.github/workflows/deploy.yml@v1"), ""),
        (CALLED.replace("workflow_call:", "workflow_dispatch:"), CALLING, ""),
        (CALLED, "on: push\njobs: [", ""),
    ],
)  # fmt: skip
def test_a_call_and_what_is_called(tmp_path: Path, called: str, calling: str, found: str) -> None:
    write(tmp_path, {".github/workflows/deploy.yml": called, ".github/workflows/ci.yml": calling})
    findings = said(tmp_path, "SSOT206")
    assert len(findings) == bool(found)
    assert all(each.startswith("warning .github/workflows/ci.yml:3 this call") and found in each for each in findings)


USING = """on:
  workflow_call:
    inputs: {stage: {type: string}, region-name: {type: string}}
jobs:
  build:
    outputs: {tag: "${{ steps.meta.outputs.tag }}"}
    steps: [{id: meta, run: "true"}]
  deploy:
    needs: build
    steps:
      - run: |
          echo ${{ inputs.Stage }} ${{ inputs.region-name }} inputs.other
          deploy ${{ needs.build.outputs.tag }} ${{ github.event.inputs.more }}
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", ""),
        ("inputs.Stage", "inputs.staging", "12 `inputs.staging` is empty"),
        ("outputs.tag }} $", "outputs.version }} $", "13 `needs.build.outputs.version` is empty"),
        ("workflow_call:", "workflow_dispatch: {inputs: {x: {}}}\n  workflow_call:", ""),  # either may give it
        ("    inputs: {stage: {type: string}, region-name: {type: string}}\n", "", ""),
    ],
)
def test_what_a_workflow_uses_of_itself(tmp_path: Path, old: str, new: str, found: str) -> None:
    write(tmp_path, {".github/workflows/deploy.yml": USING.replace(old, new) if old else USING})
    findings = said(tmp_path, "SSOT206")
    assert len(findings) == bool(found)
    assert all(f"deploy.yml:{found}" in each for each in findings)


def test_a_call_that_names_another_environment(tmp_path: Path) -> None:
    job = "  {}: {{uses: ./.github/workflows/deploy.yml, with: {{stage: {}}}}}\n"
    calling = "on: push\njobs:\n" + job.format("web", "production") + job.format("jobs", "staging")
    write(tmp_path, {".github/workflows/release-production.yml": calling, ".github/workflows/deploy.yml": CALLED})
    (found,) = said(tmp_path, "SSOT205")
    assert found.startswith("warning .github/workflows/release-production.yml:4 ")
    write(tmp_path, {".github/workflows/release-production.yml": calling.replace("jobs: {uses", "jobs-staging: {uses")})
    assert said(tmp_path, "SSOT205") == []
