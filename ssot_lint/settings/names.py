"""Which settings may be secrets, told by their names."""

from __future__ import annotations

import re

_SECRET_WORDS = frozenset(
    {
        "secret", "secrets", "token", "tokens", "password", "passwd", "pwd", "passphrase", "credential",
        "credentials", "apikey", "auth", "salt", "pepper", "dsn", "signature",
    }
)  # fmt: skip
_SURE_WORDS = frozenset(
    {
        "secret",
        "token",
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "credential",
        "credentials",
        "apikey",
        "api",
        "private",
        "access",
        "signing",
        "encryption",
        "jwt",
        "session",
        "master",
        "pepper",
    }
)
# A token of a page says where a listing goes on, a hash is no secret any more, and some keys are sent to every browser.
_HARMLESS_WORDS = frozenset({
    "hash", "hashed", "project", "page", "cursor", "continuation", "site", "sitekey", "publishable", "analytics",
    "idempotency", "partition", "primary", "foreign", "sort", "cache", "sample", "example", "dummy", "fake", "mock",
})  # fmt: skip
# Services to which whoever runs a program sends with the same key: it tells the project, and lets nobody read.
_ANALYTICS = frozenset({"amplitude", "mixpanel", "posthog", "rudderstack"})
_NOT_SECRET_ENDINGS = frozenset(
    {
        "url", "uri", "host", "port", "path", "file", "dir", "name", "id", "ids", "type", "prefix", "suffix",
        "length", "len", "size", "ttl", "expiry", "expires", "expire", "seconds", "minutes", "hours", "days",
        "ms", "timeout", "interval", "algorithm", "alg", "issuer", "audience", "enabled", "enable", "required",
        "disabled", "count", "max", "min", "limit", "limits", "budget", "header", "format", "version", "location",
        "region", "project", "mode", "method", "provider", "rotation", "age", "scope", "scopes", "endpoint",
        "username", "user", "email", "policy", "level", "bucket", "field", "class", "backend", "model", "env",
        "mapping", "mappings",
    }
)  # fmt: skip

_BARE_NAME = re.compile(r"[A-Z][A-Z0-9_]*|[a-z]+(?:_[a-z]+)+")


def is_bare_name(text: str) -> bool:
    """Whether a word that stands without a value is a name, and no piece of a value that is broken apart."""
    return _BARE_NAME.fullmatch(text) is not None


def is_secret(name: str) -> bool:
    """Whether a setting of that name is sure to hold a secret: `api_key` and `JWT_SECRET` are, `llm_key` is not."""
    return may_be_secret(name) and bool(_SURE_WORDS.intersection(_words(name))) and not is_harmless(name)


def is_harmless(name: str) -> bool:
    """Whether what a name holds may be random and known to everybody."""
    words = _words(name)
    is_sent = bool(_ANALYTICS.intersection(words)) and "secret" not in words
    # Who owns a domain shows it with a token that stands in its records for everybody; Slack knows itself by one.
    is_shown = "verification" in words and not {"secret", "slack"}.intersection(words)
    return is_sent or is_shown or bool(_HARMLESS_WORDS.intersection(words))


def may_be_secret(name: str) -> bool:
    """Whether a setting of that name is likely to hold a secret, judged by its words (`API_KEY`, not `KEY_PREFIX`)."""
    words = _words(name)
    if not words or "public" in words or words[-1] in _NOT_SECRET_ENDINGS:
        return False
    return bool(_SECRET_WORDS.intersection(words)) or words[-1] in {"key", "keys", "pass"}


def _words(name: str) -> list[str]:
    """The words of `API_KEY`, `api-key` or `apiKey` in lower case, without numbers."""
    parted = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()
    return [word for word in re.split(r"[^a-z0-9]+", parted) if word and not word.isdigit()]
