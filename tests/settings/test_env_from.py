"""What `envFrom` hands to a workload."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write
from tests.settings.two_services import CODE, COMPOSE, WORKLOAD

OBJECT = "apiVersion: v1\nkind: {0}\nmetadata: {{name: keys}}\n{1}\n"
MADE = "spec: {{target: {{name: keys}}, data: [{{secretKey: {0}, remoteRef: {{key: mail}}}}]}}"


@pytest.mark.parametrize(
    ("kind", "content", "lacks"),
    [
        ("ExternalSecret", MADE.format("MAIL_API_KEY"), ""),
        ("ExternalSecret", MADE.format("OTHER_API_KEY"), "`jobs` lacks `MAIL_API_KEY`"),
        ("Secret", "stringData: {MAIL_API_KEY: filled-in-later}", ""),
        ("Secret", "stringData: {OTHER_API_KEY: filled-in-later}", "`jobs` lacks `MAIL_API_KEY`"),
    ],
)
def test_what_a_workload_is_handed_with_a_whole_object(tmp_path: Path, kind: str, content: str, lacks: str) -> None:
    workload = WORKLOAD.format("jobs", "", "{secretRef: {name: keys}}")
    keys = OBJECT.format(kind, content)
    write(tmp_path, {**CODE, "docker-compose.yml": COMPOSE, "k8s/jobs.yaml": workload, "k8s/keys.yaml": keys})
    found = said(tmp_path, "SSOT206")
    assert len(found) == bool(lacks)
    assert all(lacks in each for each in found)
