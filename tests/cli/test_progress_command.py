from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Ssot

CONFIG = """
[[contracts]]
name = "no f at import"
code = "SSOT102"
targets = ["*.f"]
"""


def test_shows_a_table(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("def f(): ...\nf()\ndef g():\n    f()\n")
    (tmp_path / "ssot-lint.toml").write_text(CONFIG)
    done = ssot("progress")
    assert done.status == 0
    assert done.stdout.splitlines() == [
        "no f at import: 1 left, 0 migrated (0 % migrated)",
        "  rule     phase   package  owner  left  migrated",
        "  SSOT102  import  app      -         1         0",
    ]


def test_writes_json(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("def f(): ...\nf()\n")
    (tmp_path / "ssot-lint.toml").write_text(CONFIG)
    (contract,) = json.loads(ssot("progress", "--output-format", "json").stdout)["contracts"]
    assert (contract["name"], contract["left"], contract["migrated"]) == ("no f at import", 1, 0)
    assert contract["sites"] == [
        {"rule": "SSOT102", "phase": "import", "function": "app", "path": "app.py", "line": 2, "column": 1,
         "migrated": False}
    ]  # fmt: skip


def test_says_what_to_do_without_contracts(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("")
    done = ssot("progress")
    assert (done.status, done.stdout) == (0, "")
    assert "no contracts to follow" in done.stderr
