"""SSOT113."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import FrozenInstanceError
from functools import partial
from itertools import groupby

from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.values import Bound, Class, ExternalInstance, Function, Instance, Module
from ssot_lint.checks import above, builtin_values, early_state, early_uses, keys, library_calls, mapped, members
from ssot_lint.checks.annotated import lacking
from ssot_lint.checks.bindings import Bindings, is_bound_anew, names_bound
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.definition_order import is_postponed
from ssot_lint.checks.early_reads import early
from ssot_lint.checks.given_none import without
from ssot_lint.checks.initialising import Initialisers, inside
from ssot_lint.checks.known import (
    is_below_known,
    is_builtin_below,
    is_closed_model,
    is_enumeration,
    is_named_tuple,
    is_plain,
    is_used,
    names_of_base,
)
from ssot_lint.checks.none_uses import Use
from ssot_lint.checks.protocols import unenterable
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.read_first import never_set
from ssot_lint.checks.receivers import is_this_very
from ssot_lint.checks.setting import unsettable
from ssot_lint.checks.standing_in import stands_in
from ssot_lint.checks.sureness import is_known, is_made_here, is_mixed_in, own_class, rests_on_a_choice
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.turns import comes_in_turn
from ssot_lint.checks.unset import unset
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.checks.writing_by_name import is_text, may_write
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Call,
    Const,
    Expression,
    Name,
    Star,
    Statement,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Level, Violation

# What `self.__name` becomes in the body of a class (Python reference, section 6.2.1).
_MANGLED = re.compile(r"_[^\W_]\w*?__\w")
_DYNAMIC_METHODS = frozenset(("__getattr__", "__getattribute__", "__setattr__", "__get__", "__class_getitem__"))
# Decorators that leave a function one, and give it these attributes.
_CACHING = frozenset(("lru_cache", "cache"))
_OF_CACHED = frozenset(("cache_info", "cache_clear", "cache_parameters"))
# What None refuses with a `TypeError`.
_REFUSED: tuple[Use, ...] = ("index", "loop", "operator", "search", "argument")
# What classes and the members of enumerations have, beside what has two underscores around its name.
_OF_CLASSES = frozenset((
    "mro", "name", "value", "_name_", "_value_", "_missing_", "_generate_next_value_", "_member_map_", "_member_names_",
    "_value2member_map_", "_member_type_",
))  # fmt: skip
# Whose attributes are all told, by the project or by what is known of their bases.
_KNOWING = (is_plain, is_enumeration, is_named_tuple, is_closed_model, is_builtin_below, is_below_known)


class Rule:
    """An attribute of a module, class or instance of the project does not exist.

    ## What it does

    Looks at the attributes that the start reads. Reports those of a module that it surely does not bind, and those of a
    class or of an instance of a known class that no class body in its order binds or annotates, and that no line of the
    loaded code writes, on anything. What only an `__init__` writes that another one replaces without calling it is not
    there, nor is it before that `__init__` comes to it, nor what the start sets on `app.state` only later. A global or
    attribute that is None has no attributes, and can't be computed with, searched, or given to `len()`, `Path()` and
    the like, if nothing sets it, or only functions that the start surely does not call, or if it keeps an argument
    without which its instance was made;
    nor has one that a method uses and that only another method sets, to which the start comes later, or that whatever
    sets it reads first; nor has a package
    a module that nothing imports, or a function what nobody sets on it. A dict that is written out has no other keys,
    if nobody adds any, and an enumeration no other members. Names that a loop gives `getattr` count too, writes for
    which `__slots__` leaves no room or a pydantic model has no field, and calls of what Python's own library, its
    loggers and its builtin types have in no version.

    It says nothing of classes with metaclasses, decorators or bases from elsewhere (but for some bases, such as
    SQLAlchemy's `DeclarativeBase` and classes of Python's own library) or metaclasses that change them, of
    `__getattr__`, of classes and modules that are written to by `setattr`, `__dict__` or `globals()`, of code inside
    `try` with a handler that takes the error, and of names that the same file asks `hasattr` or `getattr` about.

    ## Why is this bad?

    The program ends with `AttributeError` before it serves.

    ## Example

    ```python
    app.logger.setLevel(settings.log_levl)  # the attribute is `log_level`
    ```

    ## Fix

    Name what is there.

    ## Options

    `--all-phases` also reports attributes that are read later, and those in code that nothing reaches.
    """

    code = "SSOT113"
    name = "missing-attribute"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each read that is certain to fail."""
        start = Start(context, self.code, AttributeError)
        asking = Start(context, self.code, KeyError)
        yield from asking.violations((*keys.lacking(asking), *members.unknown(asking, "name")))
        ways = (
            _failing,
            above.lacking,
            lacking,
            library_calls.lacking,
            library_calls.undecorating,
            unenterable,
            early,
            early_state.early,
            early_uses.early,
            never_set,
            partial(unset, use="attribute"),
            partial(without, attributes=True),
        )
        yield from start.violations(found for find in ways for found in find(start))
        indexing = Start(context, self.code, TypeError)
        refused = (each for use in _REFUSED for each in unset(indexing, use))
        yield from indexing.violations((*refused, *without(indexing, attributes=False)))
        setting = Start(context, self.code, FrozenInstanceError)
        yield from setting.violations(unsettable(setting))
        refusing = Start(context, self.code, ValueError)
        yield from refusing.violations(unsettable(refusing, of_models=True))


def _failing(start: Start) -> Iterator[tuple[Reached, str]]:
    asked: dict[str, frozenset[str]] = {}
    for (place, name), found in groupby(start.missing("attribute"), lambda each: (each[0], each[1].name)):
        missing = [each for _, each in found]
        messages = [_lacks(start, place, each) for each in missing]
        read = _owner_of(start, place) if all(messages) else None
        if read is None or not all(_is_certain(start, place, each, read) for each in missing) or _is_hint(start, place):
            continue
        if any(isinstance(each.owner, Module) and not _go_together(start, place, each.owner, name) for each in missing):
            continue
        module = place.node.module
        if module not in asked:
            asked[module] = frozenset(_asked_for(place))
        if name not in asked[module]:
            yield place, messages[0]


def _owner_of(start: Start, place: Reached) -> Expression | None:
    """Of what an attribute is read at a place, be it by `getattr` with the names that a loop goes over."""
    surroundings = start.context.surroundings
    read = surroundings.node(place.site)
    if isinstance(read, Attribute):
        return read.value
    if not isinstance(read, Call) or written(read.function) != "getattr" or len(read.arguments) != 2:
        return None
    owner, name = read.arguments
    in_turn = comes_in_turn(surroundings, place.node, place.half, place.site, name)
    return owner if in_turn and not isinstance(owner, Star) else None


def _go_together(start: Start, place: Reached, module: Module, name: str) -> bool:
    """Whether a module and a name that `getattr` gets come from one text: of several, they may be of two."""
    read = start.context.surroundings.node(place.site)
    if not isinstance(read, Call) or not any(isinstance(each, Call) for each in read.arguments[:1]):
        return True
    texts = (f"{module.name}.{name}", f"{module.name}:{name}")
    return any(
        isinstance(each, Const) and each.value in texts
        for _, _, scope in start.bindings.scopes_with(module.name)
        for each in walk(scope.read())
    )


def _is_hint(start: Start, place: Reached) -> bool:
    """Whether it stands in an annotation that Python does not evaluate."""
    code = place.node.activation.code
    around = [step for step in start.context.surroundings.of(place.site) if step.field == "annotation"]
    is_local = code.scope.kind == "function" and any(isinstance(step.node, AnnotatedAssign) for step in around)
    return bool(around) and (is_local or is_postponed(code.module.facts))


def _is_certain(start: Start, place: Reached, missing: Missing, read_of: Expression) -> bool:
    """Whether what is read is what the analysis says, and not something else by way of joined contexts."""
    # Where nothing leads to the code, what it gets is joined from all who might call it.
    if missing.several and (place.reach is None or rests_on_a_choice(place.reach, start.context.surroundings)):
        return False
    if isinstance(missing.owner, builtin_values.BUILTIN):
        return builtin_values.is_it(start, place, read_of)
    if isinstance(missing.owner, Function) and builtin_values.asks(
        place.node.activation.code.scope.body, last_name(read_of)
    ):
        return False
    if isinstance(missing.owner, Instance) and is_made_here(place, missing.owner):
        return True
    if is_mixed_in(place, read_of):
        return False
    own = own_class(place, read_of)
    if own is not None and place.reach is None and not is_used(own):
        return False
    bindings, owner = start.bindings, missing.owner
    if own is not None and isinstance(owner, Instance) and _is_unset(bindings, owner, missing.name):
        return True
    if own is not None and is_this_very(start, place, read_of, missing.owner):
        return True
    if own is not None and isinstance(missing.owner, (Instance, Class)):
        return all(_class_lacks(start.bindings, each, missing.name) for each in (own, *own.all_subclasses()))
    return is_known(start, place, read_of)


def _is_unset(bindings: Bindings, owner: Instance, name: str) -> bool:
    """Whether what an `__init__` above would set is missing, as the instance's own does not call on."""
    known = bindings.initialisers
    return not owner.open and any(known.writes(each, name) for each in known.uninitialised(owner.info))


def _lacks(start: Start, place: Reached, missing: Missing) -> str:
    """What a read is certain not to find; empty where it may find it."""
    bindings = start.bindings
    owner, name = missing.owner, missing.name
    if (name.startswith("__") and name.endswith("__")) or _MANGLED.match(name):
        return ""
    if isinstance(owner, Module):
        if _is_not_imported(start, owner.name, name):
            return f"nothing has imported the module `{owner.name}.{name}`"
        return "" if start.may_have(place, owner.name, name) else f"the module `{owner.name}` has no attribute `{name}`"
    if isinstance(owner, (Bound, Function)):
        return _of_function(start, owner, name)
    if isinstance(owner, builtin_values.BUILTIN):
        return f"`{builtin_values.type_name(owner)}` has no attribute `{name}`"
    if isinstance(owner, ExternalInstance):
        writes = bindings.writes
        is_written = name in writes.foreign or name in writes.on_state or "state" in writes.by_variable
        may_be_set = name.startswith("_") or is_written
        return "" if may_be_set else f"nothing sets `{name}` on the application's state"
    if not isinstance(owner, (Instance, Class)):
        return ""
    if stands_in(start.context.surroundings, owner.info.code):
        return ""
    # What is read from a class, or from an instance of it or of one below, may be read from one below.
    is_one = isinstance(owner, Instance) and not owner.open
    below = () if is_one else owner.info.all_subclasses()
    if not all(_class_lacks(bindings, each, name) for each in (owner.info, *below)):
        return ""
    message = f"`{owner.info.code.scope.name}` has no attribute `{name}`"
    if isinstance(owner, Instance) and _is_unset(bindings, owner, name):
        return f"{message}: its `__init__` does not run the one that sets it"
    return message


def _is_not_imported(start: Start, package: str, name: str) -> bool:
    """Whether it is a module of a package that no loaded code imports, and that the package binds no other way."""
    bindings = start.bindings
    module = f"{package}.{name}"
    names = bindings.of(package)
    if names is None or not bindings.is_module(module) or names.dynamic or names.has_getter or names.stars:
        return False
    if name in names.bound or names.finds_modules or bindings.writes.on(module, name) or bindings.is_imported(module):
        return False
    return not any(what == "import_module" for what, _ in start.graph.dynamics) and not any(
        node.module == module for node in start.graph.nodes.values()
    )


def _of_function(start: Start, value: Bound | Function, name: str) -> str:
    """What is said of an attribute that is read from a function as it is written; empty where it may have it."""
    function = value.function if isinstance(value, Bound) else value
    code = function.code if isinstance(function, Function) else None
    definition = start.context.surroundings.definition(code.module.name, code.index) if code is not None else None
    if code is None or definition is None or name in start.bindings.writes.foreign:
        return ""
    decorators = [written(each).rpartition(".")[2] for each, _ in definition.decorators]
    if any(each not in _CACHING for each in decorators) or (decorators and name in _OF_CACHED):
        return ""
    if isinstance(value, Bound):
        return f"`{code.scope.name}` is a method, which is not called before its `{name}` is read"
    is_open = code.scope.kind != "function" or code.scope.name in start.bindings.writes.by_variable
    return "" if is_open or is_bound_anew(code) else f"`{code.scope.name}` is a function, and has no `{name}`"


def _class_lacks(bindings: Bindings, info: ClassInfo, name: str) -> bool:
    """Whether a class and its instances are certain not to have an attribute."""
    if name in _OF_CLASSES or name in bindings.writes.foreign or "__bases__" in bindings.writes.foreign:
        return False
    if not any(knows(info) for knows in _KNOWING) or mapped.may_have(bindings, info, name):
        return False
    if info.code.scope.name in bindings.writes.opened:
        return False
    bases = [*info.outside, *(["abc.ABC"] if info.metaclasses else [])]
    if any(name in names_of_base(path) for path in bases) or _has_metaclass_with(info, name):
        return False
    known = bindings.initialisers
    skipped = known.uninitialised(info)
    if any(_may_have(known, each, name, skipped) for each in info.classes):
        return False
    # A method of a base may be run on an instance that has other bases too.
    below = info.all_subclasses()
    return not any(known.writes(base, name, known.uninitialised(each)) for each in below for base in each.classes)


def _has_metaclass_with(info: ClassInfo, name: str) -> bool:
    """Whether the class, unlike its instances, has a name from a metaclass of the project."""
    metaclasses = [each.info for each in info.metaclasses if isinstance(each, Class)]
    return any(name in above.names or name in above.fields for each in metaclasses for above in each.classes)


def _may_have(known: Initialisers, info: ClassInfo, name: str, skipped: Sequence[ClassInfo]) -> bool:
    """See `_has`; asked once, whatever class is below."""
    key = (info, name, info in skipped)
    if key not in known.answers:
        known.answers[key] = _has(known, info, name, skipped)
    return known.answers[key]


def _has(known: Initialisers, info: ClassInfo, name: str, skipped: Sequence[ClassInfo]) -> bool:
    """Whether a class itself may have the attribute, or give it to its instances, if some `__init__`s do not run."""
    facts = info.code.module.facts
    scope = info.code.scope
    if info.dynamic or name in scope.bound or _DYNAMIC_METHODS.intersection(scope.bound):
        return True
    if known.writes(info, name, skipped):
        return True
    if any(name in names_bound(facts, statement) for statement in nested(scope.body)):
        return True
    if any(is_text(node, name) for statement in scope.body if not _is_plain(statement) for node in walk(statement)):
        return True
    classes = {each.code.scope.name for each in (*info.classes, *info.all_subclasses())}
    return any(may_write(each, name, classes) for each in inside(info, skipped))


def _is_plain(statement: Statement) -> bool:
    """Whether it gives a name a constant, as members of enumerations have theirs: what that says, names nothing."""
    return (
        isinstance(statement, (Assign, AnnotatedAssign))
        and isinstance(statement.value, Const)
        and all(isinstance(each, Name) and not each.id.startswith("__") for each in targets(statement))
    )


def _asked_for(place: Reached) -> Iterator[str]:
    """The names that the file asks `hasattr` or `getattr` about."""
    scopes = place.node.activation.code.module.facts.scopes
    questions = (
        node
        for scope in scopes
        for node in walk(scope.body)
        if isinstance(node, Call) and isinstance(node.function, Name) and node.function.id in ("hasattr", "getattr")
    )
    names = (each for question in questions for each in question.arguments[1:2])
    yield from (each.value for each in names if isinstance(each, Const) and isinstance(each.value, str))
