from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

ASGI = """
import os
from django.core.asgi import get_asgi_application
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")
"""
MODELS = "from django.db import models\nclass Room(models.Model):\n    name = models.TextField()\n"
CONSUMERS = "from chat.models import Room\ndef consume():\n    return Room.objects.first()\n"


def early(root: Path, asgi: str, **files: str) -> list[str]:
    """What is reported of a server module that goes on like this."""
    base = {"site_/__init__.py": "", "chat/__init__.py": "", "chat/models.py": MODELS, "chat/consumers.py": CONSUMERS}
    named = {f"{name.replace('__', '/')}.py": text for name, text in files.items()}
    return told(root, {**base, "site_/asgi.py": ASGI + asgi, **named}, select="SSOT105")


def test_reports_a_model_that_a_server_imports_before_django_is_set_up(tmp_path: Path) -> None:
    found = early(tmp_path, "from chat import consumers\napplication = get_asgi_application()\n")
    assert found == ["site_/asgi.py: from chat import consumers [import]"]
    (finding,) = findings(tmp_path, {}, select="SSOT105")
    message = "imports the Django model `chat.models.Room` before `get_asgi_application()` has set Django up"
    assert (finding.violation.message, finding.violation.level) == (message, "error")


@pytest.mark.parametrize(
    "asgi",
    [
        "application = get_asgi_application()\nfrom chat import consumers\n",
        "import django\ndjango.setup()\nfrom chat import consumers\napplication = get_asgi_application()\n",
        "try:\n    from chat import consumers\nexcept Exception:\n    pass\napplication = get_asgi_application()\n",
        "if os.environ.get('X'):\n    from chat import consumers\napplication = get_asgi_application()\n",
        "def consumers():\n    from chat import consumers\napplication = get_asgi_application()\n",
        "from chat import setting_up\napplication = get_asgi_application()\n",
        "from chat import lazy\napplication = get_asgi_application()\n",
    ],
)
def test_is_silent_where_django_may_be_set_up_or_no_model_is_imported(tmp_path: Path, asgi: str) -> None:
    setting_up = "import django\ndjango.setup()\nfrom chat import consumers\n"
    lazy = "def consume():\n    from chat.models import Room\n    return Room\n"
    assert early(tmp_path, asgi, chat__setting_up=setting_up, chat__lazy=lazy) == []


@pytest.mark.parametrize("model", [MODELS, ""])
def test_a_cycle_behind_such_an_import_is_the_same_fault(tmp_path: Path, model: str) -> None:
    asgi = "from chat.tools import tool\napplication = get_asgi_application()\n"
    tools = "import chat.models\nimport chat.users\ndef tool():\n    pass\n"
    early(tmp_path, asgi, chat__tools=tools, chat__models=model, chat__users="from chat.tools import tool\n")
    codes = {each.code for each in findings(tmp_path, {}, select="SSOT1")} - {"SSOT110"}
    assert codes == ({"SSOT105"} if model else {"SSOT114"})


def test_who_imports_the_server_module_may_have_set_django_up(tmp_path: Path) -> None:
    run = "import django\ndjango.setup()\nfrom site_ import asgi\nif __name__ == '__main__':\n    print(asgi)\n"
    asgi = "from chat import consumers\napplication = get_asgi_application()\n"
    assert early(tmp_path, asgi, serve=run) == []
