"""What docs/ takes from the code is what the code says."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import tomli

from docs.generate import PAGES, ROOT
from ssot_lint.config.schema import json_schema


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"


def _validate(table: object, definition: str) -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator(schema | {"$ref": f"#/$defs/{definition}"}).validate(table)


@pytest.mark.parametrize("path", sorted(ROOT.glob("fixtures/*/ssot-lint.toml")), ids=lambda path: path.parent.name)
def test_the_schema_takes_the_fixtures(path: Path) -> None:
    _validate(tomli.loads(path.read_text()), "ConfigKeys")


@pytest.mark.parametrize("path", sorted(ROOT.glob("rules/packs/*.toml")), ids=lambda path: path.stem)
def test_the_schema_takes_the_packs(path: Path) -> None:
    _validate(tomli.loads(path.read_text()), "PackKeys")


@pytest.mark.parametrize(
    "text",
    [
        "entry-point = []",
        'min-certainty = "sure"',
        '[[contracts]]\nname = "x"\ncode = "SSOT101"\ntargets = ["*.f"]',
        '[[contracts]]\nname = "x"\ncode = "SSOT102"\ntargets = ["*.f"]\nrequires = "c"',
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        _validate(tomli.loads(text), "ConfigKeys")
