from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.settings.exposure import exposures, is_random, known_form
from ssot_lint.settings.names import is_secret, may_be_secret
from ssot_lint.settings.redaction import Redaction
from ssot_lint.settings.values import Value, classify, digest, number_of, pattern, secret_of_arn


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, "unset"), ("", "empty"), ("   ", "empty"),
        ("REPLACE_WITH_KEY", "placeholder"), ("changeme", "placeholder"), ("change-me-now", "placeholder"),
        ("<token>", "placeholder"), ("xxx", "placeholder"), ("your-key-here", "placeholder"), ("...", "placeholder"),
        ("TODO", "placeholder"), ("fill-me", "placeholder"), ("[your key]", "placeholder"),
        ("{API_KEY}", "placeholder"), ("[PROJECT-ID]", "placeholder"), ("my-secret-key", "placeholder"),
        ("my_token", "placeholder"), ("put-it-here", "placeholder"), ("set_me", "placeholder"),
        ("INSERTYOURKEY", "placeholder"),
        ('["https://shop.eu"]', "literal"), ("['*']", "literal"), ("[]", "literal"), ("{}", "literal"),
        ("[1, 2]", "literal"), ('{"a": 1}', "literal"), ("[a.eu,b.eu]", "literal"), ("[*]", "literal"),
        ("-", "literal"), ("my-shop-production", "literal"), ("additional-uploads", "literal"),
        ("https://via.placeholder.eu/9", "literal"),
        ("${OTHER}", "computed"), ("$OTHER", "computed"), ("{{ value }}", "computed"), ("$(cat file)", "computed"),
        ("projects/p/secrets/jwt/versions/latest", "secret"), ("sm://project/jwt", "secret"),
        ("info", "literal"), ("production-db", "literal"), ("resettable", "literal"),
        ("https://x.example/a", "literal"),
    ],
)  # fmt: skip
def test_the_state_of_a_value(value: str | None, state: str) -> None:
    assert classify("NAME", value).state == state


def test_a_reference_names_its_secret() -> None:
    assert classify("K", "projects/p/secrets/jwt-key/versions/3") == Value("secret", secret="jwt-key")  # noqa: S106
    assert (
        secret_of_arn("arn:aws:secretsmanager:eu-central-1:1:secret:orders/token:password::") == "orders/token#password"
    )
    assert secret_of_arn("orders/token:password::") == "orders/token#password"


@pytest.mark.parametrize(
    ("text", "number"),
    [("900", (900.0, "")), ("75s", (75.0, "s")), ("500ms", (0.5, "ms")), ("2 m", (120.0, "m")), ("1h", (3600.0, "h")),
     ("-1.5", (-1.5, "")), ("12abc", (None, "")), ("", (None, "")), ("1e9", (None, ""))],
)  # fmt: skip
def test_numbers_and_durations(text: str, number: tuple[float | None, str]) -> None:
    assert number_of(text) == number


def test_no_number_is_kept_for_what_may_be_a_secret() -> None:
    assert classify("TIMEOUT", "12345678").number == 12345678
    assert classify("ADMIN_PASSWORD", "12345678").number is None


@given(st.text(min_size=1, max_size=60))
def test_nothing_of_a_value_is_kept_but_numbers(value: str) -> None:
    known = classify("API_KEY", value)
    assert known.number is None
    assert value.strip() not in {known.digest, known.exposed} or not value.strip()
    assert known.digest not in repr(known) or not known.digest


@given(st.text(max_size=30), st.text(max_size=30))
def test_digests_are_equal_exactly_for_equal_values(first: str, second: str) -> None:
    assert (digest(first) == digest(second)) == (first == second)


@pytest.mark.parametrize("name", ["API_KEY", "JWT_SECRET", "DB_PASSWORD", "GITHUB_TOKEN", "password", "SENTRY_DSN"])
def test_names_of_secrets(name: str) -> None:
    assert may_be_secret(name)


@pytest.mark.parametrize(
    "name", ["KEY_PREFIX", "TOKEN_URL", "MAX_TOKENS_LIMIT", "PUBLIC_KEY", "SECRET_NAME", "LOG_LEVEL", "TOKEN_TTL", ""]
)
def test_names_that_only_speak_of_secrets(name: str) -> None:
    assert not may_be_secret(name)


def test_a_key_is_a_secret_only_if_its_name_says_of_what() -> None:
    assert is_secret("api_key")
    assert is_secret("apiToken")
    assert not is_secret("llm_key")
    assert not is_secret("hashed_secret")
    assert not is_secret("AMPLITUDE_API_KEY")
    assert is_secret("AMPLITUDE_SECRET_KEY")
    assert not is_secret("VerificationToken")
    assert is_secret("SLACK_VERIFICATION_TOKEN")
    assert is_secret("VERIFICATION_TOKEN_SECRET")


def test_patterns_keep_what_is_known() -> None:
    assert pattern("jwt-${var.env}-key") == "jwt-*-key"
    assert pattern("{{ a }}{{ b }}") == "*"


# Made up for these tests, and put together here so that no scanner takes them for real.
GITHUB = "gh" + "p_" + "a8Fk29sLq0ZxV7bNmT4cRyW3eUo5iPj6Hd1G"
SLACK = "xo" + "xb-" + "830284719305-Kd8sJ2mQ0vLx7Tz4"
RANDOM = "kX9" + "vQ2mZ7" + "tR4bL8nW1yC5"


def test_secrets_of_a_known_form() -> None:
    assert known_form(GITHUB) == "GitHub token"
    assert known_form(f"Bearer {SLACK}") == "Slack token"
    assert known_form("AKIA" + "IOSFODNN7EXAMPLE") == ""
    assert known_form("ghp_" + "x" * 36) == ""
    assert known_form("xoxb-" + "1234-1234-4ddbc191d40ee098cbaae6f3523ada2d") == ""


def test_random_values_are_told_from_words() -> None:
    assert is_random(RANDOM)
    assert is_random(f"postgres://user:{RANDOM}@db/chat")


@pytest.mark.parametrize(
    "plain",
    [
        "claude-opus-4-20250514",
        "postgres://user:postgres@db/chat",
        "https://example.com/a/b",
        "a" * 40,
        "AZURE_OPENAI_GPT4_TURBO",
        "local-development-secret-key-1",
        "my.module.path.to.Something",
        "ZmVybmV0LWRldi1rZXktbm90LXNlY3JldC0wMDAwMDA=",  # "fernet-dev-key-not-secret-000000"
        f"{RANDOM}...",
    ],
)
def test_words_are_not_random(plain: str) -> None:
    assert not is_random(plain)


def test_an_exposure_says_where_and_never_what() -> None:
    text = f'LEVEL = "info"\nAPI_TOKEN = "{RANDOM}"\nprint("{GITHUB}")\n'
    found = list(exposures(text))
    assert [(each.form, each.line, each.column, each.name) for each in found] == [
        ("GitHub token", 3, 8, ""),
        ("random value", 2, 1, "API_TOKEN"),
    ]
    assert RANDOM not in repr(found)
    assert GITHUB not in repr(found)


def test_what_is_read_where_nothing_is_set_may_be_a_secret() -> None:
    text = f'key = env.get("API_TOKEN", "{RANDOM}")\nname = env.get("BUCKET", "{RANDOM}")\n'
    text += f'key = env.get("API_KEY", default="{RANDOM}")\nLEVELS = ["api_key", "{RANDOM}", API_KEY, "{RANDOM}"]\n'
    assert [(each.line, each.column, each.name) for each in exposures(text)] == [
        (1, 16, "API_TOKEN"),
        (3, 16, "API_KEY"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Example:\n\n    ARGS = {{\n        'api_key': '{}',\n    }}\n",
        "description=\"Pass the hash of the key. Example api_key='{}'\"",
        'next_page_token: "{}"',
        'A response looks like this:\napi_key: "{}"',
        'x = 1\n    #   "api_key": "{}",\n',
        'salt: "{}"',
        'SAMPLE_API_TOKEN = "{}"',
    ],
)
def test_what_is_shown_as_an_example_or_is_no_secret_by_its_name(text: str) -> None:
    assert list(exposures(text.format(RANDOM))) == []
    assert list(exposures("# example.com\nAPI_KEY = '{}'\n".format(RANDOM)))  # noqa: UP032


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('API_KEY = "abc def"', 'API_KEY = "*******"'),
        ('x = os.environ.get("API_TOKEN", "abc")', 'x = os.environ.get("API_TOKEN", "***")'),
        ('print("hello world")', 'print("hello world")'),
        (f"connect('{RANDOM}')", f"connect('{'*' * len(RANDOM)}')"),
        ("    password='unclosed", "    password='********"),
        (f"  {GITHUB}", f"  {'*' * len(GITHUB)}"),
    ],
)
def test_lines_are_shown_without_what_may_be_a_secret(line: str, shown: str) -> None:
    assert Redaction(line).whole() == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('get(\n  token=\n  "abc",\n)', 'get(\n  token=\n  "***",\n)'),
        ('PASSWORD = """\nab cd\n"""; f("x")', 'PASSWORD = """\n*****\n"""; f("*")'),
        ('f("x")  # its password is abc', 'f("x")  #********************'),
        (
            "f()  # ssot-lint: ignore[SSOT101] the token is known",
            "f()  # ssot-lint: ignore[SSOT101] the token is known",
        ),
        ('os.environ.get("LEVEL", "abc")', 'os.environ.get("LEVEL", "***")'),
        ('f(b"abc", env("FOO", b"abc"))', 'f(b"***", env("FOO", b"***"))'),
        ('f(f"postgres://u:{p}@db/x")', f'f(f"{"*" * 21}")'),
        ('f("-----BEGIN PRIVATE KEY-----\\nab")', f'f("{"*" * 31}")'),
        ('f({"Authorization": "Bearer abc"})', 'f({"*************": "**********"})'),
        ("PIN_SECRET = 918273", "PIN_SECRET = ******"),
        ("""f('it"s', "it's")  # plain""", """f('it"s', "it's")  # plain"""),
        ('x = token[\\\n  "abc"]\ny = "abc"', 'x = token[\\\n  "***"]\ny = "abc"'),
    ],
)
def test_source_is_shown_without_what_may_be_a_secret(source: str, shown: str) -> None:
    redaction = Redaction(source)
    assert redaction.whole() == shown
    lines = shown.split("\n")
    assert redaction.lines(1, len(lines)) == lines
    assert [redaction.lines(number, number) for number in range(1, len(lines) + 1)] == [[line] for line in lines]


@given(st.text("ab\"'#\\\n([{)f ", max_size=40))
def test_redaction_moves_nothing(source: str) -> None:
    redaction = Redaction(source)
    assert [len(line) for line in redaction.whole().split("\n")] == [len(line) for line in source.split("\n")]
    assert redaction.lines(1, source.count("\n") + 1) == redaction.whole().split("\n")
