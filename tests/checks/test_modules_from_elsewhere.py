"""Modules that no file of the project is: compiled, written by a build, or of another distribution (SSOT110)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told
from tests.checks.imports import PACKAGE, STARTS, unresolved


@pytest.mark.parametrize("file", ["gone.so", "gone.cpython-312-x86_64-linux-gnu.so", "gone.pyx", "gone/readme.txt"])
def test_is_silent_about_compiled_modules(tmp_path: Path, file: str) -> None:
    (tmp_path / "app" / file).parent.mkdir(parents=True)
    (tmp_path / "app" / file).touch()
    assert unresolved(tmp_path, "import app.gone") == []


@pytest.mark.parametrize("stub", ["gone.pyi", "gone/deep.pyi"])
@pytest.mark.parametrize("source", ["src/lib.rs", "app/other.pyx", "meson.build", ""])
def test_a_stub_is_a_module_if_something_is_compiled(tmp_path: Path, stub: str, source: str) -> None:
    for file in filter(None, (f"app/{stub}", source)):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    assert bool(unresolved(tmp_path, "import app.gone.deep")) is not bool(source)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".gitignore", "app/gone.py\n"),
        ("app/.gitignore", "gone.py\n"),
        ("pyproject.toml", '[tool.setuptools_scm]\nversion_file = "app/gone.py"\n'),
        ("Makefile", "app/gone.py: schema.json\n\tgenerate $< > $@\n"),
    ],
)
def test_is_silent_about_modules_that_a_build_writes(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / file).write_text(text)
    assert unresolved(tmp_path, "import app.gone") == []


NAMESPACE = {"space/mine.py": "", "app/__init__.py": ""}


@pytest.mark.parametrize("line", ["import space.gone", "from space import gone", "from space.gone import name"])
def test_reports_a_module_that_a_package_without_init_does_not_hold(tmp_path: Path, line: str) -> None:
    files = {**NAMESPACE, "app/main.py": f"import space.mine\n{line}\n"}
    assert told(tmp_path, files, STARTS, select="SSOT110") == [f"app/main.py: {line} [import]"]


def test_is_silent_about_a_directory_that_bears_the_name_of_an_installed_package(tmp_path: Path) -> None:
    files = {**NAMESPACE, "app/main.py": "import space.gone\nfrom space import op\n"}
    assert told(tmp_path, files, STARTS, select="SSOT110") == []


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("requirements.txt", "space-gone>=1\n", False),
        ("requirements.txt", "other\n", True),
        ("pyproject.toml", '[project]\nname = "a"\ndependencies = ["other", "space-gone>=1"]\n', False),
        ("pyproject.toml", '[project]\nname = "space-mine"\ndependencies = ["other"]\n', True),
        ("pyproject.toml", '[tool.setuptools]\npackages = ["space.mine"]\n', True),
        ("setup.py", "from setuptools import setup\nsetup(install_requires=['other', 'space-gone'])\n", False),
        ("a.dist-info/METADATA", "Name: space-mine\nRequires-Dist: space-gone ~=1.30\n", False),
    ],
)
def test_is_silent_about_namespaces_that_another_distribution_fills(
    tmp_path: Path, file: str, text: str, found: bool
) -> None:
    files = {**NAMESPACE, "app/main.py": "import space.mine, space.gone\n", file: text}
    assert bool(told(tmp_path, files, STARTS, select="SSOT110")) is found


def test_names_of_distributions_take_hyphens_for_underscores(tmp_path: Path) -> None:
    files = {
        "our_space/mine.py": "",
        "app.py": "import our_space.mine, our_space.core\n",
        "requirements.txt": "our-space-core>=1\n",
    }
    assert told(tmp_path, files, 'entry-points = ["app"]\n', select="SSOT110") == []


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ({"requirements.txt": "sqlite>=2\n"}, False),
        ({"requirements.txt": "flask\n"}, True),
        ({"a.dist-info/METADATA": "Requires-Dist: sqlite (>=2)\n"}, False),
        ({"a.dist-info/METADATA": "Requires-Dist: flask\n\nsqlite is a database.\n"}, True),
        ({"requirements.txt": "sqlite>=2\n", "sqlite/own.py": "import sqlite.base\n"}, True),
    ],
)
def test_a_package_may_bear_the_name_of_a_dependency(tmp_path: Path, others: dict[str, str], found: bool) -> None:
    """As `company/sqlite` does, whose files import `company.sqlite` and the `sqlite` that is installed."""
    files = {
        "sqlite/__init__.py": "from .own import *\nfrom sqlite.engine import Engine\n",
        "sqlite/base.py": "",
        "sqlite/own.py": "from . import base\n",
        "app.py": "import sqlite\n",
        **others,
    }
    said = told(tmp_path, files, 'entry-points = ["app"]\n', select="SSOT110")
    assert said == (["sqlite/__init__.py: from sqlite.engine import Engine [import]"] if found else [])


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"Cargo.toml": '[lib]\nname = "native"\ncrate-type = ["cdylib"]\n'}, False),
        ({"rust/Cargo.toml": '[package]\nname = "native"\n', "pyproject.toml": "[build-system]\n"}, False),
        ({"setup.py": "from setuptools import *\nsetup(ext_modules=[Extension('app.native', ['a.c'])])\n"}, False),
        ({"src/native.c": "int main() {}\n"}, False),
        ({"src/other.c": "int main() {}\n"}, True),
        ({"pyproject.toml": '[project]\nname = "native"\n'}, True),
    ],
)
def test_is_silent_about_what_is_compiled_from_elsewhere(tmp_path: Path, files: dict[str, str], found: bool) -> None:
    project = {**PACKAGE, "app/main.py": "from app.native import run\n", **files}
    assert bool(told(tmp_path, project, STARTS, select="SSOT110")) is found


@pytest.mark.parametrize(("directory", "found"), [("google", False), ("mine", True)])
def test_knows_namespaces_that_many_share(tmp_path: Path, directory: str, found: bool) -> None:
    files = {f"{directory}/api.py": "", "app.py": f"import {directory}.api\nimport {directory}.protobuf\n"}
    assert bool(told(tmp_path, files, 'entry-points = ["app"]\n', select="SSOT110")) is found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from app import _gone", True),
        ("if print():\n    from app import _gone", False),
        ("if print():\n    import app.here._gone", False),
        ("if print():\n    from app import gone", True),
    ],
)
def test_what_is_private_and_behind_a_test_may_be_compiled(tmp_path: Path, line: str, found: bool) -> None:
    assert bool(unresolved(tmp_path, line)) is found
