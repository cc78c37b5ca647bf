"""What may be said of a value: its state, its number, its digest. The value itself goes no further than this file."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field

from ssot_lint.settings.environments import environment_of_value, environment_of_variable
from ssot_lint.settings.exposure import is_random, known_form
from ssot_lint.settings.model import Form, ValueState
from ssot_lint.settings.names import is_harmless, may_be_secret

_RUN_KEY = secrets.token_bytes(32)

_PLACEHOLDER = re.compile(
    r"""^(?: <[^>]*> | \[[a-z][^\]"',:*]*\] | \{[a-z][^{}$"',:*]*\} | x{3,} | \*{3,} | \.{3,} | -{2,} | _{2,} | \?+
    | (?:replace|change|fill|insert|put|set|enter|add|update)[-_ ]?
      (?:your.* | (?:me|this|it|in|here|with|before|by)(?:[^a-z].*)?)
    | .*change[-_]?(?:me|this|it|in[-_]prod(?:uction)?).* | replace_.* | .*_replace_me | (?!\w+://).*placeholder.*
    | your[-_ ].+ | my[-_ ](?:[a-z0-9]+[-_ ])*(?:key|secret|token|password|value|id)
    | .*[-_ ]here | todo.* | fixme.* | tbd | dummy.* | example.* | .*<[^>]+>.*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPUTED = re.compile(r"\$\{|\$\(|\$[A-Za-z_]|\{\{|\{%|%\([a-zA-Z_]+\)s|<%|`")
_SECRET_URI = re.compile(
    r"""^(?: projects/[^/]+/secrets/(?P<gcp>[^/]+)(?:/versions/.+)? | (?:sm|gcp-?sm|secret|secretmanager)://(?:[^/]+/)*
    (?P<uri>[^/?#]+) | arn:aws:secretsmanager:[^:]*:[^:]*:secret:(?P<aws>[^:]+)(?::.*)?
    | arn:aws:ssm:[^:]*:[^:]*:parameter/?(?P<ssm>.+) )$""",
    re.VERBOSE,
)
_BEHIND_KEYS = 2
"""A key of JSON is followed by the stage and the id of a version, be they empty."""
_NUMBER = re.compile(r"^([+-]?\d{1,15}(?:_\d{3})*(?:\.\d{1,15})?)\s*(ms|s|sec|secs|seconds|m|min|minutes|h|hours)?$")
_UNITS = {"": "", "ms": "ms", "s": "s", "m": "m", "h": "h"}
SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
"""How many seconds a unit is."""


@dataclass(frozen=True)
class Value:
    """What is known of a value."""

    state: ValueState
    secret: str = ""
    digest: str = field(default="", repr=False)
    number: float | None = None
    unit: str = ""
    exposed: str = ""
    tells: str = ""
    speaks: str = ""
    form: Form = ""


UNSET = Value("unset")
COMPUTED = Value("computed")


def digest(value: str) -> str:
    """Equal for equal values within one run, and useless after it (BLAKE2b, RFC 7693, with a key of the run's own)."""
    return hashlib.blake2b(value.encode("utf-8", "surrogatepass"), key=_RUN_KEY, digest_size=16).hexdigest()


def is_placeholder(value: str) -> bool:
    """Whether a person is meant to put something else there."""
    return len(value) <= 200 and bool(_PLACEHOLDER.match(value.strip()))


def classify(name: str, value: str | None) -> Value:
    """What may be kept of `value` (None: the name stands there without one), which stands as the value of `name`."""
    if value is None:
        return UNSET
    text = value.strip()
    if not text:
        return Value("empty")
    if reference := _SECRET_URI.match(text):
        secret = next(group for group in reference.groups() if group)
        return Value("secret", secret=pattern(secret))
    if _COMPUTED.search(text):
        return COMPUTED
    if is_placeholder(text):
        return Value("placeholder", digest=digest(text))
    if may_be_secret(name):
        exposed = known_form(text) or ("random value" if is_random(text) and not is_harmless(name) else "")
        return Value("literal", digest=digest(text), exposed=exposed)
    number, unit = number_of(text)
    login = "login in a URL" if "@" in text and "://" in text and is_random(text) else ""
    return Value(
        "literal",
        digest=digest(text),
        number=number,
        unit=unit,
        exposed=known_form(text) or login,
        tells=environment_of_variable(name, text),
        speaks=environment_of_value(text),
        form=_form_of(text),
    )


def _form_of(text: str) -> Form:
    """What a value may be read as; whole numbers that are written with a point count as such."""
    if text.lower() in {"true", "false", "yes", "no", "on", "off", "t", "f", "y", "n"}:
        return "bool"
    if text in {"0", "1"}:
        return "bit"
    try:
        return "int" if float(text).is_integer() else "float"
    except ValueError:
        return "text"


def number_of(text: str) -> tuple[float | None, str]:
    """A plain number or duration as (number, unit), durations in seconds; (None, "") for anything else."""
    match = _NUMBER.match(text.strip())
    if not match:
        return None, ""
    number, unit = float(match.group(1).replace("_", "")), _unit(match.group(2) or "")
    return number * SECONDS.get(unit, 1.0), unit


def secret_of_arn(reference: str) -> str:
    """The name of a secret from its ARN; any other reference is its own name. A key of JSON after it stands behind `#`.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
    """
    match = _SECRET_URI.match(reference)
    name = next(group for group in match.groups() if group) if match else reference.partition(":")[0]
    key, *rest = reference.partition(f"{name}:")[2].split(":")
    return f"{name}#{key}" if key and len(rest) == _BEHIND_KEYS else name


def version_of(text: str) -> str:
    """The version of a secret, if that is one: what stands there by mistake must not be shown."""
    return text if re.fullmatch(r"latest|\d{1,9}", text) else ""


def _unit(word: str) -> str:
    return _UNITS.get(word) or ("s" if word.startswith("s") else word[:1])


def pattern(text: str) -> str:
    """`text` with every interpolation (`${x}`, `$x`, `{{ x }}`, `{x}`) as `*`."""
    starred = re.sub(r"\$?\{\{.*?\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$[A-Za-z_]\w*|\{[^{}]*\}", "*", text)
    return re.sub(r"\*+", "*", starred)
