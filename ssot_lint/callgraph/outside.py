"""What the language is known to have, and classes outside the project, where that decides whether a name is there."""

from __future__ import annotations

import builtins

BUILTINS = frozenset(dir(builtins))
MODELS = frozenset(("pydantic.BaseModel", "pydantic.BaseSettings", "pydantic_settings.BaseSettings"))
# https://docs.pydantic.dev/latest/api/base_model/ and /api/pydantic_settings/, and those of version 1. What begins with
# one of the prefixes is taken to be theirs.
_OF_MODELS = frozenset((
    "Config", "construct", "copy", "customise_sources", "dict", "fields", "from_orm", "json", "parse_file", "parse_obj",
    "parse_raw", "prepare_field", "schema", "schema_json", "update_forward_refs", "validate",
))  # fmt: skip
_PREFIXES_OF_MODELS = ("_", "model_", "settings_")


def models_have(name: str) -> bool:
    """Whether `pydantic.BaseModel`, or a base of settings, gives an attribute of that name to the classes below it."""
    return name in _OF_MODELS or name.startswith(_PREFIXES_OF_MODELS)
