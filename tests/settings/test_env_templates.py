"""Templates of environment files: what they give, and what they lack of what the code needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ssot_lint.settings.readers import readers
from tests.settings.projects import read, said, short, write

PATH = "ansible/roles/web/templates/web.env.j2"
TEMPLATE = """# {{ ansible_managed }}
A_URL={{ a_url }}
B_LEVEL=info
C_KEY=
{% if sentry is defined %}
D_DSN={{ sentry }}
{% else %}
D_DSN=
{% endif %}
E_MODE={% if debug %}a{% else %}b{% endif %}

"""
NAMES = ("A_URL", "B_URL", "C_URL", "D_URL", "E_URL")
CODE = {
    "main.py": "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in NAMES),
    "Dockerfile": 'FROM python:3.12\nCMD ["python", "main.py"]\n',
    ".env.example": "".join(f"{name}=\n" for name in NAMES),
    "compose.yaml": f"services: {{web: {{build: ., environment: {{{', '.join(f'{name}: x' for name in NAMES)}}}}}}}\n",
}
WHOLE = "".join(f"{name}={{{{ {name.lower()} }}}}\n" for name in NAMES)


def test_the_names_of_a_template() -> None:
    assert short(read("env-template", PATH, TEMPLATE)) == [
        ("set", "A_URL", "computed", 2),
        ("set", "B_LEVEL", "literal", 3),
        ("set", "C_KEY", "empty", 4),
        ("set", "D_DSN", "computed", 6),
        ("set", "E_MODE", "computed", 10),
    ]


def test_a_name_that_is_computed_may_be_any() -> None:
    text = "{% for k, v in more.items() %}\n{{ k }}={{ v }}\n{% endfor %}\nA_{{ x }}=1\n"
    assert short(read("env-template", PATH, text)) == [("set", "*", "computed", 2), ("set", "*", "computed", 4)]


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("templates/web.env.j2", True), ("templates/.env.j2", True), ("templates/env.j2", True),
        ("templates/.env.production.j2", True), ("templates/.env.example.j2", False), ("templates/web.yml.j2", False),
        ("web.env", False),
    ],
)  # fmt: skip
def test_what_is_a_template(path: str, is_one: bool) -> None:
    assert readers()["env-template"].recognizes(path, "") is is_one


def drift(root: Path, files: Mapping[str, str]) -> list[str]:
    write(root, {**CODE, PATH: WHOLE, **files})
    return [each for code in ("SSOT202", "SSOT203", "SSOT206", "SSOT207", "SSOT209") for each in said(root, code)]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, ""),
        ({PATH: WHOLE.replace("E_URL={{ e_url }}\n", "")}, "the template lacks `E_URL`"),
        ({PATH: WHOLE.replace("E_URL=", "E_URLS=")}, "the template lacks `E_URL`"),
        ({PATH: WHOLE.replace("E_URL={{ e_url }}", "E_URL=")}, "`E_URL` is empty: required"),
        ({PATH: WHOLE + "E_URL={{ other }}x\nA_URL=x\n"}, "`A_URL` stands here twice"),
        # in a condition, given otherwise, or not to be known
        ({PATH: WHOLE.replace("E_URL={{ e_url }}\n", "{% if x %}\nE_URL=1\n{% else %}\nE_URL=2\n{% endif %}\n")}, ""),
        ({PATH: WHOLE.replace("E_URL={{ e_url }}\n", "{{ k }}={{ v }}\n")}, ""),
        ({PATH: WHOLE.replace("E_URL=", "E_URLS="), "Dockerfile": CODE["Dockerfile"] + "ENV E_URL=x\n"}, ""),
        ({PATH: WHOLE.replace("E_URL=", "E_URLS="), "ansible/roles/web/tasks/main.yml": "- {env: {E_URL: x}}\n"}, ""),
        ({PATH: "A_URL={{ a_url }}\nX=1\n"}, ""),  # the file of something else
        ({PATH: WHOLE.replace("E_URL=", "E_URLS="), "main.py": "import os\nos.environ.get('E_URL')\n"}, ""),
    ],
)  # fmt: skip
def test_what_a_template_lacks(tmp_path: Path, files: dict[str, str], found: str) -> None:
    findings = drift(tmp_path, files)
    assert len(findings) == bool(found)
    assert all(found in each for each in findings)
