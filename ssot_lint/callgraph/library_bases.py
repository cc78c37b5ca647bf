"""All that classes of libraries, and of Python's own, give to the classes below them."""

from __future__ import annotations

import inspect
import re
from functools import cache
from importlib import import_module

MAPPED = "sqlalchemy.orm.DeclarativeBase"
"""What SQLAlchemy maps: other classes may give it more, by names in texts (`backref="owner"`)."""

ABSTRACT = frozenset(("abc.ABC", "typing.Protocol", "typing_extensions.Protocol"))
"""What has `abc.ABCMeta` for a metaclass, or one below: no class below it can be made that lacks an abstract method."""

# https://docs.sqlalchemy.org/en/20/orm/mapping_api.html, https://docs.djangoproject.com/en/stable/ref/applications/,
# and the classes' own sources.
_OF_LIBRARIES = {
    "starlette.middleware.base.BaseHTTPMiddleware": frozenset(("app", "dispatch", "dispatch_func")),
    MAPPED: frozenset(("metadata", "registry", "type_annotation_map")),
    "sqlalchemy.ext.asyncio.AsyncAttrs": frozenset(("awaitable_attrs",)),
    "django.apps.AppConfig": frozenset((
        "name", "module", "apps", "label", "verbose_name", "path", "models_module", "models", "default",
        "default_auto_field", "_is_default_auto_field_overridden", "_path_from_module", "create", "get_model",
        "get_models", "import_models", "ready",
    )),
    "django.utils.deprecation.MiddlewareMixin": frozenset((
        "sync_capable", "async_capable", "async_mode", "get_response", "_async_check", "_is_coroutine",
    )),
}  # fmt: skip
# Modules of Python's own that are written in Python, and that to import does nothing else.
_MODULES = frozenset((
    "argparse", "ast", "configparser", "contextlib", "html.parser", "http.server", "json", "json.decoder",
    "json.encoder", "logging", "logging.handlers", "queue", "socketserver", "string", "threading",
))  # fmt: skip
_SET = re.compile(r"\bself\.(\w+)")


@cache
def names_of(path: str) -> frozenset[str] | None:
    """The attributes that a class gives to those below it and to their instances; None where that is not known."""
    of_library = _OF_LIBRARIES.get(path)
    if of_library is not None:
        return frozenset((*of_library, *dir(type)))
    module, _, name = path.rpartition(".")
    found = getattr(import_module(module), name, None) if module in _MODULES else None
    if not isinstance(found, type) or hasattr(found, "__getattr__"):
        return None
    try:
        texts = [inspect.getsource(each) for each in found.__mro__[:-1]]
    except (OSError, TypeError):  # not written in Python, or installed without its sources
        return None
    return frozenset((*dir(found), *dir(type(found)), *(name for text in texts for name in _SET.findall(text))))


def lack(path: str, name: str) -> bool:
    """Whether a class surely gives no attribute of that name."""
    is_special = name.startswith(("__", "_sa_"))
    known = None if is_special else names_of(path)
    return known is not None and name not in known
