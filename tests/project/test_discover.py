"""Which files belong to a project, and what its modules are called."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.project.discover import discover, dotted_name
from ssot_lint.project.imports import absolute_name

Tree = Callable[[dict[str, str]], Path]


def names(root: Path, **options: Any) -> dict[str, str]:
    """Module names by path."""
    return {source.path: name for name, source in discover(root, **options).modules.items()}


def test_packages_and_modules_at_the_root(tree: Tree) -> None:
    project = discover(tree({"main.py": "", "app/__init__.py": "", "app/core/__init__.py": "", "app/core/db.py": ""}))
    assert {name: (s.path, s.is_package) for name, s in project.modules.items()} == {
        "main": ("main.py", False),
        "app": ("app/__init__.py", True),
        "app.core": ("app/core/__init__.py", True),
        "app.core.db": ("app/core/db.py", False),
    }
    assert project.roots == (".",)
    assert project.namespaces == frozenset()


def test_src_layout_is_a_root(tree: Tree) -> None:
    root = tree({"src/app/__init__.py": "", "src/app/x.py": "", "tests/test_x.py": "from app.x import y"})
    assert names(root) == {
        "src/app/__init__.py": "app",
        "src/app/x.py": "app.x",
        "tests/test_x.py": "tests.test_x",
    }
    assert discover(root).roots == (".", "src")


def test_src_that_is_imported_by_its_name_is_a_namespace(tree: Tree) -> None:
    root = tree({"src/main.py": "from src.db import connect", "src/db.py": ""})
    assert names(root) == {"src/main.py": "src.main", "src/db.py": "src.db"}
    assert discover(root).namespaces == {"src"}


def test_directory_that_imports_show_to_be_a_root(tree: Tree) -> None:
    root = tree(
        {
            "backend/main.py": "from app.api.users import router\n",
            "backend/app/api/users.py": "from app.models.user import User\n",
            "backend/app/models/user.py": "",
            "scripts/deploy.py": "import json",
        }
    )
    assert names(root) == {
        "backend/main.py": "main",
        "backend/app/api/users.py": "app.api.users",
        "backend/app/models/user.py": "app.models.user",
        "scripts/deploy.py": "scripts.deploy",
    }


def test_namespace_package_that_imports_name_from_the_top(tree: Tree) -> None:
    root = tree(
        {
            "service/app/__init__.py": "",
            "service/app/main.py": "from service.app.db import x",
            "service/app/db.py": "",
        }
    )
    assert names(root)["service/app/main.py"] == "service.app.main"
    assert discover(root).namespaces == {"service"}


def test_imports_from_outside_tell_too(tree: Tree) -> None:
    root = tree({"main.py": "from service.app import db", "service/app/__init__.py": "", "service/app/db.py": ""})
    assert names(root)["service/app/db.py"] == "service.app.db"


def test_monorepo_with_packages_side_by_side(tree: Tree) -> None:
    root = tree(
        {
            "pkgs/one/pyproject.toml": "",
            "pkgs/one/src/one/__init__.py": "",
            "pkgs/two/setup.py": "",
            "pkgs/two/two/__init__.py": "from one import x",
            "pkgs/one/tests/test_it.py": "",
            "pkgs/two/tests/test_it.py": "",
        }
    )
    found = names(root)
    assert found["pkgs/one/src/one/__init__.py"] == "one"
    assert found["pkgs/two/two/__init__.py"] == "two"
    assert found["pkgs/one/tests/test_it.py"] == "tests.test_it"
    assert found["pkgs/two/tests/test_it.py"] == "pkgs.two.tests.test_it"


def test_services_with_a_package_of_one_name_each_import_their_own(tree: Tree) -> None:
    service = {
        "app/__init__.py": "",
        "app/main.py": "from app.db import x\nimport app.db",
        "app/db.py": "",
        "run.py": "",
    }
    root = tree({f"services/{name}/{path}": text for name in ("auth", "chat") for path, text in service.items()})
    (root / "services/chat/worker.py").write_text("from app.db import x")
    project = discover(root)
    found = {source.path: name for name, source in project.modules.items()}
    assert found["services/auth/app/db.py"] == "app.db"
    assert found["services/chat/app/db.py"] == "services.chat.app.db"
    assert found["services/chat/worker.py"] == "worker"
    for importing, imported in (
        ("app.main", "app.db"),
        ("services.chat.app.main", "services.chat.app.db"),
        ("worker", "services.chat.app.db"),
    ):
        assert absolute_name(project.modules[importing], 0, "app.db") == imported
    assert absolute_name(project.modules["services.chat.app.main"], 1, "db") == "services.chat.app.db"
    assert absolute_name(project.modules["worker"], 0, "redis") == "redis"


def test_namespace_package_over_two_roots_is_shared(tree: Tree) -> None:
    root = tree(
        {
            "a/pyproject.toml": "",
            "a/src/company/one/__init__.py": "from company.two import x",
            "b/pyproject.toml": "",
            "b/src/company/two/__init__.py": "",
        }
    )
    assert names(root) == {
        "a/src/company/one/__init__.py": "company.one",
        "b/src/company/two/__init__.py": "company.two",
    }


def test_package_without_any_evidence_starts_at_the_first_directory_without_init(tree: Tree) -> None:
    found = names(tree({"lib/pkg/__init__.py": "", "examples/redis/__init__.py": ""}))
    assert found == {"lib/pkg/__init__.py": "pkg", "examples/redis/__init__.py": "examples.redis"}


def test_module_that_imports_a_library_of_its_own_name_is_no_evidence(tree: Tree) -> None:
    assert names(tree({"tools/redis.py": "import redis"})) == {"tools/redis.py": "tools.redis"}


def test_directory_inside_a_package_is_part_of_it(tree: Tree) -> None:
    found = names(tree({"app/__init__.py": "", "app/data/load.py": "", "app/data/sub/__init__.py": ""}))
    assert found["app/data/load.py"] == "app.data.load"
    assert found["app/data/sub/__init__.py"] == "app.data.sub"


def test_directory_without_init_in_a_package_is_no_root(tree: Tree) -> None:
    root = tree(
        {
            "app/__init__.py": "",
            "app/main.py": "import sqlite3",
            "app/db/backends/sqlite3/__init__.py": "",
            "app/db/backends/sqlite3/base.py": "",
        }
    )
    assert names(root)["app/db/backends/sqlite3/base.py"] == "app.db.backends.sqlite3.base"


def test_package_whose_programs_are_started_inside_is_a_root(tree: Tree) -> None:
    root = tree(
        {
            "app/__init__.py": "",
            "app/main.py": "from core.config import settings\nfrom models import User\nimport redis",
            "app/models.py": "from core import db",
            "app/core/__init__.py": "from .config import settings",
            "app/core/config.py": "",
            "app/core/db.py": "from . import config",
        }
    )
    assert names(root) == {
        "app/__init__.py": "app",
        "app/main.py": "main",
        "app/models.py": "models",
        "app/core/__init__.py": "core",
        "app/core/config.py": "core.config",
        "app/core/db.py": "core.db",
    }


def test_package_with_modules_named_like_libraries_stays_one(tree: Tree) -> None:
    files = {"app/celery.py": "", "app/redis.py": "", "app/tasks.py": "from celery import Celery\nimport redis"}
    root = tree({**files, "app/__init__.py": "from app.tasks import a\nfrom .celery import app\nfrom . import redis"})
    assert names(root)["app/tasks.py"] == "app.tasks"


def test_package_wins_over_module_of_its_name_and_both_are_listed(tree: Tree) -> None:
    project = discover(tree({"app.py": "", "app/__init__.py": ""}))
    assert project.modules["app"].path == "app/__init__.py"
    assert {source.path for source in project.modules.values()} == {"app.py", "app/__init__.py"}


def test_names_that_are_no_identifiers_are_shown_as_they_are(tree: Tree) -> None:
    assert names(tree({"my-script.py": "", "my-tools/run it.py": ""})) == {
        "my-script.py": "my-script",
        "my-tools/run it.py": "my-tools.run it",
    }


def test_root_that_is_itself_a_package(tree: Tree) -> None:
    project = discover(tree({"__init__.py": "", "mod.py": ""}))
    assert {name: source.is_package for name, source in project.modules.items()} == {"__init__": False, "mod": False}


def test_given_source_roots_are_the_only_ones(tree: Tree) -> None:
    root = tree({"lib/a/__init__.py": "", "src/b.py": "", "main.py": ""})
    assert names(root, source_roots=("./lib/",)) == {"lib/a/__init__.py": "a", "src/b.py": "src.b", "main.py": "main"}
    with pytest.raises(NotADirectoryError, match="nowhere"):
        discover(root, source_roots=("nowhere",))


def test_gitignore_at_every_level_and_exclude(tree: Tree) -> None:
    root = tree(
        {
            ".gitignore": "*.gen.py\n/out/\nlogs/*\n!logs/keep.py\n",
            "a.gen.py": "",
            "out/x.py": "",
            "sub/out/y.py": "",
            "sub/.gitignore": "!b.gen.py\nlocal.py\n",
            "sub/b.gen.py": "",
            "sub/local.py": "",
            "local.py": "",
            "logs/drop.py": "",
            "logs/keep.py": "",
            "tests/t.py": "",
        }
    )
    found = names(root, exclude=("tests",))
    assert set(found) == {"sub/out/y.py", "sub/b.gen.py", "local.py", "logs/keep.py"}


def test_gitignore_above_the_root_counts_up_to_the_repository(tree: Tree) -> None:
    root = tree(
        {
            ".gitignore": "never.py",
            "repo/.git/HEAD": "",
            "repo/.gitignore": "generated/\n/only_here.py",
            "repo/svc/generated/x.py": "",
            "repo/svc/only_here.py": "",
            "repo/svc/never.py": "",
        }
    )
    assert set(names(root / "repo/svc")) == {"only_here.py", "never.py"}


def test_root_that_is_ignored_is_analysed_when_asked_for(tree: Tree) -> None:
    root = tree({".git/HEAD": "", ".gitignore": "sandbox/", "sandbox/x.py": ""})
    assert set(names(root / "sandbox")) == {"x.py"}
    assert names(root) == {}


def test_environments_and_caches_are_left_out(tree: Tree) -> None:
    root = tree(
        {
            "myenv/pyvenv.cfg": "",
            "myenv/lib/x.py": "",
            "node_modules/a/x.py": "",
            "lib/site-packages/y.py": "",
            "__pycache__/z.py": "",
            "ok.py": "",
        }
    )
    assert set(names(root)) == {"ok.py"}


def test_other_files_are_listed_without_binaries(tree: Tree) -> None:
    root = tree({"Dockerfile": "", ".env": "", "k8s/a.yaml": "", "logo.png": "", "x.pyi": "", "a.py": ""})
    (root / "huge.json").write_bytes(b" " * (2**20 + 1))
    assert discover(root).others == (".env", "Dockerfile", "k8s/a.yaml")


def test_links_are_followed_inside_the_root_and_never_round(tree: Tree) -> None:
    root = tree({"repo/libs/common/x.py": "", "repo/svc/a.py": "", "outside/secret.py": ""})
    repo = root / "repo"
    (repo / "svc/common").symlink_to(repo / "libs/common")
    (repo / "svc/round").symlink_to(repo)
    (repo / "libs/common/back").symlink_to("..")
    (repo / "out").symlink_to(root / "outside")
    (repo / "leak.py").symlink_to(root / "outside/secret.py")
    (repo / "self").symlink_to("self")
    (repo / "broken.py").symlink_to("nothing.py")
    (repo / "endless.py").symlink_to("n" * 300)  # no file can have that name
    assert set(names(repo)) == {"libs/common/x.py", "svc/a.py", "svc/common/x.py"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions don't bind here")
def test_unreadable_directory_is_told(tree: Tree) -> None:
    root = tree({"a.py": "", "locked/b.py": ""})
    (root / "locked").chmod(0)
    try:
        project = discover(root)
    finally:
        (root / "locked").chmod(0o755)
    assert set(project.modules) == {"a"}
    assert project.warnings == ("locked/: can't be listed (Permission denied); nothing in it is analysed",)


def test_directory_that_vanishes_is_told(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({"a.py": "", "gone/b.py": ""})
    scandir = os.scandir

    def flaky(path: str) -> object:
        if str(path).endswith("gone"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", flaky)
    project = discover(root)
    assert set(project.modules) == {"a"}
    assert project.warnings == ("gone/: can't be listed (Permission denied); nothing in it is analysed",)


def test_names_that_are_no_unicode_and_bad_patterns_are_told(tree: Tree) -> None:
    root = tree({"a.py": "", ".gitignore": "!\n*.log\n", "x.log": ""})
    (root / os.fsdecode(b"b\xff.py")).write_text("")
    project = discover(root)
    assert set(project.modules) == {"a"}
    assert project.others == (".gitignore",)
    assert project.warnings == ("b\\udcff.py: no Unicode name", ".gitignore: 1 invalid pattern(s) not used")


def test_empty_directory(tmp_path: Path) -> None:
    project = discover(tmp_path)
    assert (project.modules, project.roots, project.others) == ({}, (".",), ())


def test_file_as_root_is_an_error(tree: Tree) -> None:
    with pytest.raises(NotADirectoryError):
        discover(tree({"a.py": ""}) / "a.py")


PARTS = st.lists(st.sampled_from(["a", "b", "src", "c_d"]), min_size=1, max_size=4)


@given(PARTS, PARTS)
def test_dotted_name_forgets_only_the_root(root: list[str], below: list[str]) -> None:
    path = "/".join([*root, *below]) + ".py"
    assert dotted_name(path, "/".join(root)).split(".") == below
    assert dotted_name(path, "").split(".") == root + below
