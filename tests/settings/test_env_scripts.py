"""Environment files that scripts and pipelines write: what they give, and what they lack of what the code needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import read, said, short, write
from tests.settings.test_env_templates import CODE, NAMES


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("cat > .env <<EOF\nA=$A\nB=\n# C=1\nEOF\n", [("A", "computed", 2), ("B", "empty", 3)]),
        ("cat <<'EOF' >> config/web.env\nexport A=1\nEOF\n", [("A", "literal", 2)]),
        ('x=1\necho "A=$A" > .env\necho B=2 >> .env\n', [("A", "computed", 2), ("B", "literal", 3)]),
        ("printf 'A=%s\\nB=1\\n' \"$A\" > .env\n", [("A", "literal", 1), ("B", "literal", 2)]),
        ("{ echo A=1; echo B=2; } > .env\n", [("A", "literal", 1), ("B", "literal", 1)]),
        ("sudo tee /srv/.env > /dev/null <<EOF\nA=1\nEOF\n", [("A", "literal", 2)]),
        ('echo "A=1" | tee -a .env\n', [("A", "literal", 1)]),
        ("if x; then\n  echo A=1 >> .env\nfi\n", [("A", "literal", 2)]),
        # not known
        ('echo "$ALL" > .env\n', [("*", "computed", 1)]),
        ('for k in $KEYS; do echo "$k=1" >> .env; done\n', [("*", "computed", 1)]),
        ("env | grep APP_ > .env\n", [("*", "computed", 1)]),
        ("cp .env.example .env\necho A=1 >> .env\n", [("*", "computed", 1), ("A", "literal", 2)]),
        ("aws ssm get-parameter > .env\n", [("*", "computed", 1)]),
        # something else
        ("echo A=1 > notes.txt\necho B=1\ncat .env > all.txt\n", []),
    ],
)
def test_what_a_script_writes(script: str, found: list[tuple[str, str, int]]) -> None:
    assert [each[1:] for each in short(read("env-script", "deploy.sh", script))] == found


def workflow(names: tuple[str, ...], more: str = "") -> str:
    lines = "".join(f"          {name}=${{{{ secrets.{name} }}}}\n" for name in names)
    return (
        "on: push\njobs:\n  deploy:\n    environment: production\n    steps:\n      - run: |\n"
        "          cat > .env <<EOF\n"
        f"{lines}          EOF\n{more}          scp .env host:/srv\n"
    )


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({".github/workflows/x.yml": workflow(NAMES)}, ""),
        ({".github/workflows/x.yml": workflow(NAMES[:4])}, "warning .github/workflows/x.yml:11 the file written here"),
        ({".github/workflows/x.yml": workflow(NAMES[:4], "          echo E_URL=x >> .env\n")}, ""),
        ({".github/workflows/x.yml": workflow(NAMES[:4], '          echo "$MORE" >> .env\n')}, ""),
        ({".github/workflows/x.yml": workflow(NAMES[:2])}, ""),  # for something else
        ({"deploy.sh": "cat > .env <<EOF\n" + "".join(f"{each}=1\n" for each in NAMES[:4]) + "EOF\nscp .env host:\n"},
         "warning deploy.sh:5 the file written here lacks `E_URL`"),
    ],
)  # fmt: skip
def test_what_a_written_file_lacks(tmp_path: Path, files: dict[str, str], found: str) -> None:
    write(tmp_path, {**CODE, **files})
    findings = [each for code in ("SSOT202", "SSOT203", "SSOT206", "SSOT207") for each in said(tmp_path, code)]
    assert len(findings) == bool(found)
    assert all(found in each for each in findings)


def test_a_value_of_a_secret_in_a_script(tmp_path: Path) -> None:
    token = "kX9" + "vQ2mZ7" + "tR4bL8nW1yC5"
    write(tmp_path, {"deploy.sh": f"echo JWT_SECRET={token} >> .env\n"})
    (finding,) = said(tmp_path, "SSOT208")
    assert token not in finding
