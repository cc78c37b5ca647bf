"""Values that a pydantic model is made with, written out, and that its fields refuse."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import Made
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.outside import MODELS
from ssot_lint.checks.known import is_closed_model
from ssot_lint.checks.model_statements import has_pydantic_2, supports_both
from ssot_lint.checks.named_classes import NamedClasses
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Call,
    Const,
    Define,
    DictDisplay,
    Display,
    Expression,
    Index,
    Name,
    Operation,
)
from ssot_lint.facts.nested import walk

_VALIDATING = frozenset(("field_validator", "validator", "model_validator", "root_validator"))
_HOOKS = frozenset(("__init__", "__new__", "__get_pydantic_core_schema__", "__get_validators__", "Config"))
_COERCING = "coerce_numbers_to_str"
_TRUTHS = frozenset(("0", "off", "f", "false", "n", "no", "1", "on", "t", "true", "y", "yes"))
_SCALARS = frozenset(("str", "int", "float", "bool", "bytes"))
_MAPPINGS = frozenset(("dict", "Dict"))
_ITEMS = frozenset(("list", "List", "set", "Set", "frozenset", "FrozenSet", "tuple", "Tuple"))
_UNIONS = frozenset(("Union", "Optional"))


def misfits(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each call that makes an instance with such a value, and what is wrong."""
    if not has_pydantic_2(start):
        return
    fields = _Fields(start)
    for node in start.graph.nodes.values():
        for (at, half), made in _by_place(node.activation.made):
            place = Reached(node, at, half)
            call = start.context.surroundings.node(place.site) if start.counts(place) else None
            if len(made) != 1 or not isinstance(call, Call) or at in node.activation.opaque:
                continue
            given = [(name, value) for name, value in call.keywords if name is not None and _is_plain(value)]
            what = next(filter(None, (fields.refusal(made[0].info, name, value) for name, value in given)), "")
            if what and is_known(start, place, call.function) and not supports_both(start):
                yield place, f"{made[0].info.code.scope.name}() {what}"


def _by_place(made: dict[Made, None]) -> Iterator[tuple[tuple[int, int], list[Made]]]:
    found: dict[tuple[int, int], list[Made]] = {}
    for each in made:
        if each.kind == "call" and not MODELS.isdisjoint(each.info.outside):
            found.setdefault((each.at, each.half), []).append(each)
    yield from sorted(found.items())


def _is_plain(value: Expression) -> bool:
    return isinstance(value, (Const, Display, DictDisplay))


class _Fields:
    """What the fields of models take, as far as their annotations alone say it."""

    def __init__(self, start: Start) -> None:
        self._classes = NamedClasses(start)

    def refusal(self, info: ClassInfo, name: str, value: Expression) -> str:
        """Why a field refuses a value; empty where it may take it."""
        owner = next((each for each in info.classes if name in each.fields), None)
        if owner is None or not is_closed_model(info) or any(map(_may_change, info.classes)):
            return ""
        described = [
            each.value
            for each in owner.code.scope.body
            if isinstance(each, AnnotatedAssign) and last_name(each.target) == name
        ]
        keys = {key for each in described if isinstance(each, Call) for key, _ in each.keywords}
        if any(key is None or "alias" in key for key in keys):
            return ""
        annotation = owner.fields[name]
        if not self._refuses(owner.code.module.name, annotation, value):
            return ""
        said = written(annotation.value if isinstance(annotation, Index) else annotation)
        what = f", which is {said}," if said else ""
        return f"gets for `{name}`{what} {_shown(value)}, which the model refuses"

    def _refuses(self, module: str, annotation: Expression, value: Expression) -> bool:
        if isinstance(annotation, Operation):
            parts = [annotation.first, *(operand for _, operand, _ in annotation.rest)]
            is_union = all(method == "__or__" for method, _, _ in annotation.rest)
            return is_union and all(self._refuses(module, each, value) for each in parts)
        if isinstance(annotation, Const):
            return annotation.value is None and not (isinstance(value, Const) and value.value is None)
        if isinstance(annotation, Index):
            return self._refuses_generic(module, annotation, value)
        return isinstance(annotation, Name) and self._refuses_named(module, annotation.id, value)

    def _refuses_generic(self, module: str, annotation: Index, value: Expression) -> bool:
        name = written(annotation.value).rpartition(".")[2]
        key = annotation.key
        arguments = key.items if isinstance(key, Display) else [key]
        if name == "Literal":
            allowed = [each.value for each in arguments if isinstance(each, Const)]
            is_told = len(allowed) == len(arguments)
            return is_told and not (isinstance(value, Const) and value.value in allowed)
        if name in _UNIONS:
            is_none = isinstance(value, Const) and value.value is None
            may_be = name == "Optional" and is_none
            return not may_be and all(self._refuses(module, each, value) for each in arguments)
        if name == "Annotated" and all(isinstance(e, Call) and written(e) == "Field" for e in arguments[1:]):
            return self._refuses(module, arguments[0], value)
        return name in _MAPPINGS | _ITEMS and self._refuses_named(module, name, value)

    def _refuses_named(self, module: str, name: str, value: Expression) -> bool:
        if self._classes.is_bound(module, name):
            if name in _SCALARS | {"dict", "list", "set", "tuple", "frozenset"}:
                return False
            texts = self._classes.texts_of(module, name)
            if texts is not None:
                return not isinstance(value, Const) or value.value not in texts
            is_typing = name in _MAPPINGS | _ITEMS and self._classes.comes_from(module, name) == "typing"
            is_model = self._classes.is_model(module, Name(name, -1))
            if not is_typing:
                return is_model and isinstance(value, Const) and value.value is None
        if name in _MAPPINGS:
            return isinstance(value, (Const, Display))
        if name in _ITEMS:
            return isinstance(value, (Const, DictDisplay))
        return name in _SCALARS and _is_no_scalar(name, value)


def _may_change(info: ClassInfo) -> bool:
    """Whether a class may make something else of what is given before its fields see that."""
    if _HOOKS.intersection(info.names):
        return True
    for statement in info.code.scope.body:
        for decorator, _ in statement.decorators if isinstance(statement, Define) else ():
            name = written(decorator).rpartition(".")[2]
            if name in _VALIDATING and not _comes_after(decorator, name):
                return True
    return any(isinstance(node, Const) and node.value == _COERCING for node in walk(info.code.scope.body)) or any(
        key == _COERCING for node in walk(info.code.scope.body) if isinstance(node, Call) for key, _ in node.keywords
    )


def _comes_after(decorator: Expression, name: str) -> bool:
    """Whether a validator sees only what the types of the fields have let pass."""
    keywords = dict(decorator.keywords) if isinstance(decorator, Call) else {}
    mode = keywords.get("mode")
    if mode is None:
        return name in ("field_validator", "validator") and "pre" not in keywords and None not in keywords
    return isinstance(mode, Const) and mode.value == "after"


def _is_no_scalar(name: str, value: Expression) -> bool:
    """Whether pydantic makes no value of a builtin type of what is written there."""
    if not isinstance(value, Const):
        return True
    given = value.value
    if given is None:
        return True
    if name in ("str", "bytes"):
        return not isinstance(given, str)
    if name == "bool":
        return isinstance(given, str) and given.lower() not in _TRUTHS
    if not isinstance(given, str):
        return name == "int" and isinstance(given, float) and not given.is_integer()
    try:
        float(given)
    except ValueError:
        return True
    return False


def _shown(value: Expression) -> str:
    if isinstance(value, Const):
        return repr(value.value)
    return f"a {value.type}" if isinstance(value, Display) else "a dict"
