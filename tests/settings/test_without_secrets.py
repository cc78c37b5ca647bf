"""Services that commands hand variables and no secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

FILES = {
    "ssot-lint.toml": 'entry-points = ["web", "mail"]\n',
    "web.py": 'import os\nos.environ["A_KEY"]\nos.environ["A_LEVEL"]\n',
    "mail.py": 'import os\nos.environ["B_KEY"]\n',
    "docker/web.Dockerfile": 'FROM x\nCMD ["python", "-m", "web"]\n',
    "docker/mail.Dockerfile": 'FROM x\nCMD ["python", "-m", "mail"]\n',
    "secrets_config.py": 'SECRETS = {"A_KEY": "a-key", "B_KEY": "b-key", "C_KEY": "c-key"}\n',
}
MAIL = "gcloud run deploy mail-staging --set-env-vars A_LEVEL=1 --set-secrets B_KEY=b-key:latest\n"
TOLD = [
    (
        "error deploy.sh:1 the deployment of `web-staging` is handed variables and no secrets: the code needs `A_KEY`, "
        "which secrets_config.py maps"
    )
]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"deploy.sh": f"gcloud run deploy web-staging --set-env-vars A_LEVEL=1\n{MAIL}"}, TOLD),
        # what it was given before stays
        ({"deploy.sh": f"gcloud run deploy web-staging --image x\n{MAIL}"}, []),
        # by hand, or by nothing: nobody knows
        ({"deploy.sh": "gcloud run deploy web-staging --set-env-vars A_LEVEL=1\n"}, []),
        ({"deploy.sh": f"gcloud run deploy web-staging --set-env-vars A_LEVEL=1 $MORE\n{MAIL}"}, []),
        (
            {
                "deploy.sh": f"gcloud run deploy web-staging --set-env-vars A_LEVEL=1\n{MAIL}",
                "more.sh": "gcloud run services update web-staging --update-secrets A_KEY=a-key:latest\n",
            },
            [],
        ),
    ],
)
def test_a_service_without_secrets(tmp_path: Path, files: dict[str, str], told: list[str]) -> None:
    found = said(write(tmp_path, {**FILES, **files}), "SSOT202")
    assert [each for each in found if "no secrets" in each] == told


def test_services_of_which_a_script_knows_the_names_only_when_it_runs(tmp_path: Path) -> None:
    script = (
        "SERVICES = [Service(name='web', env_vars={'A_LEVEL': '1'}), Service(name='mail', env_vars={'A_LEVEL': '1'})]\n"
        "def deploy(one):\n"
        "    pairs = ','.join(f'{k}={v}' for k, v in one.env_vars.items())\n"
        "    run(['gcloud', 'run', 'deploy', f'{one.name}-staging', '--set-env-vars', pairs])\n"
    )
    other = "gcloud run deploy web-production --set-secrets A_KEY=a-key:latest\n"
    (found,) = said(write(tmp_path, {**FILES, "deploy.py": script, "production.sh": other}), "SSOT202")
    assert (
        "the deployments of `web` and `mail` are handed variables and no secrets: the code needs `A_KEY` and" in found
    )


@pytest.mark.parametrize(
    ("imported", "loading", "count"), [(True, "", 1), (False, "", 0), (True, "import hvac\nhvac.Client()\n", 0)]
)
def test_a_script_that_takes_the_mapping_and_hands_nothing_over(
    tmp_path: Path, imported: bool, loading: str, count: int
) -> None:
    script = ("from secrets_config import SECRETS\n" if imported else "") + (
        "import subprocess\nsubprocess.run(['gcloud', 'run', 'deploy', 'web-staging', '--set-env-vars', 'A_LEVEL=1'])\n"
    )
    write(tmp_path, {**FILES, "deploy.py": script, "store.py": loading})
    found = [each for each in said(tmp_path, "SSOT202") if "no secrets" in each]
    assert len(found) == count
    assert all(each.startswith("warning deploy.py:") for each in found)
