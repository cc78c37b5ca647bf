"""SSOT204: settings that nothing reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

ENTRY = {"ssot-lint.toml": 'entry-points = ["main"]\n'}


class TestOrphanSetting:
    CODE = 'import os\nos.environ["A_URL"]\nos.environ["B_URL"]\ndef f(e):\n    return os.environ[f"JWT_{e}"]\n'

    def test_what_nothing_mentions(self, tmp_path: Path) -> None:
        env = "A_URL=1\nB_URL=2\nJWT_STAGING=3\nFAX_URL=4\n# OLD_URL=5\n"
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "staging.env": env})
        assert said(tmp_path, "SSOT204") == ["note staging.env:4 nothing reads `FAX_URL`"]

    @pytest.mark.parametrize(
        "files",
        [
            pytest.param({"other.py": '"FAX_URL"\n'}, id="some code mentions it"),
            pytest.param({"other.py": "class S:\n    fax_url: str\n"}, id="a field"),
            pytest.param({"run.sh": 'echo "$FAX_URL"\n'}, id="a script"),
            pytest.param({"web/app.ts": "process.env.FAX_URL\n"}, id="another language"),
        ],
    )
    def test_what_anything_mentions_may_be_read(self, tmp_path: Path, files: dict[str, str]) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "staging.env": "A_URL=1\nB_URL=2\nFAX_URL=4\n", **files})
        assert said(tmp_path, "SSOT204") == []

    def test_what_libraries_read_by_themselves(self, tmp_path: Path) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "staging.env": "A_URL=1\nB_URL=2\nPYTHONUNBUFFERED=1\n"})
        assert said(tmp_path, "SSOT204") == []

    def test_a_file_of_another_program(self, tmp_path: Path) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "db/staging.env": "A_URL=1\nX_URL=1\nY_URL=2\nZ_URL=3\n"})
        assert said(tmp_path, "SSOT204") == []

    def test_a_table_of_which_little_is_read_beside_a_mapping(self, tmp_path: Path) -> None:
        mapping = 'SECRETS = {"A_URL": "a-url", "B_URL": "b-url", "FAX_KEY": "fax-key"}\n'
        patterns = 'SECRET_PATTERNS = {"AWS_PAT": "aws-pat", "B_URL": "b-url"}\n'
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "secrets_map.py": f"{mapping}{patterns}"})
        assert said(tmp_path, "SSOT204") == ["warning secrets_map.py:1 nothing reads `FAX_KEY`"]

    def test_what_nothing_creates_either_is_another_fault(self, tmp_path: Path) -> None:
        mapping = 'SECRETS = {"A_URL": "a-url", "B_URL": "b-url", "FAX_KEY": "fax-key"}\n'
        create = "gcloud secrets create a-url\ngcloud secrets create b-url\n"
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "secrets_map.py": mapping, "create.sh": create})
        assert len(said(tmp_path, "SSOT202")) == 1
        assert said(tmp_path, "SSOT204") == []
