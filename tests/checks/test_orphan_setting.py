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

    LISTED = 'MAPPING = {"A_URL": "a-url", "B_URL": "b-url", "FAX_KEY": "fax-key"}\n'

    @pytest.mark.parametrize(
        ("lists", "count"),
        [
            ('SERVICE_SECRETS = {"web": ["A_URL", "FAX_KEY"], "jobs": ["B_URL"]}\n', 1),
            ('CRITICAL_SECRETS = {"web": ["FAX_KEY"]}\n', 0),
        ],
    )
    def test_lists_of_what_services_are_given_need_nothing(self, tmp_path: Path, lists: str, count: int) -> None:
        mapping = self.LISTED.replace("MAPPING", "SECRET_MAPPINGS")
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "secrets_config.py": lists + mapping})
        assert said(tmp_path, "SSOT204") == ["warning secrets_config.py:2 nothing reads `FAX_KEY`"] * count

    @pytest.mark.parametrize(
        ("name", "file", "count"),
        [
            ("STRIPE_PRICE_TEAM", "secrets_map.py", 1),
            ("STRIPE_API_KEY", "secrets_map.py", 0),  # its client reads it
            ("REDIS_SECRET", "secrets_map.py", 1),  # no image of Redis is given it by a mapping
            ("REDIS_SECRET", "staging.env", 0),
        ],
    )
    def test_what_clients_and_images_read(self, tmp_path: Path, name: str, file: str, count: int) -> None:
        env = f"A_URL=1\nB_URL=2\n{name}=3\n"
        text = env if file == "staging.env" else f"{self.LISTED.replace('MAPPING', 'SECRETS').replace('FAX_KEY', name)}"
        write(tmp_path, {**ENTRY, "main.py": self.CODE, file: text})
        assert len(said(tmp_path, "SSOT204")) == count

    CREATING = "for id in a-url b-url c-key d-key {}; do\n  gcloud secrets create $id-staging\ndone\n"

    @pytest.mark.parametrize(
        ("more", "files", "found"),
        [
            ("", {}, ""),
            ("old-key", {}, "note create.sh:2 nothing maps or takes the secret `old-key`, which is created here"),
            ("old-key", {"job.py": 'SECRET = "old-key-staging"\n'}, ""),  # something else takes it
            ("c-keys", {}, ""),  # `c-key` is not created: misspelt, which is told as such
            ("w-key x-key y-key z-key", {}, ""),  # these are for something else
        ],
    )
    def test_secrets_that_nothing_takes(self, tmp_path: Path, more: str, files: dict[str, str], found: str) -> None:
        names = ("A_URL", "B_URL", "C_KEY", "D_KEY")
        pairs = ", ".join(f'"{name}": "{name.lower().replace("_", "-")}-staging"' for name in names)
        code = "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in names)
        create = self.CREATING.format(more)
        create = create.replace("c-key ", "") if more == "c-keys" else create
        files = {**files, "secrets_map.py": f"SECRETS = {{{pairs}}}\n", "create.sh": create}
        write(tmp_path, {**ENTRY, "main.py": code, **files})
        orphans = said(tmp_path, "SSOT204")
        assert len(orphans) == bool(found)
        assert all(each.startswith(found) for each in orphans)


NEEDING = 'import os\nos.environ["A_URL"]\nos.environ["B_URL"]\n'
GIVEN = "A_URL=1\nB_URL=2\n"


class TestReadUnderAnotherName:
    @pytest.mark.parametrize(
        ("reads", "env", "found"),
        [
            ('x = os.environ.get("APP_LOG_LEVEL", "x")', "LOG_LEVEL=1\n", "`LOG_LEVEL`: the code reads `APP_LOG"),
            ('x = os.environ.get("LOG_LEVEL", "x")', "APP_LOG_LEVEL=1\n", "`APP_LOG_LEVEL`: the code reads `LOG"),
            # The name of a variable in the code is no read.
            ('log_level = os.environ.get("APP_LOG_LEVEL", "x")', "LOG_LEVEL=1\n", "`LOG_LEVEL`: the code reads"),
            ('os.environ.get("APP_LOG_LEVEL", "x")', "LOG_LEVEL=1\nAPP_LOG_LEVEL=2\n", ""),
            ('os.environ.get("LOG_LEVEL"), os.environ.get("APP_LOG_LEVEL")', "LOG_LEVEL=1\n", ""),
            ('os.environ.get("TEST_LOG_LEVEL", "x")', "LOG_LEVEL=1\n", ""),
            ('os.environ.get("DB_URL", "x")', "URL=1\n", ""),  # one word says too little
        ],
    )  # fmt: skip
    def test_one_name(self, tmp_path: Path, reads: str, env: str, found: str) -> None:
        write(tmp_path, {**ENTRY, "main.py": f"{NEEDING}{reads}\n", "staging.env": GIVEN + env})
        findings = [each for each in said(tmp_path, "SSOT204") if "the code reads" in each]
        assert len(findings) == bool(found)
        assert all(each.startswith("warning staging.env:3") and found in each for each in findings)

    def test_what_a_deployment_gives(self, tmp_path: Path) -> None:
        deploy = "gcloud run deploy web-staging --set-env-vars=A_URL=1,B_URL=2,LOG_LEVEL=3\n"
        code = f'{NEEDING}os.environ.get("APP_LOG_LEVEL", "x")\n'
        write(tmp_path, {**ENTRY, "main.py": code, "deploy.sh": deploy})
        assert said(tmp_path, "SSOT204") == [
            "warning deploy.sh:1 nothing reads `LOG_LEVEL`: the code reads `APP_LOG_LEVEL`, which nothing gives"
        ]
        write(tmp_path, {"start.sh": 'exec uvicorn --log-level "$LOG_LEVEL"\n'})
        assert said(tmp_path, "SSOT204") == []

    @pytest.mark.parametrize(("prefix", "found"), [("SHOP_", False), ("STORE_", True), ("", True)])
    def test_the_prefix_of_a_class(self, tmp_path: Path, prefix: str, found: bool) -> None:
        code = (
            "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass Settings(BaseSettings):\n"
            f"    model_config = SettingsConfigDict(env_prefix='{prefix}')\n"
            "    a_level: str = 'x'\n    b_level: str = 'x'\n    c_level: str = 'x'\nsettings = Settings()\n"
        )
        env = "SHOP_A_LEVEL=1\nSHOP_B_LEVEL=2\nSHOP_C_LEVEL=3\n"
        write(tmp_path, {**ENTRY, "main.py": code, "staging.env": env, "production.env": env})
        findings = said(tmp_path, "SSOT204")
        assert len(findings) == found
        assert all("`SHOP_A_LEVEL`, `SHOP_B_LEVEL` and `SHOP_C_LEVEL`: the code" in each for each in findings)

    def test_two_of_many_names(self, tmp_path: Path) -> None:
        """The other prefix is that of another program."""
        code = NEEDING + "".join(f'os.environ.get("DB_{name}", "x")\n' for name in ("HOST", "PORT", "NAME", "USER"))
        write(tmp_path, {**ENTRY, "main.py": code, "staging.env": f"{GIVEN}MAIL_HOST=1\nMAIL_PORT=2\n"})
        assert not [each for each in said(tmp_path, "SSOT204") if "the code reads" in each]


class TestWhatOnlyGives:
    """A file that gives a name to a service of the project does not read it."""

    MAPPING = 'SECRETS = {"A_URL": "a-url", "B_URL": "b-url", "FAX_KEY": "fax-key"}\n'
    SERVICE = "services: {{web: {{build: ., environment: {{FAX_KEY: x}}{more}}}}}\n"

    @pytest.mark.parametrize(
        ("files", "found"),
        [
            ({"compose.yaml": SERVICE.format(more="")}, True),
            ({"docker-compose.test.yml": SERVICE.format(more="")}, True),
            ({"compose.yaml": SERVICE.format(more=", command: 'sh -c \"main $$FAX_KEY\"'")}, False),
            ({"compose.yaml": SERVICE.format(more="").replace("build: .", "image: redis")}, False),
            ({"deploy.sh": "gcloud run deploy web --set-secrets=FAX_KEY=fax-key:1\n"}, True),
            ({"deploy.sh": 'gcloud run deploy web --set-secrets=FAX_KEY=fax-key:1\ntest -n "$FAX_KEY"\n'}, False),
            ({".github/workflows/x.yml": "on: push\njobs: {a: {env: {FAX_KEY: x}, steps: [{run: make}]}}\n"}, False),
        ],
    )  # fmt: skip
    def test_mapped_and_given(self, tmp_path: Path, files: dict[str, str], found: bool) -> None:
        image = 'FROM x\nCMD ["python", "main.py"]\n'
        write(tmp_path, {**ENTRY, "main.py": NEEDING, "secrets_map.py": self.MAPPING, "Dockerfile": image, **files})
        assert said(tmp_path, "SSOT204") == (["warning secrets_map.py:1 nothing reads `FAX_KEY`"] if found else [])


def test_a_misspelt_name_that_looks_like_one_of_a_library(tmp_path: Path) -> None:
    code = f'{NEEDING}os.environ["REDIS_HOST"]\n'
    deploy = "gcloud run deploy web-staging --set-env-vars=A_URL=1,B_URL=2,REDIS_HOST=3\n"
    env = f"{GIVEN}REDIS_HOTS=1\nREDIS_POOL=1\n"
    write(tmp_path, {**ENTRY, "main.py": code, "staging.env": env, "deploy.sh": deploy})
    assert said(tmp_path, "SSOT204") == ["note staging.env:3 nothing reads `REDIS_HOTS`"]


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        ("--set-env-vars=A_URL=1,B_URL=2,FAX_URL=3", True),
        ("--set-env-vars=A_URL=1,B_URL=2 --set-secrets=FAX_URL=fax-url:1", True),
        ("--set-env-vars=A_URL=1,B_URL=2,PYTHONUNBUFFERED=3", False),
        ("--set-env-vars=FAX_URL=3,A=1,B=2", False),  # another program
    ],
)
def test_a_deployed_name_that_nothing_reads(tmp_path: Path, flags: str, found: bool) -> None:
    write(tmp_path, {**ENTRY, "main.py": NEEDING, "deploy.sh": f"gcloud run deploy web-staging {flags}\n"})
    assert said(tmp_path, "SSOT204") == (["note deploy.sh:1 nothing reads `FAX_URL`"] if found else [])


def test_a_deployed_name_of_a_service_in_another_language(tmp_path: Path) -> None:
    deploy = (
        "gcloud run deploy web-staging --set-env-vars=A_URL=1,B_URL=2\n"
        "gcloud run deploy front-staging --set-env-vars=A_URL=1,FAX_URL=2\n"
    )
    write(tmp_path, {**ENTRY, "main.py": NEEDING, "deploy.sh": deploy, "front/a.ts": "process.env.FAX_URL\n"})
    assert said(tmp_path, "SSOT204") == []
