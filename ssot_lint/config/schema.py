"""The JSON schema of the configuration, for editors that check TOML."""

from __future__ import annotations

from typing import Any

import msgspec

from ssot_lint.config.model import CONTRACT_SHAPES, ConfigKeys, PackKeys


def json_schema() -> dict[str, Any]:
    """The schema (2020-12) of `ssot-lint.toml` and of `[tool.ssot-lint]`; `$defs/PackKeys` is that of a pack."""
    schemas, components = msgspec.json.schema_components([ConfigKeys, PackKeys], ref_template="#/$defs/{name}")
    components = {name: _as_toml(component) for name, component in components.items()}
    components["ContractKeys"]["allOf"] = [
        {
            "if": {"properties": {"code": {"const": code}}},
            "then": {"required": sorted(shape.needs), "propertyNames": {"enum": sorted(shape.knows)}},
        }
        for code, shape in CONTRACT_SHAPES.items()
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ssot-lint",
        **schemas[0],
        "$defs": dict(sorted(components.items())),
    }


def _as_toml(schema: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """The schema without null, which TOML doesn't have: a key is left out instead."""
    if isinstance(schema, list | tuple):
        return [_as_toml(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: _as_toml(item) for key, item in schema.items() if (key, item) != ("default", None)}
    if "anyOf" in schema:
        (alternative,) = (item for item in schema.pop("anyOf") if item != {"type": "null"})
        schema = alternative | schema
    if None in schema.get("enum", ()):
        schema["enum"].remove(None)
    return schema
