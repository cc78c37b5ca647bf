from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.project.owners import Owners


def test_without_a_file_nobody_owns_anything(tmp_path: Path) -> None:
    assert Owners(tmp_path).of("app/main.py") == ()


@pytest.mark.parametrize("place", ["CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"])
def test_the_last_pattern_that_fits_decides(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("*.py @python\n/app/ @app @org/team\n")
    owners = Owners(tmp_path)
    assert owners.of("main.py") == ("@python",)
    assert owners.of("app/main.py") == ("@app", "@org/team")


def test_patterns_count_from_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "CODEOWNERS").write_text("/services/chat/ @chat\n")
    (tmp_path / "services/chat").mkdir(parents=True)
    assert Owners(tmp_path / "services/chat").of("main.py") == ("@chat",)
