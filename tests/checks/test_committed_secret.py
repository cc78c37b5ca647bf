"""SSOT208: secrets in tracked files, of which is told where they are and never what."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, violations, write

# Made up, and put together here so that no scanner takes them for real.
TOKEN = "gh" + "p_" + "a8Fk29sLq0ZxV7bNmT4cRyW3eUo5iPj6Hd1G"
ACCESS = "AK" + "IA" + "Q7ZP2M9XK4TR8WNB"
RANDOM = "kX9" + "vQ2mZ7" + "tR4bL8nW1yC5"
HASH = "ecf8335b1bd3331" + "ad3f216c7a350297"
LONG = "        tool call that takes a name\n" * 8


class TestCommittedSecret:
    def test_where_and_never_what(self, tmp_path: Path) -> None:
        files = {
            "production.env": f"GITHUB_TOKEN={TOKEN}\nJWT_SECRET={RANDOM}\n",
            "app.py": f'x = 1\nkey = "{TOKEN}"\n',
            "aws.py": f'key = "{ACCESS}"\n',
        }
        write(tmp_path, files)
        found = said(tmp_path, "SSOT208")
        assert found == [
            "error app.py:2 a GitHub token stands here, in a file that is tracked",
            "error aws.py:1 an AWS access key stands here, in a file that is tracked",
            "error production.env:1 `GITHUB_TOKEN` holds a GitHub token, in a file that is tracked",
            "warning production.env:2 `JWT_SECRET` holds what looks like a real secret, in a file that is tracked",
        ]
        assert TOKEN not in repr(violations(tmp_path, "SSOT208"))

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            (".env.example", "JWT_SECRET=your-secret-here\n"),
            ("app.py", f'"""Say:\n\n.. code-block:: yaml\n\n    keys:\n      - \'{TOKEN}\'\n"""\n'),
            ("app.py", f'def f():\n    """Say::\n\n        keys:\n\n        - {TOKEN}\n    """\n'),
            (
                "app.py",
                f'def f():\n    """Log in:\n\n    .. code-block:: python\n\n        f(apiKey=\'{RANDOM}\')\n    """\n',
            ),
            ("app.py", f'def f():\n    """\n    >>> f(api_key="{RANDOM}")\n    """\n'),
            # One colon too few, and what is shown stands far below it.
            (
                "app.py",
                f'def f():\n    """\n    .. code-block: bash\n\n{LONG}        f password=\'{RANDOM}\'\n    """\n',
            ),
            ("app.py", f'def f(key):\n    """Who it is of.\n\n    Example:\n        "{ACCESS}" => "0123"\n    """\n'),
            ("openapi.yaml", f"key:\n  type: string\n  examples:\n    - {ACCESS}\n"),
            ("app.py", f"PASSWORD = 'sha1$21fca$4{HASH}'\nADMIN_PASSWORD = '$2b$12${HASH}'\n"),
            ("t/unit/keys.py", f'key = "{TOKEN}"\n'),
            (
                "production.env",
                "JWT_SECRET=changeme\nDB_PASSWORD=postgres\nAPI_KEY=\nTOKEN_URL=https://x.example/token\n",
            ),
            ("production.env", "SECRET_KEY=insecure-" + RANDOM + "\n"),
            ("development.env", f"JWT_SECRET={RANDOM}\n"),
            ("tests/production.env", f"GITHUB_TOKEN={TOKEN}\n"),
            ("README.md", f"use {TOKEN}\n"),
            ("app.py", f'"""It answers:\n\nHTTP/1.1 200 OK\nServer: x\n\n{{"access_token": "{RANDOM}"}}\n"""\n'),
            ("k8s/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {PASSWORD: cG9zdGdyZXM=}\n"),
        ],
    )
    def test_examples_are_no_secrets(self, tmp_path: Path, path: str, text: str) -> None:
        write(tmp_path, {path: text})
        assert said(tmp_path, "SSOT208") == []

    def test_what_stands_below_an_example_and_not_in_it(self, tmp_path: Path) -> None:
        write(tmp_path, {"app.py": f'def f():\n    """Say::\n\n        x\n    """\n    key = "{TOKEN}"\n'})
        assert said(tmp_path, "SSOT208") == ["error app.py:6 a GitHub token stands here, in a file that is tracked"]
        write(tmp_path, {"app.py": f'EXAMPLE:\n# an example:\nclass Example:\n    key = "{TOKEN}"\n'})
        assert [line.split()[1] for line in said(tmp_path, "SSOT208")] == ["app.py:4"]

    @pytest.mark.parametrize("opening", ["Say of code: bash", "..code-block bash", "# code-block: bash"])
    def test_what_is_indented_below_other_lines(self, tmp_path: Path, opening: str) -> None:
        comments = LONG.replace("        tool", "        # tool")
        write(tmp_path, {"app.py": f"if x:\n    # {opening}\n{comments}        password = '{RANDOM}'\n"})
        assert len(said(tmp_path, "SSOT208")) == 1

    def test_a_token_under_the_name_of_one_is_one_finding(self, tmp_path: Path) -> None:
        write(tmp_path, {"app.py": f'GITHUB_TOKEN = "{TOKEN}"\n'})
        assert said(tmp_path, "SSOT208") == ["error app.py:1 a GitHub token stands here, in a file that is tracked"]

    @pytest.mark.parametrize(
        "line",
        [
            f'api_token: SecretStr = SecretStr("{RANDOM}")',
            f'SECRET_KEY: str = "{RANDOM}"',
            f'    auth_token: str | None = "{RANDOM}"',
            f'def connect(url: str, password: str = "{RANDOM}"):',
        ],
    )
    def test_a_default_behind_an_annotation(self, tmp_path: Path, line: str) -> None:
        text = f"class Settings(BaseSettings):\n{line}\n" if line.startswith(" ") else f"{line}\n    pass\n"
        write(tmp_path, {"app.py": text})
        (found,) = said(tmp_path, "SSOT208")
        assert "holds what looks like a real secret" in found

    def test_a_value_below_its_name_is_one_finding(self, tmp_path: Path) -> None:
        manifest = (
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n"
            f"      containers:\n        - env:\n            - name: GITHUB_TOKEN\n              value: {TOKEN}\n"
        )
        write(tmp_path, {"k8s/web.yaml": manifest})
        (found,) = said(tmp_path, "SSOT208")
        assert "`GITHUB_TOKEN` holds a GitHub token" in found

    def test_what_git_ignores_is_not_tracked(self, tmp_path: Path) -> None:
        write(tmp_path, {".gitignore": ".env\n", ".env": f"GITHUB_TOKEN={TOKEN}\n"})
        assert said(tmp_path, "SSOT208") == []


def test_random_keys_and_logins_in_files_of_an_environment(tmp_path: Path) -> None:
    value = "Vq7Lk2PzR9xYw4NbT6mHs8CjD3fGa5Ue"
    write(
        tmp_path,
        {
            "production.env": f"FRAME_KEY={value}\nSITE_KEY={value}\nDB_URL=postgresql://reader:Zk4Tq9Lw2Xv7Bn5R@10.0.0.1/x\n",
            "development.env": f"FRAME_KEY={value}\n",
        },
    )
    assert [line.split(" holds")[0] for line in said(tmp_path, "SSOT208")] == [
        "warning production.env:1 `FRAME_KEY`",
        "warning production.env:3 `DB_URL`",
    ]
