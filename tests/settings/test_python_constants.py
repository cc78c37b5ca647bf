"""What a deploy script puts together before it calls `gcloud`, and what mappings are keyed by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import read, said, settings_of, write

RUN = 'import subprocess\nsubprocess.run(["gcloud", "run", "deploy", "web", "--set-env-vars=" + {}])\n'


def deployed(before: str, flag: str) -> list[str]:
    """The names that a script hands over."""
    found = read("python-mapping", "deploy.py", f"{before}\n{RUN.format(flag)}")
    return sorted(each.name for each in found if each.role == "deployed")


@pytest.mark.parametrize(
    ("before", "flag", "names"),
    [
        ('V = ["A=1", f"B={x}"]', '",".join(V)', ["A", "B"]),
        ('V = ["A=1"]\nV.append("B=2")\nV += ["C=3"]\nV.extend(["D=4"])', '",".join(V)', ["A", "B", "C", "D"]),
        ('V = ["A=1"]\nV.extend(more())', '",".join(V)', ["*", "A"]),
        ('def given(env):\n    return ["A=1", f"B={env}"]', '",".join(given("x"))', ["A", "B"]),
        ('def given(env):\n    if env:\n        return ["A=1"]\n    return []', '",".join(given("x"))', ["*"]),
        ("", '",".join(f"{k}={v}" for k, v in table.items())', ["*"]),
    ],
)
def test_texts_that_are_joined(before: str, flag: str, names: list[str]) -> None:
    assert deployed(before, flag) == names


def test_lists_of_each_other_end() -> None:
    text = "".join(f"SECRET_{n} = [SECRET_{n + 1}, SECRET_{n + 1}]\n" for n in range(60))
    assert list(read("python-mapping", "secrets.py", f'{text}SECRET_60 = ["a-b"]\n# secretmanager\n')) is not None


def test_a_category_is_no_environment() -> None:
    mapping = """
SECRETS = {
    "staging": {"web": {"testing": {"A_KEY": "a-key-staging"}, "auth": {"B_KEY": "b-key-staging"}}},
    "test": {"web": {"auth": {"B_KEY": "b-key-test"}}},
}
REQUIRED_SECRETS = {"web": {"testing": ["A_KEY"], "auth": ["B_KEY"]}}
"""
    found = read("python-mapping", "secrets.py", mapping)
    assert [(each.role, each.name, each.environment, each.service) for each in found] == [
        ("mapped", "A_KEY", "staging", "web"),
        ("mapped", "B_KEY", "staging", "web"),
        ("mapped", "B_KEY", "test", "web"),
        ("required", "A_KEY", "", "web"),
        ("required", "B_KEY", "", "web"),
    ]


def test_variables_that_a_script_adds_to_a_table_are_not_known(tmp_path: Path) -> None:
    script = """
import subprocess
ENV_VARS = {"LEVEL": "info"}
ENV_VARS.update(load(environment))
subprocess.run(["gcloud", "run", "deploy", "web", "--set-env-vars", ",".join(f"{k}={v}" for k, v in ENV_VARS.items())])
"""
    given = "ENV_VARS.update(load(environment))\n"
    files = {
        "deploy.py": script, "main.py": "import os\nos.environ['NEEDED']\n", "staging.env": "NEEDED=1\n",
        "production.env": "LEVEL=1\n", "ssot-lint.toml": 'entry-points = ["main"]\n',
    }  # fmt: skip
    write(tmp_path, files)
    assert said(tmp_path, "SSOT207") == []
    write(tmp_path, {"deploy.py": script.replace(given, "")})
    assert [line.split(" lacks")[0] for line in said(tmp_path, "SSOT207")] == ["error production.env:1 production"]


def test_what_a_wrapper_selects_by_its_parameter(tmp_path: Path) -> None:
    code = "import os\ndef subset(prefix):\n    return {k: v for k, v in os.environ.items() if k.startswith(prefix)}\n"
    write(tmp_path, {"main.py": f"{code}subset('FEATURE_')\n", "ssot-lint.toml": 'entry-points = ["main"]\n'})
    assert [each.name for each in settings_of(tmp_path).of("read")] == ["FEATURE_*"]
