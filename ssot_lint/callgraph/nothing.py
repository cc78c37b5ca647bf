"""What is done with None that it refuses: noted where the analysis sees it, for rules to judge."""

from __future__ import annotations

from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.operators import REFLECTED
from ssot_lint.callgraph.values import Constant, Container, External, ExternalInstance, Instance, Module, Values
from ssot_lint.facts import model

# Functions that refuse None as their first argument.
REFUSING = frozenset((
    *(f"<builtin>.{name}" for name in (
        "abs", "all", "any", "bytes", "chr", "dict", "enumerate", "float", "frozenset", "int", "iter", "len", "list",
        "max", "min", "open", "ord", "reversed", "round", "set", "sorted", "sum", "tuple",
    )),
    *(f"pathlib.{name}" for name in ("Path", "PosixPath", "PurePath", "PurePosixPath")),
    *(f"os.path.{name}" for name in (
        "abspath", "basename", "dirname", "exists", "expanduser", "expandvars", "getsize", "isabs", "isdir", "isfile",
        "join", "normpath", "realpath", "split", "splitext",
    )),
    *(f"os.{name}" for name in ("chdir", "getenv", "makedirs", "mkdir", "remove", "rmdir", "unlink")),
    "base64.b64decode", "json.loads", "re.compile", "time.sleep",
))  # fmt: skip
# What refuses None on its right, whatever its class does else.
_PLAIN_PATHS = frozenset(("<builtin>.str", "<builtin>.int", "<builtin>.float", "<builtin>.bytes", "pathlib.Path"))


def note_none(frame: Frame, expression: model.Expression, values: Values, at: int, name: str) -> None:
    """Notes a use of what is None: of a global, or of an attribute of one thing."""
    # A global that is None may be bound anew later, by what was not looked at.
    if frame.machine.none not in values or not values <= {frame.machine.none, frame.machine.unknown}:
        return
    if isinstance(expression, model.Name):
        frame.activation.missing[Missing("none", at, frame.half, None, name, len(values) > 1)] = None
    elif isinstance(expression, model.Attribute) and isinstance(expression.value, (model.Name, model.Attribute)):
        owners = frame.machine.evaluate(frame, expression.value)
        owner = next(iter(owners), None)
        if len(owners) == 1 and (len(values) == 1 or isinstance(owner, Module)):
            frame.activation.missing[Missing("none", at, frame.half, owner, name)] = None


def note_argument(frame: Frame, node: model.Call, callees: Values, arguments: Arguments) -> None:
    """Notes None as the first argument of what refuses that: `len(x)`, `Path(x)`."""
    if not arguments.positional or frame.machine.none not in arguments.positional[0] or len(callees) != 1:
        return
    (callee,) = callees
    given = next(iter(node.arguments), None)
    if isinstance(callee, External) and given is not None and not isinstance(given, model.Star):
        path = frame.machine.models.canonical(callee.path)
        if path in REFUSING:
            note_none(frame, given, arguments.positional[0], node.at, f"{path.rpartition('.')[2]}()")


def note_left(frame: Frame, expression: model.Expression, left: Values, method: str, right: Values, at: int) -> None:
    """Notes None on the left of an operator, but where the right side may know what to do with it."""
    if frame.machine.none in left and method != "__or__" and not any(isinstance(each, Instance) for each in right):
        note_none(frame, expression, left, at, method)


def note_right(frame: Frame, expression: model.Expression, left: Values, method: str, right: Values, at: int) -> None:
    """Notes None on the right of an operator whose left side is a text, a number, or a path."""
    name = REFLECTED.get(method)
    if frame.machine.none in right and name and method not in ("__or__", "__mod__") and all(map(_is_plain, left)):
        note_none(frame, expression, right, at, name)


def _is_plain(value: object) -> bool:
    if isinstance(value, ExternalInstance):
        return value.path in _PLAIN_PATHS
    return isinstance(value, (Constant, Container))
