"""Hooks in what `entry-points` and `check` say."""

from __future__ import annotations

import json
from pathlib import Path

from tests import shop
from tests.cli.conftest import Ssot


def test_hooks_stand_among_the_entry_points(ssot: Ssot, tmp_path: Path) -> None:
    project = shop.write(tmp_path / "project")
    listed = json.loads(ssot("entry-points", str(project), "--output-format", "json").stdout)["entry_points"]
    assert [(each["spec"], each["kind"], each["phase"], each["line"]) for each in listed] == [
        ("shop.main", "asgi", "import", 15),
        ("shop.main:lifespan", "lifespan", "startup", 9),
        ("shop.main:items", "route", "request", 19),
    ]


def test_a_check_that_builds_the_graph_tells_of_it(ssot: Ssot, tmp_path: Path) -> None:
    project = shop.write(tmp_path / "project")
    (project / "ssot-lint.toml").write_text(
        '[[contracts]]\nname = "no network"\ncode = "SSOT102"\ntargets = ["requests.get"]\n'
    )
    report = json.loads(ssot("check", str(project), "--output-format", "json").stdout)
    assert [each["spec"] for each in report["entry_points"]] == ["shop.main", "shop.main:lifespan", "shop.main:items"]
    assert 0 < report["stats"]["calls_resolved"] <= report["stats"]["calls"]
    said = ssot("check", str(project), "--select", "SSOT102").stdout
    assert "1 entry point and 2 hooks; " in said
    assert " % of the startup path's calls resolved; 1 dynamic access (getattr 1) could not be followed" in said
