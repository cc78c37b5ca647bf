"""The fields of settings classes (https://docs.pydantic.dev/latest/concepts/pydantic_settings/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
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
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Site
from ssot_lint.settings.model import Need, Setting
from ssot_lint.settings.reads.conversions import changes_values, form_of_field
from ssot_lint.settings.reads.filling import Filling, filling
from ssot_lint.settings.reads.index import ModuleIndex, last_name
from ssot_lint.settings.reads.resolve import Program
from ssot_lint.settings.values import classify

_BASES = frozenset(
    {"pydantic_settings.BaseSettings", "pydantic_settings.main.BaseSettings", "pydantic.BaseSettings",
     "pydantic.v1.BaseSettings", "pydantic.env_settings.BaseSettings"}
)  # fmt: skip
_NOTHING = Opaque("none")
_DEEPEST = 4
_FILES = frozenset({"secrets_dir", "yaml_file", "toml_file", "json_file", "pyproject_toml_depth"})
_SOURCES = "settings_customise_sources"
_NOT_FIELDS = frozenset({"ClassVar", "PrivateAttr"})


def field_settings(program: Program, module: ModuleIndex, paths: Mapping[str, str], kind: str) -> Iterator[Setting]:
    """A `read` setting for each environment variable that a field of a settings class takes its value from.

    The fields of its bases are among them, unless they are settings classes of their own. `paths` are those of the
    modules.
    """
    for number, scope in enumerate(module.facts.scopes):
        if scope.kind != "class" or not _is_settings(program, module, number):
            continue
        options = _options(program, module, number)
        changes = any(changes_values(owner.scope(base).body) for owner, base in program.lineage(module, number))
        reading = _Reading(program, paths, kind, options, filling(program, module, number), changes)
        for owner, base in program.lineage(module, number):
            if (owner, base) == (module, number) or not _is_settings(program, owner, base):
                for statement in owner.scope(base).body:
                    yield from reading.field(statement, owner, base, options.prefix)


def _is_settings(program: Program, module: ModuleIndex, number: int) -> bool:
    return any(
        target in _BASES for owner, scope in program.lineage(module, number) for target in program.bases(owner, scope)
    )


@dataclass(frozen=True)
class _Options:
    """What `model_config`, or the inner class `Config`, says of a settings class; the nearest counts."""

    prefix: str
    nested_delimiter: str
    case_sensitive: bool
    has_other_sources: bool


def _options(program: Program, module: ModuleIndex, number: int) -> _Options:
    found: dict[str, Expression] = {}
    for owner, scope in program.lineage(module, number):
        for statement in owner.scope(scope).body:
            match statement:
                case (
                    Assign(targets=[Name(id="model_config")], value=value)
                    | AnnotatedAssign(target=Name(id="model_config"), value=Call() | DictDisplay() as value)
                ):
                    found = _given(value) | found
                case DefineClass(scope=inner) if owner.scope(inner).name == "Config":
                    own = {name: each[-1] for (where, name), each in owner.assigned.items() if where == inner}
                    found = own | found
    return _Options(
        next(_texts(found.get("env_prefix", _NOTHING)), ""),
        next(_texts(found.get("env_nested_delimiter", _NOTHING)), ""),
        isinstance(sensitive := found.get("case_sensitive"), Const) and sensitive.value is True,
        _has_other_sources(program, module, number, found),
    )


def _has_other_sources(program: Program, module: ModuleIndex, number: int, options: Mapping[str, Expression]) -> bool:
    """Whether values may come from something other than the environment: files, or sources of the class's own."""
    if any(not (isinstance(value, Const) and value.value is None) for name, value in options.items() if name in _FILES):
        return True
    return any((scope, _SOURCES) in owner.defined for owner, scope in program.lineage(module, number))


def _given(value: Expression) -> dict[str, Expression]:
    if isinstance(value, Call):
        return {name: option for name, option in value.keywords if name is not None}
    items = value.items if isinstance(value, DictDisplay) else []
    return {key.value: option for key, option in items if isinstance(key, Const) and isinstance(key.value, str)}


@dataclass(frozen=True)
class _Reading:
    """How the fields of one settings class are read."""

    program: Program
    paths: Mapping[str, str]
    kind: str
    options: _Options
    filling: Filling
    changes_values: bool

    def field(
        self, statement: Statement, module: ModuleIndex, number: int, prefix: str, around: tuple[str, ...] = ()
    ) -> Iterator[Setting]:
        """The variables of one statement of a class body; `around` are those that may give the whole of it instead."""
        if not isinstance(statement, AnnotatedAssign) or not isinstance(statement.target, Name):
            return
        name = statement.target.id
        words = {node.id for node in walk(statement.annotation) if isinstance(node, Name)}
        if name.startswith("_") or name == "model_config" or words & _NOT_FIELDS:
            return
        described = _described(statement)
        default, given = next((found for found in map(_default, described) if found[1]), (None, False))
        aliases = next(filter(None, map(_aliases, described)), [])
        need: Need = "optional" if given or "Optional" in words else "required"
        if not given and any(isinstance(node, Const) and node.value is None for node in walk(statement.annotation)):
            need = "optional"
        variables = aliases or [self._cased(f"{prefix}{name}")]
        if need == "required" and (self.options.has_other_sources or self.filling.gives(name, *variables)):
            # It may stand in a file as well, or the program gives it.
            need = "bare"
        inside = list(self._inside(statement.annotation, module, number, variables, need, around))
        for variable in variables:
            # What has variables of its own need not be given as a whole, and of several names one is enough.
            own = self._setting(variable, default, (module, number, statement.target.at), given=given)
            is_needed = not inside and variable == variables[0]
            form = "" if self.changes_values else form_of_field(statement.annotation)
            yield replace(own, need=need if is_needed else "optional", instead=(*variables[1:], *around), form=form)
        yield from inside

    def _inside(
        self,
        annotation: Expression,
        module: ModuleIndex,
        number: int,
        variables: list[str],
        need: Need,
        around: tuple[str, ...],
    ) -> Iterator[Setting]:
        """The variables of the fields of a model inside (`DB__URL`), where a delimiter is set."""
        depth = sum(each.count(self.options.nested_delimiter) for each in variables)
        if not self.options.nested_delimiter or depth > _DEEPEST:
            return
        for node in walk(annotation):
            target = self.program.target(node, module, number) if isinstance(node, Name | Attribute) else None
            found = self.program.find(target) if target else None
            if found is None or found[0].scope(found[1]).kind != "class":
                continue
            for owner, base in self.program.lineage(*found):
                for statement in owner.scope(base).body:
                    for variable in variables:
                        prefix = f"{variable}{self.options.nested_delimiter}"
                        # The whole may be given as JSON instead.
                        for each in self.field(statement, owner, base, prefix, (*variables, *around)):
                            yield each if need != "optional" else replace(each, need=need)

    def _setting(
        self, variable: str, default: Expression | None, place: tuple[ModuleIndex, int, int], *, given: bool
    ) -> Setting:
        module, number, at = place
        constant = default.value if isinstance(default, Const) else None
        known = classify(variable, str(constant) if constant is not None else None)
        path = self.paths[module.name]
        return Setting(
            name=variable,
            value_state="computed" if given and constant is None else known.state,
            role="read",
            kind=self.kind,
            source=path,
            path=path,
            place=Site(module.name, at),
            number=known.number,
            unit=known.unit,
            group=module.scope(number).qualname,
            any_case=not self.options.case_sensitive,
            at_import=self._is_made_at_import(module.scope(number).name, module),
        )

    @staticmethod
    def _is_made_at_import(name: str, module: ModuleIndex) -> bool:
        """`settings = Settings()` in the body of the class's own module."""
        return any(use.scope == 0 for use in module.calls.get(name, ()))

    def _cased(self, name: str) -> str:
        return name if self.options.case_sensitive else name.upper()


def _described(field: AnnotatedAssign) -> list[Expression]:
    """What says more of a field: what it is assigned, and each `Field(…)` in `Annotated[…]`."""
    inside = [node for node in walk(field.annotation) if isinstance(node, Call) and last_name(node.function) == "Field"]
    return [field.value, *inside] if field.value is not None else [*inside]


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
