"""SSOT110."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks import library_calls, library_names, logging_classes, model_statements
from ssot_lint.checks.bindings import Bindings
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.loops import BRANCHING
from ssot_lint.checks.origin import is_written_in
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.shortened import shortened
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.turns import comes_in_turn, is_listed
from ssot_lint.facts.model import Call, Const, If
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Level, Violation
from ssot_lint.project.model import LostTarget


class Rule:
    """An import that runs at import or at startup names a module of the project, or a name in one, that is not there.

    ## What it does

    Looks at the imports that the start runs, in module bodies and in functions that it calls. Reports those of a
    module that the project's own package does not hold, of a name that its module surely does not bind, and relative
    ones whose dots lead out of the package; of Python's own library, what the Python of the image or of
    `.python-version` does not have yet, or has no more (a warning for that of `requires-python`), and what no version
    has. A star import takes all names that `__all__` lists. `import_module("…")` counts where the text is written out,
    also in a table of which a loop takes all. Nor is there a module by a name that leaves out the package above, as
    `app.core` for `backend.app.core`, where others name it whole. So do
    targets that are named elsewhere, where the project's own package surely lacks them: in the command lines of
    Dockerfiles, compose files and Procfiles and of the scripts that they run, in declared commands, in Celery's
    `imports`, in Django's settings, and in the dict that `logging.config.dictConfig` is given, where also formatters,
    filters and handlers are missed that one of its entries names. A plug-in that is gone is a warning.

    It says nothing of imports inside `try` with a handler that takes the error, of modules that the build writes or
    git ignores, of compiled ones, and of modules that may bind any name (`__getattr__`, `globals()`, star imports from
    elsewhere).

    ## Why is this bad?

    The program ends with `ImportError` or `ModuleNotFoundError` before it serves.

    ## Example

    ```python
    from billing.gateways.card import charge_card  # the function has been renamed to `charge`
    ```

    ## Fix

    Import what is there, or bring back what is gone.

    ## Options

    `--all-phases` also reports imports that run later, and those in code that nothing reaches.
    """

    code = "SSOT110"
    name = "unresolved-import"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each import that is certain to fail."""
        start = Start(context, self.code, ImportError)
        missing = start.missing("module", "member")
        found = (
            (place, each)
            for place, each in missing
            if not _is_variant(context, place, each) and _is_named(context, place, each)
        )
        failing = ((place, _lacks(start, place, each)) for place, each in found)
        for place, message in start.earliest((place, message) for place, message in failing if message):
            if place.reach is None or start.ends_it(place):
                yield start.violation(place, message)
        imports = library_names.imported(start)
        nowhere = (
            *library_calls.unimportable(start, imports),
            *model_statements.gone(start, imports),
            *shortened(start, imports),
            *_lacking_what_texts_name(start),
        )
        for place, message in start.earliest(nowhere):
            if place.reach is None or start.ends_it(place):
                yield start.violation(place, message)
        newer = {place.site: (place, message, level) for place, message, level in library_names.lacking(start, imports)}
        for place, message in start.earliest((place, message) for place, message, _ in newer.values()):
            if place.reach is None or start.ends_it(place):
                yield start.violation(place, message, newer[place.site][2])
        configured = Start(context, self.code, ValueError)
        for place, message in configured.earliest(logging_classes.lost(configured)):
            yield configured.violation(place, message)
        yield from filter(None, (_of_target(start.bindings, each, self.level) for each in context.lost))


def _of_target(bindings: Bindings, target: LostTarget, level: Level) -> Violation | None:
    """What is said of a target that is named outside of imports, if it is surely not there."""
    if target.symbol:
        message = f"`{target.module}` has no `{target.symbol}`"
        is_lost = not bindings.may_have(target.module, target.symbol)
    else:
        name = _first_missing(bindings, target.module)
        message = f"there is no module `{name}`"
        is_lost = bindings.may_lack_module(name)
    if not is_lost:
        return None
    return Violation(
        Rule.code,
        level if target.is_start else "warning",
        f"{message}: {target.words} names it",
        target.place,
        phase="import",
        target=".".join(filter(None, (target.module, target.symbol))),
    )


def _lacking_what_texts_name(start: Start) -> Iterator[tuple[Reached, str]]:
    """Modules that are imported by a text, and lack what such a text names behind a colon: `"app.health:check"`.

    Of a text at a time, `getattr` is a read like any other, and SSOT113 tells.
    """
    for node in start.graph.nodes.values():
        asks = any(call.target == "<builtin>.getattr" for call in node.calls)
        for call in node.calls if asks and _splits_at_colons(node) else ():
            place = Reached(node, call.at, call.half, call.certainty)
            is_imported = call.kind == "import" and call.target in start.context.project.modules
            if not is_imported or not start.counts(place):
                continue
            if not isinstance(start.context.surroundings.node(place.site), Call):
                continue
            here = {each.target for each in node.calls if each.kind == "import" and each.at == call.at}
            if not any(not call.target.startswith(f"{each}.") and each != call.target for each in here):
                continue
            lost = [name for name in _named_in(start, call.target) if not start.bindings.may_have(call.target, name)]
            if lost and _is_named(start.context, place, Missing("module", call.at, call.half, None, call.target)):
                yield place, f"`{call.target}` has no `{lost[0]}`, which a text names"


def _splits_at_colons(node: Node) -> bool:
    """Whether a function has a `":"` of its own: without one, texts with colons are keys of something else."""
    return any(isinstance(each, Const) and each.value == ":" for each in walk(node.activation.code.scope.read()))


def _named_in(start: Start, module: str) -> list[str]:
    """What texts of the loaded code name of a module behind a colon."""
    before = f"{module}:"
    texts = {
        each.value.removeprefix(before)
        for _, _, scope in start.bindings.scopes_with(before)
        for each in walk(scope.read())
        if isinstance(each, Const) and isinstance(each.value, str) and each.value.startswith(before)
    }
    return sorted(text for text in texts if text.isidentifier())


def _is_variant(context: CheckContext, place: Reached, missing: Missing) -> bool:
    """Whether it may be a compiled variant of what Python code does too: private, and behind a test."""
    is_private = missing.name.rpartition(".")[2].startswith("_")
    return is_private and any(isinstance(step.node, If) for step in context.surroundings.of(place.site))


def _is_named(context: CheckContext, place: Reached, missing: Missing) -> bool:
    """Whether an import by a text, `import_module(name)`, is surely of that name, and no test stands before it."""
    call = context.surroundings.node(place.site)
    if not isinstance(call, Call):
        return True
    if written(call).rpartition(".")[2] == "resolve_name":
        return False  # what it is given may go on inside a class
    named = (
        call.arguments[0] if call.arguments else next((value for name, value in call.keywords if name == "name"), None)
    )
    if named is None or any(isinstance(step.node, BRANCHING) for step in context.surroundings.of(place.site)):
        return False
    if missing.kind == "member":
        return is_written_in(place, named, f"{missing.owner}.{missing.name}", context.surroundings)
    if is_written_in(place, named, missing.name, context.surroundings):
        return True
    in_turn = comes_in_turn(context.surroundings, place.node, place.half, place.site, named)
    return in_turn and is_listed(context.bindings, missing.name)


def _lacks(start: Start, place: Reached, missing: Missing) -> str:
    """What an import is certain not to find; empty where it may find it."""
    bindings = start.bindings
    if missing.kind == "member" and isinstance(missing.owner, str):
        if start.may_have(place, missing.owner, missing.name):
            return ""
        return f"`{missing.owner}` has no `{missing.name}`"
    if missing.name.startswith("."):
        return (
            "" if bindings.may_be_below(place.node.module) else f"the dots of `{missing.name}` lead out of the package"
        )
    name = _first_missing(bindings, missing.name)
    return f"there is no module `{name}`" if bindings.may_lack_module(name) else ""


def _first_missing(bindings: Bindings, name: str) -> str:
    """The outermost part of a dotted name that is no module."""
    parts = name.split(".")
    names = (".".join(parts[:end]) for end in range(1, len(parts) + 1))
    return next((each for each in names if not bindings.is_module(each)), name)
