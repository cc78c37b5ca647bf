from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Ssot

APP = """
def get_hub(user_context=None):
    if not user_context:
        raise ValueError("a hub needs a user")
get_hub()
"""


def test_a_check_runs_with_what_init_wrote_and_init_overwrites_nothing(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP)
    assert ssot("init").status == 0
    text = (tmp_path / "ssot-lint.toml").read_text()
    done = ssot("check", "--output-format", "concise", "--select", "SSOT101")
    assert "SSOT101" in done.stdout
    assert done.status == 1
    again = ssot("init")
    assert again.status == 2
    assert "is there already" in again.stderr
    assert (tmp_path / "ssot-lint.toml").read_text() == text


def test_init_leaves_a_project_alone_that_pyproject_configures(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ssot-lint]\n")
    assert ssot("init").status == 2
    assert not (tmp_path / "ssot-lint.toml").exists()


def test_an_empty_project_gets_a_configuration_that_can_be_loaded(ssot: Ssot, tmp_path: Path) -> None:
    assert ssot("init").status == 0
    assert ssot("check").status == 0
