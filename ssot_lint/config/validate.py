"""From the tables of a TOML file to the types of the model, or to the one line that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

import msgspec
from msgspec import inspect

from ssot_lint.config.document import Document
from ssot_lint.config.lines import KeyPath
from ssot_lint.config.model import CONTRACT_SHAPES, ConfigKeys, ContractKeys
from ssot_lint.errors import ConfigurationError, nearest

Table = TypeVar("Table", bound=msgspec.Struct)

_TOML_NAMES = {
    "str": "a string", "int": "an integer", "float": "a float", "bool": "a boolean",
    "array": "an array", "object": "a table",
}  # fmt: skip


def convert(document: Document, type_: type[Table]) -> Table:
    """The document as a struct. Raises `ConfigurationError` with the line, and the nearest valid key or value."""
    try:
        return msgspec.convert(document.table, type_)
    except msgspec.ValidationError as error:
        message, path = _split(str(error))
        raise _explained(document, type_, message, path) from error


def check_contracts(document: Document, contracts: Sequence[ContractKeys]) -> None:
    """Raises `ConfigurationError` unless each contract has the keys that its rule needs, and no other."""
    for index, contract in enumerate(contracts):
        shape = CONTRACT_SHAPES[contract.code]
        written = document.table["contracts"][index]
        for key in written:
            if key not in shape.knows:
                raise ConfigurationError(
                    document.where(("contracts", index, key)),
                    f"a contract for {contract.code} has no key `{key}`; {nearest(key, shape.knows)}",
                )
        for key in sorted(shape.needs):
            if not written.get(key):
                raise ConfigurationError(
                    document.where(("contracts", index)), f"a contract for {contract.code} needs the key `{key}`"
                )


def check_references(document: Document, config: ConfigKeys) -> None:
    """Raises `ConfigurationError` where two sources share a name, or a relation names none of them."""
    names = [source.name for source in config.sources]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise ConfigurationError(document.where(("sources", index, "name")), f"a second source named `{name}`")
    for index, relation in enumerate(config.relations):
        if relation.source is not None and relation.source not in names:
            raise ConfigurationError(
                document.where(("relations", index, "source")),
                f"no source is named `{relation.source}`; {nearest(relation.source, names)}",
            )


def _split(error: str) -> tuple[str, KeyPath]:
    """The message of msgspec, and the path that it ends with: `… - at `$.contracts[0].phases``."""
    message, _, path = error.partition(" - at `$")
    keys = re.findall(r"\.([\w-]+)|\[(\d+)\]", path)
    return message, tuple(key or int(index) for key, index in keys)


def _explained(document: Document, type_: type[Table], message: str, path: KeyPath) -> ConfigurationError:
    shown = _shown(path)
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", message, re.DOTALL):
        key = unknown[1]
        if not path and key == "tool":
            why = "`[tool.ssot-lint]` is for pyproject.toml: here its keys stand at the top"
            return ConfigurationError(document.where((key,)), f"unknown key `tool`; {why}")
        return ConfigurationError(
            document.where((*path, key)), f"unknown key `{key}`{shown}; {nearest(key, _known_keys(type_, path))}"
        )
    if missing := re.fullmatch(r"Object missing required field `(.*)`", message):
        return ConfigurationError(document.where(path), f"the key `{missing[1]}` is missing{shown}")
    if enum := re.fullmatch(r"Invalid enum value '(.*)'", message, re.DOTALL):
        return ConfigurationError(
            document.where(path), f"`{enum[1]}` can't stand{shown}; {nearest(enum[1], _known_values(type_, path))}"
        )
    if message == "Expected `str` of length >= 1":
        return ConfigurationError(document.where(path), f"an empty string can't stand{shown}")
    message = re.sub(r"`(\w+)(?: \| null)?`", lambda match: _TOML_NAMES.get(match[1], match[1]), message)
    return ConfigurationError(document.where(path), f"{message[0].lower()}{message[1:]}{shown}")


def _shown(path: KeyPath) -> str:
    words = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")
    return f" in `{words}`" if words else ""


def _type_at(type_: type[Table], path: KeyPath) -> inspect.Type:
    """What msgspec knows of the type at a path, through arrays and `… | None`."""
    node = inspect.type_info(type_)
    for key in (*path, None):
        while isinstance(node, inspect.Metadata | inspect.UnionType):
            node = node.type if isinstance(node, inspect.Metadata) else node.types[0]
        if isinstance(node, inspect.VarTupleType):
            node = node.item_type
        elif isinstance(node, inspect.StructType) and key is not None:
            node = next(field.type for field in node.fields if field.encode_name == key)
    return node


def _known_keys(type_: type[Table], path: KeyPath) -> list[str]:
    node = _type_at(type_, path)
    return [field.encode_name for field in node.fields] if isinstance(node, inspect.StructType) else []


def _known_values(type_: type[Table], path: KeyPath) -> list[str]:
    node = _type_at(type_, path)
    return [str(value) for value in node.values] if isinstance(node, inspect.LiteralType) else []
