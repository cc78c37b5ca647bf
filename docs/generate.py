"""Writes the pages that come from the code: `python -m docs.generate`. A test holds them to it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from ssot_lint.check import CheckOptions, check
from ssot_lint.cli.main import root
from ssot_lint.config.model import CONTRACT_SHAPES
from ssot_lint.config.schema import json_schema
from ssot_lint.report import render
from ssot_lint.report.model import Options
from ssot_lint.run import Request, Run

ROOT = Path(__file__).parents[1]
_MADE = "<!-- Made by `make docs` from the code. -->"


def _readme() -> str:
    """The page with the first finding of `make demo`, and the last line of its summary."""
    with Run(Request((ROOT / "fixtures/websocket_staging",), no_cache=True, jobs=1)) as run:
        report = check(run, CheckOptions())
    said = render("text", report, Options()).strip()
    first, *_, summary = said.split("\n\n")
    shown = f"```console\n$ ssot-lint check\n{first}\n\n…\n\n{re.sub(r'[0-9.]+ s$', '1.0 s', summary)}\n```"
    before, begin, _ = (ROOT / "README.md").read_text(encoding="utf-8").partition("<!-- demo -->\n")
    _, end, after = (ROOT / "README.md").read_text(encoding="utf-8").partition("<!-- /demo -->\n")
    return f"{before}{begin}{shown}\n{end}{after}"


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
    ("FilesExample", "`[[relations.examples]]`"),
    ("DriftExample", "`[[examples]]`"),
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


PAGES: dict[str, Callable[[], str]] = {
    "README.md": _readme,
    "docs/commands.md": lambda: "\n".join(_commands()) + "\n",
    "docs/configuration.md": lambda: "\n".join(_configuration()) + "\n",
    "docs/configuration.schema.json": lambda: json.dumps(json_schema(), indent=2) + "\n",
}
"""What makes each page, by its path from the root."""


def main() -> None:
    """Writes the pages."""
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
