"""Writes the pages that come from the code: `python -m docs.generate`. A test holds them to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ssot_lint.cli.main import root
from ssot_lint.config.model import CONTRACT_SHAPES
from ssot_lint.config.schema import json_schema

DIRECTORY = Path(__file__).parent
_MADE = "<!-- Made by `make docs` from the code. -->"


def pages() -> dict[str, str]:
    """The pages, by file name."""
    return {
        "commands.md": "\n".join(_commands()) + "\n",
        "configuration.md": "\n".join(_configuration()) + "\n",
        "configuration.schema.json": json.dumps(json_schema(), indent=2) + "\n",
    }


def _commands() -> Iterator[str]:
    yield from ("# Commands", "", _MADE)
    context = click.Context(root, info_name="ssot-lint", terminal_width=100, **root.context_settings)
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        if command is not None:
            inner = click.Context(command, parent=context, info_name=name)
            yield from ("", f"## ssot-lint {name}", "", "```text", command.get_help(inner), "```")


_SECTIONS = [
    ("ConfigKeys", "Top level"),
    ("ContractKeys", "`[[contracts]]`"),
    ("Example", "`[[contracts.examples]]`"),
    ("SourceKeys", "`[[sources]]`"),
    ("RelationKeys", "`[[relations]]`"),
    ("PackKeys", "A rule pack"),
]
_INTRODUCTION = """\
TOML. The same keys stand at the top level of `ssot-lint.toml` and under `[tool.ssot-lint]` in `pyproject.toml`
(`[[tool.ssot-lint.contracts]]`). The nearest of them at or above the linted path counts, inside the same repository;
`ssot-lint.toml` comes first where both stand in one folder. Its folder is the project root.

`configuration.schema.json` beside this page is the JSON schema, for editors.

Globs match the whole dotted name; `*` crosses dots, `?` is one character."""


def _configuration() -> Iterator[str]:
    yield from ("# Configuration", "", _MADE, "", _INTRODUCTION)
    schemas = json_schema()["$defs"]
    for name, title in _SECTIONS:
        schema = schemas[name]
        yield from (
            "",
            f"## {title}",
            "",
            schema["description"],
            "",
            "| key | type | default | meaning |",
            "|---|---|---|---|",
        )
        for key, described in schema["properties"].items():
            meaning = described["description"].replace("|", "\\|")
            yield f"| `{key}` | {_type(described)} | {_default(key, schema)} | {meaning} |"
        if name == "ContractKeys":
            yield from ("", "Which of these a contract needs (**bold**) and knows is up to its rule:", "")
            for code, shape in CONTRACT_SHAPES.items():
                own = [f"**`{key}`**" for key in sorted(shape.needs)]
                yield f"- {code}: {', '.join(own + [f'`{key}`' for key in sorted(shape.knows - shape.needs)])}"


def _type(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema["type"] == "array":
        items = schema["items"]
        return "tables" if "$ref" in items else f"array of {_type(items)}"
    return str(schema["type"])


def _default(key: str, schema: dict[str, Any]) -> str:
    if key in schema["required"]:
        return "*needed*"
    default = schema["properties"][key].get("default")
    return "" if default is None else f"`{json.dumps(default)}`"


def main() -> None:
    """Writes the pages."""
    for name, text in pages().items():
        (DIRECTORY / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
