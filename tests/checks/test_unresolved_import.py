from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told
from tests.checks.imports import PACKAGE, STARTS, unresolved


@pytest.mark.parametrize(
    "line",
    [
        "import app.gone", "import app.sub.gone as gone", "from app import gone", "from app.here import gone",
        "from .here import gone", "from . import gone", "from .gone import name", "from app.gone.deep import name",
        "from app.here import name, gone",
    ],
)  # fmt: skip
def test_reports_what_is_not_there(tmp_path: Path, line: str) -> None:
    assert unresolved(tmp_path, line) == [f"app/main.py: {line} [import]"]


@pytest.mark.parametrize(
    "line",
    [
        "import app.here", "from app import here, sub", "from app.here import name as other", "from app.here import *",
        "import gone", "from gone import name", "from app.here import __doc__",
        "try:\n    import app.gone\nexcept ImportError:\n    pass",
        "try:\n    from app.here import gone\nexcept Exception:\n    gone = None",
        "from contextlib import suppress\nwith suppress(ImportError):\n    import app.gone",
        "import sys\nif sys.platform == 'win32':\n    import app.gone",
        "import sys\nif sys.version_info < (3, 8):\n    pass\nelse:\n    import app.gone",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.gone",
        "import typing as t\nif t.TYPE_CHECKING:\n    import app.gone",
        "HAS_GONE = bool()\nif HAS_GONE:\n    import app.gone",
        "def later():\n    import app.gone",
        "from app._version import version", "from app.chat_pb2 import Message",
    ],
)  # fmt: skip
def test_is_silent_about_what_is_there_or_may_be(tmp_path: Path, line: str) -> None:
    assert unresolved(tmp_path, line) == []


@pytest.mark.parametrize(
    "text",
    [
        "def __getattr__(name): return name",
        "globals()['gone'] = 1",
        "globals().update(gone=1)",
        "from outside import *",
        "import sys\nsys.modules[__name__] = object()",
        "def set_up():\n    global gone\n    gone = 1",
        "if name():\n    gone = 1",
        "for gone in range(2): pass",
        "with open('a') as gone: pass",
        "try:\n    import gone\nexcept ImportError:\n    gone = None",
        "match name:\n    case [gone, *_]: pass",
        "print(gone := 1)",
        "from .other import *",
        "exec('gone = 1')",
    ],
)
def test_is_silent_about_modules_that_may_bind_the_name(tmp_path: Path, text: str) -> None:
    assert unresolved(tmp_path, "from app.source import gone", source=text, other="gone = 1\n") == []


def test_is_silent_about_star_imports_of_names_for_type_checkers(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from typing import Any\n"
    assert unresolved(tmp_path, "from app.source import *\n", source=text) == []


def test_reports_a_name_that_is_deleted_again_and_one_for_type_checkers(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\ngone = 1\ndel gone\nif TYPE_CHECKING:\n    import typed\n"
    assert unresolved(tmp_path, "from app.source import gone\nfrom app.source import typed\n", source=text) == [
        "app/main.py: from app.source import gone [import]",
        "app/main.py: from app.source import typed [import]",
    ]


def test_reports_an_import_inside_a_handler_that_raises_again(tmp_path: Path) -> None:
    main = "try:\n    import app.gone\nexcept ImportError as error:\n    raise SystemExit('broken') from error\n"
    assert unresolved(tmp_path, main) == ["app/main.py: import app.gone [import]"]


def test_is_silent_about_a_module_that_is_only_imported_where_its_failure_is_expected(tmp_path: Path) -> None:
    main = "try:\n    from app import optional\nexcept ImportError:\n    optional = None\n"
    assert unresolved(tmp_path, main, optional="import app.gone\n") == []
    assert unresolved(tmp_path, main + "import app.other\n", other="import app.optional\n") == [
        "app/optional.py: import app.gone [import]"
    ]


def test_is_a_warning_where_the_service_has_started_and_only_if_asked(tmp_path: Path) -> None:
    code = "def handle():\n    import app.gone\n"
    assert unresolved(tmp_path, code) == []
    (found,) = findings(tmp_path, {}, STARTS, select="SSOT110", all_phases=True)
    assert (found.violation.level, found.violation.phase) == ("warning", "unreached")


def test_is_silent_about_modules_that_code_puts_in_place(tmp_path: Path) -> None:
    assert unresolved(tmp_path, "import sys\nsys.modules['app.gone'] = sys\nimport app.gone\n") == []
    package = {
        **PACKAGE,
        "app/__init__.py": "import sys\nfor name in ('gone',):\n    sys.modules[f'app.{name}'] = sys\n",
    }
    assert told(tmp_path, {**package, "app/main.py": "import app.gone\n"}, STARTS, select="SSOT110") == []


def test_is_silent_about_names_that_a_decorator_may_put_beside_a_class(tmp_path: Path) -> None:
    text = "from outside import store\n@store\nclass Event: pass\n"
    assert unresolved(tmp_path, "from app.source import Event_Store\n", source=text) == []
    assert len(unresolved(tmp_path, "from app.source import Gone\n", source=text)) == 1


def test_a_dataclass_puts_no_names_beside_itself(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/main.py": "from app.records import OrderLine\nfrom app.events import EventStore\n",
        "app/records.py": "from dataclasses import dataclass\n@dataclass\nclass Order:\n    a: int\n",
        "app/events.py": "from outside import stored\n@stored\nclass Event:\n    a: int\n",
    }
    found = told(tmp_path, files, 'entry-points = ["app.main"]\n', select="SSOT110")
    assert found == ["app/main.py: from app.records import OrderLine [import]"]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("__all__ = ['name', 'gone']", True),
        ("__all__ = ['name']\n__all__ += ['gone']", True),
        ("__all__ = ['name', 'sub']", False),
        ("__all__ = ['name', 'gone']\nfrom outside import *", False),
        ("__all__ = ['name', 'gone']\ndef __getattr__(name): pass", False),
        ("__all__ = ['name', 'gone']\nglobals()['gone'] = 1", False),
        ("__all__ = print()", False),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from outside import gone\n__all__ = ['gone']", True),
    ],
)
def test_a_star_import_takes_what_the_module_lists(tmp_path: Path, names: str, found: bool) -> None:
    line = "from app.listing import *"
    files = {"app/listing/__init__.py": f"{names}\nname = 1\n", "app/listing/sub.py": "", "app/main.py": line}
    said = told(tmp_path, {**PACKAGE, **files}, STARTS, select="SSOT110")
    assert said == ([f"app/main.py: {line} [import]"] if found else [])


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("{'name': 'app.here', 'gone': 'app.here'}", False),
        ("{'name': 'app.here'}", True),
        (f"{{{', '.join(f'{name!r}: 1' for name in ('gone', *'abcdefghijklmnopqrst'))}}}", False),
        (f"dict({', '.join(f'{name}=1' for name in ('gone', *'abcdefghijklmnopqrst'))})", False),
    ],
)
def test_a_module_may_give_what_a_table_lists(tmp_path: Path, table: str, found: bool) -> None:
    listing = f"""\
TABLE = {table}
def __getattr__(name):
    if name in __all__:
        return object()
    raise AttributeError(name)
__all__ = list(TABLE.keys())
"""
    files = {"app/listing.py": listing, "app/main.py": "from app.listing import gone"}
    assert bool(told(tmp_path, {**PACKAGE, **files}, STARTS, select="SSOT110")) is found


@pytest.mark.parametrize(("line", "found"), [("from .here import name", False), ("from .here import gone", True)])
def test_a_module_may_say_what_its_package_is(tmp_path: Path, line: str, found: bool) -> None:
    files = {
        "app/__init__.py": "",
        "app/here.py": "name = 1",
        "app/deep/__init__.py": "",
        "app/deep/main.py": f"__package__ = 'app'\n{line}\n",
        "main.py": "import app.deep.main\n",
    }
    assert bool(told(tmp_path, files, 'entry-points = ["main"]\n', select="SSOT110")) is found


def test_is_a_warning_in_what_only_a_management_command_imports(tmp_path: Path) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/settings.py": "INSTALLED_APPS = ['stock']\n",
        "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
        "from django.core.management import execute_from_command_line\nexecute_from_command_line()\n",
        "stock/__init__.py": "",
        "stock/models.py": "from shop import gone\n",
        "stock/management/__init__.py": "",
        "stock/management/commands/__init__.py": "",
        "stock/management/commands/count.py": "from django.core.management.base import BaseCommand\n"
        "from shop import gone\nclass Command(BaseCommand):\n    def handle(self): pass\n",
    }
    found = {each.span.path: each.violation.level for each in findings(tmp_path, files, select="SSOT110")}
    assert found == {"stock/models.py": "error", "stock/management/commands/count.py": "warning"}


@pytest.mark.parametrize(
    ("code", "is_reported"),
    [
        ('import_module("shop.gone")', True),
        ('for name in ("shop.here", "shop.gone"):\n    import_module(name)', True),
        ('NAMES = ["shop.gone"]\nfor name in NAMES:\n    import_module(name)', True),
        ('import_module("shop.here")', False),
        ('import_string("shop.here.Gone")', True),
        ('import_string("shop.here.Own")', False),
        ('app.config.from_object("shop.here.Gone")', True),
        ('app.config.from_object("shop.here")', False),
        ('app.config.from_object(os.environ.get("CONFIG", "shop.here.Gone"))', False),
        ('if wanted():\n    import_string("shop.here.Gone")', False),
        ('import_module("elsewhere.gone")', False),
        ('try:\n    import_module("shop.gone")\nexcept ImportError:\n    pass', False),
        ('if wanted():\n    import_module("shop.gone")', False),
        ('for name in wanted("shop.gone"):\n    import_module(name)', False),
    ],
)
def test_reports_an_import_by_a_text_that_is_written_out(tmp_path: Path, code: str, *, is_reported: bool) -> None:
    files = {
        "main.py": "import os\nfrom importlib import import_module\nfrom flask import Flask\n"
        f"from werkzeug.utils import import_string\nfrom outside import wanted\napp = Flask(__name__)\n{code}\n",
        "shop/__init__.py": "",
        "shop/here.py": "class Own: pass\n",
    }
    found = findings(tmp_path, files, 'entry-points = ["main"]\n', select="SSOT110")
    assert [each.violation.level for each in found] == (["error"] if is_reported else [])


@pytest.mark.parametrize(
    ("line", "is_reported"),
    [
        ("from app.db.session import x", True),
        ("import app.db.gone", True),
        ("from app.lazy.part import x", False),
        ("import app.db as db", False),
    ],
)
def test_a_file_holds_no_modules(tmp_path: Path, line: str, is_reported: bool) -> None:
    files = {
        "app/__init__.py": "",
        "app/db.py": "session = 1\n",
        "app/lazy.py": "import sys\nfor name in ('part',):\n    sys.modules[__name__ + name] = sys\n",
        "app/main.py": f"{line}\n",
    }
    found = told(tmp_path, files, 'entry-points = ["app.main"]\n', select="SSOT110")
    assert found == ([f"app/main.py: {line} [import]"] if is_reported else [])


@pytest.mark.parametrize(
    ("extra", "line", "found"),
    [
        ("import app.here\n", "from ..here import name", True),
        ("import app.here\n", "from .. import name", True),
        ("import app.here\n", "from .here import name", False),
        ("import app.here\n", "try:\n    from ..here import name\nexcept ImportError:\n    pass", False),
        ("", "from ..here import name", False),  # the whole may be a part of another package
    ],
)
def test_reports_dots_that_lead_out_of_the_package(tmp_path: Path, extra: str, line: str, found: bool) -> None:
    expected = [f"app/main.py: {line} [import]"] if found else []
    assert unresolved(tmp_path, f"{extra}{line}\n") == expected


def test_a_package_does_not_take_from_itself_what_it_does_not_have(tmp_path: Path) -> None:
    package = """
from app.routers import health, admin, late, known
from . import gone as other
from app.routers.health import router as known
late = 1
"""
    files = {"app/main.py": "import app.routers", "app/routers/health.py": "router = 1\n"}
    assert told(tmp_path, {**PACKAGE, **files, "app/routers/__init__.py": package}, STARTS, select="SSOT110") == [
        "app/routers/__init__.py: from app.routers import health, admin, late, known [import]",
        "app/routers/__init__.py: from . import gone as other [import]",
    ]


def test_a_name_with_underscores_around_it_is_a_name(tmp_path: Path) -> None:
    line = "from app.here import __author__"
    assert unresolved(tmp_path, line) == [f"app/main.py: {line} [import]"]


@pytest.mark.parametrize("write", ["app.state.gone = 1", "request.app.state.gone = app.gone = 1", "self.bus.gone = 1"])
def test_knows_what_attributes_are_written_on_no_module(tmp_path: Path, write: str) -> None:
    main = f"from app.source import gone\ndef set_up(self, request, app):\n    {write.replace('app.gone = ', '')}\n"
    assert unresolved(tmp_path, main, source="name = 1\n") == ["app/main.py: from app.source import gone [import]"]


@pytest.mark.parametrize(
    "write",
    [
        "source.gone = 1", "app.source.gone = 1", "import_module('app.source').gone = 1", "modules['x'].gone = 1",
        "setattr(app.other, 'gone', 1)",
    ],
)  # fmt: skip
def test_is_silent_about_attributes_that_may_be_written_on_a_module(tmp_path: Path, write: str) -> None:
    main = f"from app.source import gone\ndef set_up(source, app):\n    {write}\n"
    assert unresolved(tmp_path, main, source="name = 1\n") == []


NAMED = """
import importlib

AGENTS = {"first": "app.first:First", "second": "app.second:Second"}

def load(path):
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)

for each in AGENTS:
    load(AGENTS[each])
"""


@pytest.mark.parametrize(("name", "lost"), [("Second", False), ("SecondAgent", True)])
def test_knows_what_a_text_names_in_the_module_that_it_imports(tmp_path: Path, name: str, lost: bool) -> None:
    files = {"app/first.py": "class First: pass\n", "app/second.py": f"class {name}: pass\n", "app/main.py": NAMED}
    found = told(tmp_path, {**PACKAGE, **files}, STARTS, select="SSOT110")
    assert len(found) == lost


def test_is_silent_about_texts_that_are_chosen_from(tmp_path: Path) -> None:
    chosen = NAMED.replace("for each in AGENTS:\n    load(AGENTS[each])", "import sys\nload(AGENTS[sys.argv[1]])")
    files = {"app/first.py": "class First: pass\n", "app/second.py": "class Other: pass\n", "app/main.py": chosen}
    assert told(tmp_path, {**PACKAGE, **files}, STARTS, select="SSOT110") == []


def test_texts_with_colons_name_nothing_where_no_name_is_split_at_one(tmp_path: Path) -> None:
    main = """
        import importlib

        OPTIONS = ["app:color"]
        views = importlib.import_module("app.first")
        show = getattr(views, "show", None)
    """
    assert told(tmp_path, {**PACKAGE, "app/first.py": "", "app/main.py": main}, STARTS, select="SSOT110") == []
