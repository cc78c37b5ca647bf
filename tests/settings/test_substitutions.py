"""Substitutions that builds of Cloud Build use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

BUILD = """\
steps:
  - name: gcr.io/cloud-builders/docker
    args: [build, -t, 'gcr.io/$PROJECT_ID/web:{tag}', .]
  - name: bash
    script: echo $$_LOCAL ${{_REGION}}
substitutions:
  _REGION: europe-west1
"""


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("$SHORT_SHA", ""),
        ("${_REGION}", ""),
        ("$_TAG", "`_TAG`"),
        ("${_REGIO}", "`_REGIO` is used here, and this build declares no such substitution; is `_REGION` meant?"),
        ("$_API_TOKEN", ""),  # nobody writes a default of a secret
        ("$_A-$_B", ""),  # a trigger gives most of them
    ],
)
def test_what_a_build_declares(tmp_path: Path, tag: str, found: str) -> None:
    write(tmp_path, {"deploy/build.yaml": BUILD.format(tag=tag)})
    assert [found in each for each in said(tmp_path, "SSOT206")] == [True] * bool(found)


@pytest.mark.parametrize(
    "files",
    [
        {"infra/trigger.tf": 'resource "google_cloudbuild_trigger" "x" {\n  substitutions = { _TAG = "x" }\n}\n'},
        {"deploy.sh": "gcloud builds submit --substitutions=_TAG=latest\n"},
        {"deploy/build.yaml": BUILD.format(tag="$_TAG") + "options:\n  substitutionOption: ALLOW_LOOSE\n"},
        {"deploy/build.yaml": BUILD.format(tag="$_TAG").partition("substitutions:")[0]},
    ],
)
def test_what_may_be_given_elsewhere(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, {"deploy/build.yaml": BUILD.format(tag="$_TAG"), **files})
    assert not said(tmp_path, "SSOT206")
