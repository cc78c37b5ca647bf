"""Real secrets told from examples, by their form or by their randomness.

detect-secrets would do the first, but works on lines of text that it reads itself, knows no names, and brings an HTTP
client with it; the forms below are the ones that their issuers document.
"""

from __future__ import annotations

import base64
import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ssot_lint.settings.names import is_secret


class _Form(NamedTuple):
    """What kind of secret it is, and all of it."""

    name: str
    pattern: re.Pattern[str]


# Behind a piece that every such secret holds: to look for what begins with plain letters is quick.
_FORMS = tuple(
    (re.compile(sign), _Form(name, re.compile(pattern)))
    for name, sign, pattern in (
        ("AWS access key", r"A[KS]IA", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
        ("GitHub token", r"gh[pousr]_", r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
        ("GitHub token", "github_pat_", r"\bgithub_pat_[A-Za-z0-9_]{60,}\b"),
        ("GitLab token", "glpat-", r"\bglpat-[\w-]{20,}"),
        ("Slack token", r"xox[abprs]-", r"\bxox[abprs]-(?:\d+-)*\d{9,}-[0-9A-Za-z-]{12,}"),
        ("Slack webhook", r"hooks\.slack\.com", r"https://hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{20,}"),
        ("Stripe key", "k_live_", r"\b[sr]k_live_[A-Za-z0-9]{20,}"),
        ("OpenAI key", "T3BlbkFJ", r"\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}"),
        ("Anthropic key", "sk-ant-", r"\bsk-ant-[a-z0-9]+-[A-Za-z0-9_-]{80,}"),
        ("SendGrid key", r"SG\.", r"\bSG\.[\w-]{22}\.[\w-]{43}"),
        ("npm token", "npm_", r"\bnpm_[A-Za-z0-9]{36}\b"),
        ("PyPI token", "pypi-AgEIcHlwaS5vcmc", r"\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}"),
        ("Hugging Face token", "hf_", r"\bhf_[A-Za-z]{34}\b"),
        (
            "private key",
            "-----BEGIN",
            r"-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----(?:\\n|\s)+[A-Za-z0-9+/=\\\s]{200,}",
        ),
    )
)
_EXAMPLE = re.compile(
    r"example|sample|dummy|fake|test|mock|placeholder|changeme|change-me|change_me|your|insecure|local|default|secret"
    r"|password|development|redacted|hash|xxxx|0000|1234567|abcdef|qwerty|foobar|lorem|not-?a-?real",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(r"""[:=,]\s{0,3}(?:Secret(?:Str|Bytes)?\(b?)?["']([A-Za-z0-9+/=_.~!@#$%^&*-]{16,200})["']""")
# `token: SecretStr | None`, before its default
_ANNOTATED = re.compile(r"(\w+)[ \t]*:[ \t]*[A-Za-z_][\w.\[\]| \t]*$")
_SHOWN_AS_EXAMPLE = re.compile(
    r"\b(?:examples?|e\.g\.|looks? (?:something )?like)(?![\w.])|\.\. code(?:-block)?:|>>> ", re.IGNORECASE
)
# JSON in a comment of code is what some service answers.
_COMMENTED_JSON = re.compile(r"""[ \t]*(?:#|//)[ \t]+(["'])\w+\1[ \t]*""")
# `.. code-block:: yaml`, also with one colon too few, a paragraph that ends so::, or `Example:` alone
_LISTING = re.compile(r"(?:.*::|[ \t]*\.\. code(?:-block)?:)(?:[ \t]+[\w+-]+)?[ \t]*$|[ \t]*[Ee]xamples?:[ \t]*$")
_LONGEST_LISTING = 4_000
_SHOWING = 200
# What follows the head of an HTTP message is what some service was asked or answers.
_MESSAGE = re.compile(r"\bHTTP/[12](?:\.\d)?(?:[ \t]+\d{3}\b|[ \t]*$)", re.MULTILINE)
_LONGEST_MESSAGE = 600
_LONGEST_NAME = 80
_WIDEST_SPACE = 3
_LOGIN = re.compile(r"^[a-z][a-z0-9+.-]*://[^\s/:@]*:([^\s/@]+)@", re.IGNORECASE)
_PUBLIC = re.compile(r"(?:pk_|phc_|pub|client[-_])")
# As crypt(3) and Django store it: what a password is checked against, with which nobody logs in.
_HASHED = re.compile(r"\$(?:2[abxy]?|[156y]|apr1|scrypt|argon2\w*)\$|(?:md5|sha1|scrypt|argon2|pbkdf2_\w+|bcrypt\w*)\$")
_RUN = re.compile(r"[A-Za-z0-9+/=]{12,}")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[A-Za-z]")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_SHORTEST = 20
_LONGEST = 200
_BITS = 3.9
_SHORTEST_PASSWORD = 12
_PASSWORD_BITS = 3.2
_HEX_LENGTHS = frozenset({32, 40, 48, 64, 96, 128})
_HEX_BITS = 3.0
_WORDS = re.compile(r"[\w .:-]+")
_CUT_OFF = ("...", "\u2026")


class Exposure(NamedTuple):
    """A secret in a text: what it looks like, and where it starts. 1-based; never the secret itself.

    `name` is what a random value of no known form is assigned to; its place is then the name's.
    """

    form: str
    line: int
    column: int
    name: str = ""


def known_form(value: str) -> str:
    """What kind of secret a value is by its form, such as `GitHub token`; empty for what has none, or is an example."""
    return next((name for name, _ in _matches(value)), "") if len(value) >= _SHORTEST else ""


def is_random(value: str) -> bool:
    """Whether a value is random enough to be a real secret. A URL is judged by the password in it."""
    shortest, bits = _SHORTEST, _BITS
    if login := _LOGIN.match(value):
        value, shortest, bits = login.group(1), _SHORTEST_PASSWORD, _PASSWORD_BITS
    elif "://" in value or _PUBLIC.match(value) or _HASHED.match(value):
        return False
    if len(value) < shortest or len(value) > _LONGEST or value.endswith(_CUT_OFF):
        return False
    longest = max(_RUN.findall(value), key=len, default="")
    if len(longest) < shortest or not _DIGIT.search(longest) or not _LETTER.search(longest) or _is_example(value):
        return False
    if _EXAMPLE.search(_words_inside(longest)):
        return False
    if _HEX.fullmatch(longest):
        return len(longest) in _HEX_LENGTHS and _entropy(longest) >= _HEX_BITS
    return _entropy(longest) >= bits and _changes(longest) * 4 > len(longest)


def is_value(text: str) -> bool:
    """Whether what stands in the place of a name or an id is by mistake a secret itself, which must not be shown."""
    return bool(known_form(text)) or is_random(text)


def exposures(text: str) -> Iterator[Exposure]:
    """The secrets of a known form in a text, and the random values of what may be secrets by its name."""
    for form, start in _matches(text):
        if not _is_in_listing(text, start):
            yield Exposure(form, *_place(text, start))
    for match in _ASSIGNED.finditer(text):
        name = _name_of(text, match.start())
        if not is_secret(name) or not is_random(match[1]):
            continue
        if _COMMENTED_JSON.fullmatch(text, text.rfind("\n", 0, match.start()) + 1, match.start()):
            continue
        if not _is_shown(text, match.start()) and not _is_in_listing(text, match.start()):
            yield Exposure("random value", *_place(text, text.rfind(name, 0, match.start())), name)


def _is_in_listing(text: str, at: int) -> bool:
    """Whether it stands in a listing of reStructuredText, or in an example: below its `::`, and further in."""
    own, *above = reversed(text[max(0, at - _LONGEST_LISTING) : at].split("\n"))
    margin = len(own) - len(own.lstrip())
    for line in above:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent < margin:
            margin = indent
            if _LISTING.match(line):
                return True
    return False


def _is_shown(text: str, at: int) -> bool:
    """Whether what stands there is an example, by what is said before it."""
    is_example = _SHOWN_AS_EXAMPLE.search(text, max(0, at - _SHOWING), at)
    return bool(is_example or _MESSAGE.search(text, max(0, at - _LONGEST_MESSAGE), at))


def _name_of(text: str, at: int) -> str:
    """What the value behind a sign is of: `A = "…"`, `"a": "…"`, and, in capitals, what is read: `get("A", "…")`."""
    if text[at] == "=" and (found := _ANNOTATED.search(text[max(0, at - _LONGEST_NAME) : at])):
        return found[1]
    if text[at] != ",":
        name = _name_before(text, at)
        comma = text.rfind(",", 0, at) if name == "default" else -1
        return name if comma < 0 or text[comma + 1 : at].strip() != name else _name_of(text, comma)
    name = _name_before(text, at) if text[at - 1 : at] in {"'", '"'} else ""
    return name if name.isupper() else ""


def _name_before(text: str, end: int) -> str:
    """The word that ends there, be it in quotes or with some space behind it; empty for none."""
    before = text[max(0, end - _LONGEST_NAME) : end]
    bare = before.rstrip()
    if len(before) - len(bare) > _WIDEST_SPACE:
        return ""
    bare = bare[:-1] if bare[-1:] in {'"', "'"} else bare
    start = len(bare)
    while start > 0 and (bare[start - 1].isalnum() or bare[start - 1] == "_"):
        start -= 1
    return bare[start:]


def _matches(text: str) -> Iterator[tuple[str, int]]:
    seen: set[int] = set()
    for sign, form in _FORMS:
        if sign.search(text):
            for match in form.pattern.finditer(text):
                if match.start() not in seen and not _is_example(match[0]):
                    seen.add(match.start())
                    yield form.name, match.start()


def _place(text: str, start: int) -> tuple[int, int]:
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _is_example(value: str) -> bool:
    return bool(_EXAMPLE.search(value)) or len(set(value)) < 8 or _entropy(value) < 2.5


def _words_inside(value: str) -> str:
    """The words that Base64 hides, as in keys of developers that only must have the right length; empty for none."""
    try:
        text = base64.b64decode(value, validate=True).decode("ascii")
    except ValueError:
        return ""
    return text if _WORDS.fullmatch(text) else ""


def _changes(value: str) -> int:
    """How often letters and digits, or capitals and small letters, follow each other."""
    kinds = [(character.isdigit(), character.isupper()) for character in value]
    return sum(first != second for first, second in pairwise(kinds))


def _entropy(value: str) -> float:
    """Shannon's entropy in bits a character."""
    counts = Counter(value).values()
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts)
