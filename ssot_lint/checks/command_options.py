"""Commands of click whose functions do not take what their options and arguments give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_lint.callgraph.arguments import Arguments, bind
from ssot_lint.callgraph.values import NOTHING
from ssot_lint.checks.bindings import is_bound_anew
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.facts.model import Attribute, Call, Const, Expression
from ssot_lint.project.entry_points.view import View

_COMMANDS = frozenset(("command", "group"))
_PASSING = frozenset(("click.pass_context", "click.pass_obj"))
# What gives nothing to the function.
_ASIDE = frozenset(("click.version_option", "click.help_option", "click.confirmation_option"))
_PARAMETERS = frozenset(("click.option", "click.argument"))
# A command's class of one's own may have options of its own.
_OWN_CLASS = "command_class"


def misfits(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such function, where it is defined, and what is wrong: it is called by keyword, after the context."""
    for node in start.graph.nodes.values():
        function = node.activation.function
        place = Reached(node, 0, 0)
        if function is None or not start.counts(place) or is_bound_anew(function.code):
            continue
        definition = start.context.surroundings.definition(node.module, function.code.index)
        if definition is None or function.owner is not None or len(definition.decorators) < 2:
            continue
        module = function.code.module
        given = _given(View(module.source, module.facts, b""), [each for each, _ in definition.decorators])
        problem = bind(function.code.signature, given).problem if given is not None else ""
        if problem and not any(True for _ in start.bindings.scopes_with(_OWN_CLASS)):
            text = f"{function.code.scope.name}() {problem}: its options and arguments give that by name"
            yield place._replace(at=definition.at), text


def _given(view: View, decorators: Iterable[Expression]) -> Arguments | None:
    """What click calls the function with; None where that is not told, or it is no command of click."""
    passed, names = 0, []
    is_command = False
    for decorator in decorators:
        call = decorator if isinstance(decorator, Call) else None
        written = call.function if call is not None else decorator
        made_by = view.origin(written)
        if made_by in _PASSING:
            passed += 1
        elif call is not None and made_by in _PARAMETERS:
            name = _parameter(call, is_option=made_by == "click.option")
            if name is None:
                return None
            names += [name] if name else []
        elif isinstance(written, Attribute) and written.name in _COMMANDS and not is_command:
            is_command = call is None or not any(name in (None, "cls", "params") for name, _ in call.keywords)
            if not is_command:
                return None
        elif made_by not in _ASIDE:
            return None
    if not is_command or not names:
        return None
    return Arguments((NOTHING,) * passed, dict.fromkeys(names, NOTHING))


def _parameter(call: Call, *, is_option: bool) -> str | None:
    """The name of the function's parameter, as click makes it; empty where it gives none, None where it is not told."""
    written = [each.value if isinstance(each, Const) else None for each in call.arguments]
    texts = [each for each in written if isinstance(each, str)]
    keywords = dict(call.keywords)
    if len(texts) != len(written) or not texts or None in keywords or "cls" in keywords:
        return None
    if "expose_value" in keywords:
        exposed = keywords["expose_value"]
        return "" if isinstance(exposed, Const) and exposed.value is False else None
    given = [each for each in texts if each.isidentifier()] if is_option else texts[:1]
    if not given:
        # The first of those with the longest prefix: `--log-level` rather than `-l`.
        options = [each.partition("/")[0].rstrip() for each in texts]
        given = [max(options, key=lambda each: len(each) - len(each.lstrip("-"))).lstrip("-").lower()]
    name = given[-1] if is_option else given[0].lower()
    name = name.replace("-", "_")
    return name if name.isidentifier() else None
