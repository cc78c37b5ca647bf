"""The fields of settings classes (https://docs.pydantic.dev/latest/concepts/pydantic_settings/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Call,
    Const,
    DefineClass,
    DictDisplay,
    Display,
    Expression,
    Name,
    Opaque,
    Statement,
)  # fmt: skip
from ssot_lint.findings import Site
from ssot_lint.settings.model import Need, Setting
from ssot_lint.settings.reads.index import ModuleIndex, last_name, walk
from ssot_lint.settings.reads.resolve import Program
from ssot_lint.settings.values import classify

_BASES = frozenset(
    {"pydantic_settings.BaseSettings", "pydantic_settings.main.BaseSettings", "pydantic.BaseSettings",
     "pydantic.v1.BaseSettings", "pydantic.env_settings.BaseSettings"}
)  # fmt: skip
_NOT_FIELDS = frozenset({"ClassVar", "PrivateAttr"})


def field_settings(program: Program, module: ModuleIndex, paths: Mapping[str, str], kind: str) -> Iterator[Setting]:
    """A `read` setting for each environment variable that a field of a settings class takes its value from.

    The fields of its bases are among them, unless they are settings classes of their own. `paths` are those of the
    modules.
    """
    for number, scope in enumerate(module.facts.scopes):
        if scope.kind != "class" or not _is_settings(program, module, number):
            continue
        prefix = _prefix(program, module, number)
        for owner, base in program.lineage(module, number):
            if (owner, base) == (module, number) or not _is_settings(program, owner, base):
                for statement in owner.scope(base).body:
                    yield from _field(statement, owner, base, (paths[owner.name], kind, prefix))


def _is_settings(program: Program, module: ModuleIndex, number: int) -> bool:
    return any(
        target in _BASES for owner, scope in program.lineage(module, number) for target in program.bases(owner, scope)
    )


def _prefix(program: Program, module: ModuleIndex, number: int) -> str:
    """`env_prefix` of `model_config` or of the inner class `Config`, the nearest first."""
    for owner, scope in program.lineage(module, number):
        for statement in owner.scope(scope).body:
            match statement:
                case (
                    Assign(targets=[Name(id="model_config")], value=value)
                    | AnnotatedAssign(target=Name(id="model_config"), value=Call() | DictDisplay() as value)
                ):
                    if (found := _option(value, "env_prefix")) is not None:
                        return found
                case DefineClass(scope=inner) if owner.scope(inner).name == "Config":
                    for assigned in owner.assigned.get((inner, "env_prefix"), ()):
                        if isinstance(assigned, Const) and isinstance(assigned.value, str):
                            return assigned.value
    return ""


def _option(value: Expression, name: str) -> str | None:
    options: list[tuple[Expression | str | None, Expression]] = []
    if isinstance(value, Call):
        options = [*value.keywords]
    elif isinstance(value, DictDisplay):
        options = [(key.value if isinstance(key, Const) else None, each) for key, each in value.items]  # type: ignore[misc]
    for key, option in options:
        if key == name and isinstance(option, Const) and isinstance(option.value, str):
            return option.value
    return None


def _field(statement: Statement, module: ModuleIndex, number: int, about: tuple[str, str, str]) -> Iterator[Setting]:
    if not isinstance(statement, AnnotatedAssign) or not isinstance(statement.target, Name):
        return
    name = statement.target.id
    words = {node.id for node in walk(statement.annotation) if isinstance(node, Name)}
    if name.startswith("_") or name == "model_config" or words & _NOT_FIELDS:
        return
    path, kind, prefix = about
    default, given = _default(statement.value)
    aliases = _aliases(statement.value)
    need: Need = "optional" if given or len(aliases) > 1 or "Optional" in words else "required"
    if not given and any(isinstance(node, Const) and node.value is None for node in walk(statement.annotation)):
        need = "optional"
    constant = default.value if isinstance(default, Const) else None
    for variable in aliases or [f"{prefix}{name}".upper()]:
        known = classify(variable, str(constant) if constant is not None else None)
        yield Setting(
            name=variable,
            value_state="computed" if given and constant is None else known.state,
            role="read",
            kind=kind,
            source=path,
            path=path,
            place=Site(module.name, statement.target.at),
            number=known.number,
            unit=known.unit,
            need=need,
            group=module.scope(number).qualname,
        )


def _default(value: Expression | None) -> tuple[Expression | None, bool]:
    """(default, whether there is one); `...` is none."""
    if value is None or _is_ellipsis(value):
        return None, False
    if isinstance(value, Call) and last_name(value.function) == "Field":
        named = dict(value.keywords)
        if "default_factory" in named:
            return None, True
        inner = value.arguments[0] if value.arguments else named.get("default")
        return _default(inner)
    return value, True


def _is_ellipsis(value: Expression) -> bool:
    return isinstance(value, Opaque) and value.type.lower() == "ellipsis"


def _aliases(value: Expression | None) -> list[str]:
    """The names that replace the field's own: `validation_alias`, `alias`, and `env` of pydantic 1."""
    if not isinstance(value, Call) or last_name(value.function) != "Field":
        return []
    named = dict(value.keywords)
    for option in ("validation_alias", "alias", "env"):
        if option in named:
            return list(_texts(named[option]))
    return []


def _texts(value: Expression) -> Iterator[str]:
    match value:
        case Const(value=str(text)):
            yield text
        case Display(items=items) | Call(arguments=items):
            for item in items:
                yield from _texts(item)
        case _:
            return
