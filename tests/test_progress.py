from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from ssot_lint.progress import Row, progress
from ssot_lint.project.owners import Owners
from ssot_lint.run import Request, Run

FILES = {
    "app/__init__.py": "",
    "app/core.py": "def get_manager(user=None): ...\ndef get_factory(): ...\n",
    "app/start.py": """
        from app.core import get_factory, get_manager
        def start(user):
            get_manager()
            get_manager(user)
            get_factory()
    """,
    "app/chat/__init__.py": "",
    "app/chat/old.py": "from app.core import get_manager\ndef never(): get_manager(None)\n",
    ".github/CODEOWNERS": "* @core\n/app/chat/ @team/chat chat@example.com\n",
    "ssot-lint.toml": """
        entry-points = ["app.start:start"]
        [[contracts]]
        name = "a manager needs a user"
        code = "SSOT101"
        targets = ["*.get_manager"]
        requires = "user"
        replace-with = "get_factory"
    """,
}


def test_counts_what_is_left_and_what_is_migrated_by_rule_phase_package_and_owner(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(dedent(text))
    with Run(Request((tmp_path,), no_cache=True, jobs=1)) as run:
        (found,) = progress(run.context, Owners(tmp_path))
    assert (found.left, found.migrated) == (2, 2)
    assert found.rows == [
        Row("SSOT101", "startup", "app", ("@core",), 1, 2),
        Row("SSOT104", "unreached", "app.chat", ("@team/chat", "chat@example.com"), 1, 0),
    ]


def test_counts_what_is_suppressed_as_left(tmp_path: Path) -> None:
    code = "def f(user=None): ...\nf()  # ssot-lint: ignore[SSOT101] later\n"
    (tmp_path / "app.py").write_text(code)
    contract = '[[contracts]]\nname = "x"\ncode = "SSOT101"\ntargets = ["*.f"]\nrequires = "user"\n'
    (tmp_path / "ssot-lint.toml").write_text(contract)
    with Run(Request((tmp_path,), no_cache=True, jobs=1)) as run:
        (found,) = progress(run.context, Owners(tmp_path))
    assert [(each.code, each.phase, each.migrated) for each in found.sites] == [("SSOT101", "import", False)]
