"""What a script does is its start; what importing does is not its own doing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

PACKS = 'packs = ["import-side-effects"]\n'
WORK = "import time\n\ndef main():\n    time.sleep(1)\n"


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"app/__main__.py": "from app.core import main\nif __name__ == '__main__':\n    main()\n"}, id="a guard"
        ),
        pytest.param({"app/__main__.py": "from app.core import main\nmain()\n"}, id="no guard"),
        pytest.param({"__main__.py": "from app.core import main\nmain()\n"}, id="at the root"),
        pytest.param({"app/__main__.py": "import sys\nfrom app.core import main\nsys.exit(main())\n"}, id="exit"),
        pytest.param(
            {"app/__main__.py": "if __name__ == '__main__':\n    from app.core import main\n    main()\n"},
            id="an import under the guard",
        ),
        pytest.param(
            {"run.py": "from app.core import main\nif '__main__' == __name__:\n    main()\n"}, id="a file at the root"
        ),
        pytest.param(
            {
                "main.py": "from fastapi import FastAPI\nfrom app.core import main\napp = FastAPI()\n"
                "if __name__ == '__main__':\n    main()\n",
            },
            id="an application that is also a script",
        ),
    ],
)
def test_what_a_script_calls_is_not_called_at_import(tmp_path: Path, files: dict[str, str]) -> None:
    """It is the start, and counts as such."""
    project = {"app/__init__.py": "", "app/core.py": WORK, **files}
    assert told(tmp_path, project, PACKS) == []
    contract = '[[contracts]]\nname = "no sleep"\ncode = "SSOT107"\ntargets = ["time.sleep"]\nphases = ["startup"]\n'
    assert told(tmp_path, project, contract) == ["app/core.py: time.sleep(1) [startup]"]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "Dockerfile": 'FROM python:3.11\nCOPY . .\nCMD ["python", "run.py"]\n',
                "run.py": "from app.core import main\nmain()\n",
            },
            id="no guard where others may import it",
        ),
        pytest.param({"app/__main__.py": "import app.loud\nif __name__ == '__main__':\n    pass\n"}, id="a guard"),
        pytest.param({"app/__main__.py": "import app.loud\nprint()\n"}, id="no guard"),
        pytest.param({"app/__main__.py": "if __name__ == '__main__':\n    import app.loud\n"}, id="under the guard"),
        pytest.param(
            {
                "main.py": "import time\nfrom fastapi import FastAPI\napp = FastAPI()\nfrom app import loud\n"
                "if __name__ == '__main__':\n    print()\n",
            },
            id="an application that is also a script",
        ),
    ],
)
def test_what_a_script_imports_runs_at_import(tmp_path: Path, files: dict[str, str]) -> None:
    project = {"app/__init__.py": "", "app/core.py": WORK, "app/loud.py": "from app.core import main\nmain()\n"}
    assert told(tmp_path, project | files, PACKS) == ["app/core.py: time.sleep(1) [import]"]


def test_what_stands_outside_the_guard_runs_at_import(tmp_path: Path) -> None:
    files = {"run.py": "import time\ntime.sleep(1)\nif __name__ == '__main__':\n    time.sleep(2)\n"}
    assert told(tmp_path, files, PACKS) == ["run.py: time.sleep(1) [import]"]


def test_a_main_module_that_others_import_works_at_import(tmp_path: Path) -> None:
    files = {
        "work/__init__.py": "",
        "work/__main__.py": "import time\ntime.sleep(1)\n",
        "app.py": "from fastapi import FastAPI\nimport work.__main__\napp = FastAPI()\n",
    }
    assert told(tmp_path, files, PACKS) == ["work/__main__.py: time.sleep(1) [import]"]


def test_the_chain_to_an_import_under_the_guard_begins_at_the_script(tmp_path: Path) -> None:
    files = {
        "loud.py": "import time\ntime.sleep(1)\n",
        "run.py": "if __name__ == '__main__':\n    import loud\n",
    }
    (found,) = findings(tmp_path, files, PACKS)
    assert [(hop.caller, hop.callee) for hop in found.chain] == [("run", "loud")]
    assert found.violation.entry is not None
    assert "__main__" in found.violation.entry.words


def test_a_module_that_the_start_imports_late_is_imported(tmp_path: Path) -> None:
    files = {
        "loud.py": "import time\ntime.sleep(1)\nclass Loud:\n    time.sleep(2)\ndef later():\n    time.sleep(3)\n",
        "app.py": "from fastapi import FastAPI\napp = FastAPI()\n@app.on_event('startup')\ndef start():\n"
        "    import loud\n    loud.later()\n",
    }
    assert told(tmp_path, files, PACKS) == [
        "loud.py: time.sleep(1) [startup]",
        "loud.py: time.sleep(2) [startup]",
    ]


def test_a_module_that_a_request_imports_is_left_alone(tmp_path: Path) -> None:
    files = {
        "loud.py": "import time\ntime.sleep(1)\n",
        "app.py": "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef show():\n    import loud\n",
    }
    assert told(tmp_path, files, PACKS) == []


def test_a_default_factory_is_called_where_the_instance_is_made(tmp_path: Path) -> None:
    code = """
from dataclasses import dataclass, field
def net(): ...
@dataclass
class D:
    x: object = field(default_factory=net)
d = D()
"""
    config = '[[contracts]]\nname = "x"\ncode = "SSOT102"\ntargets = ["app.net"]\n'
    assert told(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n' + config) == ["app.py: d = D() [import]"]
