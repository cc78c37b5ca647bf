"""What a call reads, by the qualified name of its target. Knows nothing of how that name was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssot_lint.facts.model import Const, Display, Expression, Star
from ssot_lint.settings.model import Need


@dataclass(frozen=True)
class Idiom:
    """A function that reads a setting.

    Args:
        key: the position of the key, and `names` the keywords that it may be given by.
        default: the position of the default, or None where it can only be given by the keyword `default`.
        without: what the read needs where no default is given.
        fallback: the key where none is given.
        takes_all: whether all positional arguments from there on are keys.
    """

    key: int = 0
    names: tuple[str, ...] = ("key",)
    default: int | None = 1
    without: Need = "bare"
    default_names: tuple[str, ...] = ("default",)
    fallback: str = ""
    takes_all: bool = False


@dataclass(frozen=True)
class Read:
    """The key and the default of one call, unevaluated; `need` holds where the default is one."""

    key: Expression
    default: Expression | None
    need: Need


_REQUIRED = Idiom(without="required")
_TYPED = Idiom(names=("name", "var"), default=None, without="required")
_CALLS: dict[str, Idiom] = {
    "os.getenv": Idiom(),
    "os.getenvb": Idiom(),
    "os.environ.get": Idiom(),
    "os.environ.pop": _REQUIRED,
    "os.environ.setdefault": Idiom(without="optional"),
    "os.environ.__getitem__": Idiom(default=None, without="required"),
    "os.environ.__contains__": Idiom(default=None, without="optional"),
    "decouple.config": Idiom(names=("option",), without="required"),
    "dj_database_url.config": Idiom(names=("env",), default=None, without="optional", fallback="DATABASE_URL"),
    "starlette.config.Config.__call__": Idiom(default=2, without="required"),
}
FALLBACKS = {"db": "DATABASE_URL", "db_url": "DATABASE_URL", "cache_url": "CACHE_URL", "email_url": "EMAIL_URL"}
"""The key that a method of `environ.Env` reads where it is given none."""

_SECOND_IS_CAST = frozenset({"__call__", "list", "tuple", "dict", "get_value"})
"""The methods of `environ.Env` that take a type before the default, as others do not: `env("PORT", int, 80)`."""
_TYPED_READERS = frozenset(
    {
        "environ.Env", "environ.FileAwareEnv", "environs.Env", "environs.FileAwareEnv",
        "decouple.Config", "decouple.AutoConfig",
    }
)  # fmt: skip
CALLABLE_READERS = frozenset({name.rpartition(".")[2] for name in _TYPED_READERS})
"""The classes whose instances are called with a key, by their last names."""

_NOT_READS = frozenset({"read_env", "read_envfile", "prefixed", "seal", "add_parser", "dump", "parse_value", "Scheme"})


def idiom_of(target: str) -> Idiom | None:
    """The idiom of a target such as `os.environ.get` or `environ.Env.bool`, or None where it reads nothing."""
    if target in _CALLS:
        return _CALLS[target]
    owner, _, method = target.rpartition(".")
    if owner in _TYPED_READERS and method not in _NOT_READS and (method == "__call__" or not method.startswith("_")):
        default = 2 if owner.startswith("environ.") and method in _SECOND_IS_CAST else 1
        return Idiom(_TYPED.key, _TYPED.names, default, "required", fallback=FALLBACKS.get(method, ""))
    return None


def read_of(
    idiom: Idiom, arguments: Sequence[Expression], keywords: Sequence[tuple[str | None, Expression]]
) -> Read | None:
    """What a call with those arguments reads, or None where its key is not to be seen."""
    if idiom.takes_all:
        return Read(Display("tuple", list(arguments[idiom.key :]), 0), None, need_of(None, idiom.without))
    if any(isinstance(argument, Star) for argument in arguments):
        return None
    named = {name: value for name, value in keywords if name is not None}
    # What stands before the first argument is the object that the method is of: `os.environ[self]`.
    key = arguments[idiom.key] if 0 <= idiom.key < len(arguments) else _first(named, idiom.names)
    if key is None:
        if not idiom.fallback or arguments:
            return None
        key = Const(idiom.fallback)
    default = _first(named, idiom.default_names)
    if default is None and idiom.default is not None and len(arguments) > idiom.default:
        default = arguments[idiom.default]
    unpacked = any(name is None for name, _ in keywords)
    return Read(key, default, "optional" if unpacked else need_of(default, idiom.without))


def need_of(default: Expression | None, without: Need) -> Need:
    """What a read with that default needs: a default of None is one only where its lack would be an error."""
    if default is None:
        return without
    is_none = isinstance(default, Const) and default.value is None
    return "bare" if is_none else "optional"


def is_empty(default: Expression | None) -> bool:
    """Whether a default is as good as none where None is refused: `""`."""
    return isinstance(default, Const) and not default.value


def _first(named: dict[str, Expression], names: Sequence[str]) -> Expression | None:
    return next((named[name] for name in names if name in named), None)
