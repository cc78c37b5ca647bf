"""Texts that may be secrets never get into the facts; names, keys and paths do."""

from __future__ import annotations

import pytest

from ssot_lint.facts.encoding import encode
from tests.facts.programs import facts_of


def is_kept(text: str, code: str) -> bool:
    return text.encode() in encode(facts_of(code))


NAMES = [
    "app.core.module:factory", "/ws/{user_id}", "DATABASE_URL", "staging", "e2e-oauth-simulation-key-staging", "utf-8",
    "application/json", "http://localhost:8000", "*.startup_module:*", "getWebSocketManagerFactory", "on message",
    "redis://{host}:6379/0", "get_user_by_email_address_or_name_v2", "[tool.ssot-lint]", "sha256",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_names_keys_and_paths_are_kept(text: str) -> None:
    assert is_kept(text, f"x = {text!r}")


SECRET_LOOKING = [
    "ghp_R4nd0mT0k3nWithM4nyCh4ngesOf4lphabet", "sk_live_4eC39HqLyjWDarjtT1zdp7dc",  # pragma: allowlist secret
    "AKIAIOSF0DNN7EX4MPLE1A2B", "deadbeefdeadbeefdeadbeefdeadbeef", "550e8400-e29b-41d4-a716-446655440000",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln", "postgres://user:hunter2@host/db", "host=db password=hunter2",
    "this is a whole sentence that nobody needs", "x" * 201,
]  # fmt: skip


@pytest.mark.parametrize("text", SECRET_LOOKING)
def test_random_long_and_wordy_texts_are_not_kept(text: str) -> None:
    assert not is_kept(text, f"x = {text!r}")


@pytest.mark.parametrize(
    "code",
    [
        "password = 'hunter2'",
        "self.api_key: str = 'hunter2'",
        "a = DB_PASSWORD = 'hunter2'",
        "user, password = 'admin', 'hunter2'",
        "secret += 'hunter2'",
        "settings['auth_token'] = 'hunter2'",
        "x = {'client_secret': 'hunter2'}",
        "x = {'credentials': {'name': ['hunter2']}}",
        "x = [('password', 'hunter2')]",
        "f(password='hunter2')",
        "f(PASSWORD='a' 'hunter2' if x else y)",
        "f(token=f'{x}hunter2')",
        "password = x or 'hunter2'",
        "password = SecretStr('hunter2')",
        "password = Field(default='hunter2')",
        "os.environ.get('X_SECRET', 'hunter2')",
        "os.environ.setdefault('X_SECRET', 'hunter2')",
        "getenv('ACCESS_TOKEN', default='hunter2')",
        "x = env('PRIVATE_KEY', 'hunter2')",
        "token = env.get(key, 'hunter2')",
        "def f(a, password='hunter2'): pass",
        "g = lambda token='hunter2': 1",
        "(passwd := 'hunter2')",
        "if password == 'hunter2': pass",
        "x = 'hunter2' == request.token",
        "for password in ['hunter2']: pass",
        "def get_password(): return 'hunter2'",
        "match password:\n    case 'hunter2': pass",
    ],
)
def test_what_stands_where_a_secret_would_is_not_kept(code: str) -> None:
    assert not is_kept("hunter2", code)


@pytest.mark.parametrize(
    "code",
    [
        "token_name = 'KEPT_NAME'",
        "x = {'JWT_SECRET': 'KEPT_NAME'}",
        "secret = get_env().get('KEPT_NAME')",
        "token_class = getattr(module, 'KEPT_NAME'.lower())",
        "password = settings['KEPT_NAME']",
        "x = {'password': 1, 'name': 'KEPT_NAME'}",
    ],
)
def test_names_stay_beside_secrets(code: str) -> None:
    assert is_kept("KEPT_NAME", code)


def test_keys_of_lookups_stay_where_their_value_is_secret() -> None:
    assert is_kept("user-token", "token = session.get('user-token')")
    assert is_kept("TokenManager", "token_manager = getattr(module, 'TokenManager')")
    assert is_kept("app.tokens", "token_module = importlib.import_module('app.tokens')")


def test_annotations_are_code_and_kept() -> None:
    assert is_kept("dict[str, 'a b c d e f'] | None", "x: \"dict[str, 'a b c d e f'] | None\"")
    assert not is_kept("a b c d e f", "x: Annotated[str, Doc('a b c d e f')]")


@pytest.mark.parametrize("text", ["PASSWORD", "TOKEN", "DB_PASSWORD", ""])
def test_what_can_only_be_a_key_is_kept_where_a_secret_would_stand(text: str) -> None:
    assert is_kept(text, f"connect(password=read({text!r}))")
