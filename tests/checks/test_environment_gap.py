"""SSOT207: what one environment has and another lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, violations, write

ENTRY = {"ssot-lint.toml": 'entry-points = ["main"]\n'}


class TestEnvironmentGap:
    CODE = 'import os\nos.environ["NEEDED"]\nos.environ.get("PLAIN")\nos.environ.get("MILD", "x")\n'

    def test_a_file_that_lags_behind(self, tmp_path: Path) -> None:
        files = {f"config/{name}.env": "NEEDED=1\nPLAIN=1\nMILD=1\nX=1\n" for name in ("staging", "development")}
        write(tmp_path, {**ENTRY, "main.py": self.CODE, **files, "config/production.env": "X=1\n"})
        why = "which `development` and `staging` have; the code"
        assert said(tmp_path, "SSOT207") == [
            f"error config/production.env:1 production lacks `NEEDED`, {why} needs it",
            f"warning config/production.env:1 production lacks `PLAIN`, {why} reads it",
        ]

    def test_what_is_injected_or_speaks_of_an_environment(self, tmp_path: Path) -> None:
        files = {
            "config/staging.env": "NEEDED=1\nJWT_STAGING=1\n",
            "config/production.env": "JWT_PRODUCTION=1\n",
            "mapping.py": 'SECRETS = {"NEEDED": "needed-id"}\n',
        }
        code = self.CODE + 'os.environ["JWT_STAGING"]\n'
        write(tmp_path, {**ENTRY, "main.py": code, **files})
        assert said(tmp_path, "SSOT207") == []

    def test_what_is_only_in_one_place(self, tmp_path: Path) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "staging.env": "PLAIN=1\nODD=1\n", "production.env": "X=1\n"})
        assert said(tmp_path, "SSOT207") == []


def test_what_several_files_lack_is_one_fault(tmp_path: Path) -> None:
    files = {f"config/{name}.env": "X=1\n" for name in ("production", "development", "test")}
    write(tmp_path, {**ENTRY, "main.py": TestEnvironmentGap.CODE, **files, "config/staging.env": "NEEDED=1\nX=1\n"})
    assert said(tmp_path, "SSOT207") == [
        (
            "error config/production.env:1 production, development and test lack `NEEDED`, which `staging` has; "
            "the code needs it"
        )
    ]


def test_what_has_a_default_or_is_empty_elsewhere(tmp_path: Path) -> None:
    shared = "".join(f"NAME_{letter}=1\n" for letter in "ABCDE") + "NEEDED=1\n"
    files = {f"config/{name}.env": f"{shared}MILD=1\n" for name in ("staging", "development")}
    deploy = "gcloud run deploy web-production --image i --set-env-vars PLAIN=,NEEDED=1\n"
    files |= {"config/production.env": shared, "config/qa.env": f"{shared}MILD=1\nPLAIN=1\n", "deploy.sh": deploy}
    write(tmp_path, {**ENTRY, "main.py": TestEnvironmentGap.CODE, **files})
    assert said(tmp_path, "SSOT207") == [
        (
            "note config/production.env:1 production lacks `MILD`, which `development`, `qa` and `staging` have; "
            "the code has a default for it"
        ),
        "note config/staging.env:1 staging lacks `PLAIN`, which `qa` has; the code reads it",
    ]


def test_a_misspelt_name_is_one_fault(tmp_path: Path) -> None:
    names = [f"LIMIT_{letter}" for letter in "ABCDEF"]
    files = {
        **ENTRY,
        "main.py": "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in [*names, "RELAY_HOST"]),
        "staging.env": "".join(f"{name}=1\n" for name in [*names, "RELAY_HOST"]),
        "production.env": "".join(f"{name}=1\n" for name in [*names, "RELY_HOST"]),
    }
    write(tmp_path, files)
    ((gap, _),) = violations(tmp_path, "SSOT207")
    assert gap.related[0].message == "`RELY_HOST` is nearly it, and nothing reads that"
    assert said(tmp_path, "SSOT204") == []


CHOICE = """import os

def key():
    own = os.getenv(f"JWT_{{os.getenv('STAGE', 'x').upper()}}")
    {test}
        return own
    return os.getenv("JWT_KEY")
"""


@pytest.mark.parametrize(
    ("test", "staging", "is_told"),
    [
        ("if own:", "JWT_STAGING=1\n", False),
        ("if own is not None:", "JWT_STAGING=1\n", False),
        ("if own:", "", True),
        ("if os.getenv('X'):", "JWT_STAGING=1\n", True),
    ],
)
def test_what_is_read_only_where_another_name_is_not_given(
    tmp_path: Path, test: str, staging: str, *, is_told: bool
) -> None:
    shared = "".join(f"NAME_{letter}=1\n" for letter in "ABCDEFG")
    files = {"config/development.env": f"{shared}JWT_KEY=1\n", "config/staging.env": f"{shared}{staging}"}
    write(tmp_path, {**ENTRY, "main.py": CHOICE.format(test=test), **files})
    assert bool(said(tmp_path, "SSOT207")) is is_told
