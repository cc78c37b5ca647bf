from __future__ import annotations

import operator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.errors import ConfigurationError
from ssot_lint.findings import Span
from ssot_lint.settings.model import Setting
from ssot_lint.settings.relations import Reference, RelationError, parse_relation, seconds
from tests.settings.projects import said, violations, write


def setting(name: str, number: float, unit: str = "") -> Setting:
    return Setting(name, "literal", "set", "env-file", "x", "x", Span("x", 1, 1, 1, 2), number=number, unit=unit)


def holds(text: str, **numbers: float) -> list[bool | None]:
    """Whether each comparison of a chain holds."""
    chosen = {Reference((name,)): setting(name, number) for name, number in numbers.items()}
    return [comparison.holds(chosen) for comparison in parse_relation(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A * 2 <= B <= C", [True, False]),
        ("A + 2 * B == 160", [True]),
        ("(A + B) * 2 >= 170", [True]),
        ("-A < 0", [True]),
        ("A / 0 < 1", [None]),
        ("A != 10 s", [False]),
        ("B <= 75000 ms", [True]),
        ("B < 1 m <= B", [False, True]),
        ("C < 1 h", [True]),
    ],
)
def test_expressions(text: str, expected: list[bool | None]) -> None:
    assert holds(text, A=10, B=75, C=30) == expected


COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}


@given(st.integers(-999, 999), st.integers(-999, 999), st.sampled_from(sorted(COMPARE)))
def test_comparisons_are_those_of_numbers(left: int, right: int, sign: str) -> None:
    assert holds(f"A {sign} B", A=left, B=right) == [COMPARE[sign](left, right)]


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1, 99))
def test_arithmetic_binds_as_usual(a: int, b: int, c: int) -> None:
    assert holds("A + B * C == X", A=a, B=b, C=c, X=a + b * c) == [True]
    assert holds("A - B - C == X", A=a, B=b, C=c, X=a - b - c) == [True]
    assert holds("A * B - C == X", A=a, B=b, C=c, X=a * b - c) == [True]


@pytest.mark.parametrize("text", ["", "A", "A <", "A < B <", "A ** B < 1", "open('x') < 1", "A < B; C < D", "A = B"])
def test_what_is_no_expression(text: str) -> None:
    with pytest.raises(RelationError):
        parse_relation(text)


@given(st.text(alphabet="AB12 <>=+-*/().s_", max_size=30))
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    try:
        assert parse_relation(text)
    except RelationError as error:
        assert "is no comparison" in str(error)  # noqa: PT017


def test_units_of_values_and_names() -> None:
    assert seconds(setting("TIMEOUT", 0.5, "ms")) == 0.5
    assert seconds(setting("TIMEOUT_MS", 500)) == 0.5
    assert seconds(setting("TIMEOUT_MINUTES", 2)) == 120
    assert seconds(setting("POOL_SIZE", 20)) == 20


def relation(expression: str, source: str = "") -> str:
    named = f'source = "{source}"\n' if source else ""
    return f'[[relations]]\ncode = "SSOT301"\n{named}expression = "{expression}"\nwhy = "So."\n'


STAGING = '[[sources]]\nname = "staging"\nkind = "env-file"\npath = "config/staging.env"\nenvironment = "staging"\n'


def test_each_environment_by_itself(tmp_path: Path) -> None:
    files = {
        "config/staging.env": "A=1\nB=2\n",
        "config/production.env": "A=3\nB=2\n",
        "ssot-lint.toml": relation("A <= B"),
    }
    ((violation, span),) = violations(write(tmp_path, files), "SSOT301")
    assert violation.message == "`A <= B` does not hold in production: `A` is 3 and `B` is 2"
    assert (span.path, violation.help, violation.origin) == ("config/production.env", "So.", "ssot-lint.toml:1")


def test_a_source_is_compared_with_itself(tmp_path: Path) -> None:
    files = {"config/staging.env": "A=1\nB=2\n", "config/production.env": "A=3\nB=2\n"}
    write(tmp_path, {**files, "ssot-lint.toml": STAGING + relation("A <= B", "staging")})
    assert said(tmp_path, "SSOT301") == []


def test_defaults_in_code_and_flags(tmp_path: Path) -> None:
    files = {
        "main.py": 'import os\nTIMEOUT = int(os.environ.get("TIMEOUT_SECONDS", "900"))\n',
        "deploy.sh": "gcloud run deploy web --timeout=5m\n",
        "ssot-lint.toml": 'entry-points = ["main"]\n' + relation("TIMEOUT_SECONDS <= deploy.timeout"),
    }
    (found,) = said(write(tmp_path, files), "SSOT301")
    assert found == (
        "warning deploy.sh:1 `TIMEOUT_SECONDS <= deploy.timeout` does not hold for `web`: `TIMEOUT_SECONDS` is 900 and "
        "`--timeout` is 300 s"
    )


def test_a_name_may_say_its_unit(tmp_path: Path) -> None:
    files = {
        "staging.env": "WS_INTERVAL_SECONDS=25\nWS_TIMEOUT_MS=40000\n",
        "production.env": "WS_INTERVAL_SECONDS=25\nWS_TIMEOUT_MS=75000\n",
        "ssot-lint.toml": relation("2 * WS_INTERVAL <= WS_TIMEOUT"),
    }
    (found,) = said(write(tmp_path, files), "SSOT301")
    assert "staging.env:1" in found


def test_the_bare_name_goes_before_one_with_a_unit(tmp_path: Path) -> None:
    files = {"staging.env": "A=1\nA_MINUTES=9\nB=2\n", "ssot-lint.toml": relation("A <= B")}
    assert said(write(tmp_path, files), "SSOT301") == []


def test_one_number_that_breaks_two_relations_is_one_finding(tmp_path: Path) -> None:
    files = {"staging.env": "A=9\nB=9\n", "ssot-lint.toml": relation("2 * A <= B") + relation("A < 5")}
    ((violation, _),) = violations(write(tmp_path, files), "SSOT301")
    assert violation.message == (
        "`2 * A <= B` does not hold in staging: `A` is 9 and `B` is 9; `A < 5` does not hold in staging: `A` is 9"
    )
    assert violation.help == "So."


def test_the_timeout_of_a_job_is_none_of_a_service(tmp_path: Path) -> None:
    files = {
        "staging.env": "WS_CONNECTION_TIMEOUT=900\n",
        "deploy.sh": "gcloud run jobs deploy migrate --image x\ngcloud run deploy web --timeout=900\n",
        "ssot-lint.toml": relation("WS_CONNECTION_TIMEOUT <= --timeout"),
    }
    assert said(write(tmp_path, files), "SSOT301") == []


def test_of_alternatives_the_one_that_was_found_is_shown(tmp_path: Path) -> None:
    files = {"staging.env": "A=9\nC_SECONDS=5\n", "ssot-lint.toml": relation("A <= first(B, C)")}
    ((violation, _),) = violations(write(tmp_path, files), "SSOT301")
    assert violation.message == "`A <= C_SECONDS` does not hold in staging: `A` is 9 and `C_SECONDS` is 5"


def test_one_broken_relation_is_one_finding(tmp_path: Path) -> None:
    files = {f"config/{name}.env": "A=3\nB=2\n" for name in ("staging", "production", "development")}
    ((violation, _),) = violations(write(tmp_path, {**files, "ssot-lint.toml": relation("A <= B")}), "SSOT301")
    assert len(violation.related) == 5


def test_what_is_known_nowhere_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"config/staging.env": "A=3\n", "ssot-lint.toml": relation("A <= MISSPELT")})
    with pytest.raises(ConfigurationError, match=r"ssot-lint\.toml:1: no setting is named `MISSPELT`"):
        said(tmp_path, "SSOT301")


def test_an_expression_that_is_none_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"ssot-lint.toml": relation("A <=")})
    with pytest.raises(ConfigurationError, match=r"ssot-lint\.toml:1: `A <=` is no comparison"):
        said(tmp_path, "SSOT301")


class TestWebSocketTimeouts:
    """The pack, on the incident's numbers and beside them."""

    ENV = "WEBSOCKET_HEARTBEAT_INTERVAL={}\nWEBSOCKET_HEARTBEAT_TIMEOUT={}\nWEBSOCKET_CONNECTION_TIMEOUT={}\n"

    @pytest.mark.parametrize(
        ("numbers", "deploy", "broken"),
        [
            ((25, 75, 900), "--timeout=300", ["WEBSOCKET_CONNECTION_TIMEOUT <= --timeout"]),
            ((25, 75, 900), "", ["WEBSOCKET_CONNECTION_TIMEOUT <= --timeout"]),
            ((25, 75, 900), "--timeout=300 --timeout=15m", []),
            ((25, 75, 900), "--timeout=3600", []),
            ((25, 75, 900), "--timeout=7200", ["--timeout <= 3600 s"]),
            ((25, 40, 900), "--timeout=900", ["2 * WEBSOCKET_HEARTBEAT_INTERVAL <= WEBSOCKET_HEARTBEAT_TIMEOUT"]),
            ((25, 75, 60), "--timeout=900", ["WEBSOCKET_HEARTBEAT_TIMEOUT <= WEBSOCKET_CONNECTION_TIMEOUT"]),
            ((30, 75, 900), "--timeout=900", ["WEBSOCKET_HEARTBEAT_INTERVAL < 30 s"]),
        ],
    )
    def test_the_pack(self, tmp_path: Path, numbers: tuple[int, int, int], deploy: str, broken: list[str]) -> None:
        files = {
            "config/staging.env": self.ENV.format(*numbers),
            "deploy.sh": f"gcloud run deploy web {deploy}\n",
            "ssot-lint.toml": 'packs = ["websocket-timeouts"]\n',
        }
        found = said(write(tmp_path, files), "SSOT301")
        assert [line.split("`")[1] for line in found] == broken

    def test_without_websockets_it_says_nothing(self, tmp_path: Path) -> None:
        files = {
            "deploy.sh": "gcloud run deploy web --timeout=300\n",
            "ssot-lint.toml": 'packs = ["websocket-timeouts"]\n',
        }
        assert said(write(tmp_path, files), "SSOT301") == []


@pytest.mark.parametrize("text", ["env-file.A < my-source.B", "env-file.A<my-source.B"])
def test_a_qualifier_may_have_hyphens(text: str) -> None:
    (comparison,) = parse_relation(text)
    assert comparison.references() == (Reference(("A",), "env-file"), Reference(("B",), "my-source"))


@pytest.mark.parametrize(
    ("body", "is_told"),
    [
        ('run(["gcloud", "run", "deploy", name, "--image", image])', True),
        ('command = ["gcloud", "run", "deploy", name]\n    command += ["--memory", "1Gi"]\n    run(command)', True),
        ('run(f"gcloud run deploy {name} --image {image}", shell=True)', True),
        ('run(["gcloud", "run", "deploy", name, "--timeout", "3600"])', False),
        ('run(["gcloud", "run", "deploy", name, f"--timeout={seconds}"])', False),
        # What is not known may be a timeout.
        ('run(["gcloud", "run", "deploy", name, *flags])', False),
        ('run(["gcloud", "run", "deploy", name] + flags)', False),
        ('command = ["gcloud", "run", "deploy", name]\n    command.extend(flags_of(name))\n    run(command)', False),
        ('run(f"gcloud run deploy {name} {flags}", shell=True)', False),
        ('command = f"gcloud run deploy {name}"\n    command += f" {flags}"\n    run(command)', False),
        ('run("gcloud run deploy web " + flags)', False),
        ('run(["gcloud", "run", "jobs", "deploy", name, "--image", image])', False),
    ],
)
def test_a_command_in_python_without_a_timeout(tmp_path: Path, body: str, is_told: bool) -> None:
    files = {
        "staging.env": "WEBSOCKET_CONNECTION_TIMEOUT=900\n",
        "deploy.py": f"from tools import flags, flags_of, image, run\n\ndef deploy(name):\n    {body}\n",
        "ssot-lint.toml": 'packs = ["websocket-timeouts"]\n',
    }
    write(tmp_path, files)
    assert bool(said(tmp_path, "SSOT301")) is is_told


@pytest.mark.parametrize(("value", "codes"), [("600", []), ("60", ["SSOT301"]), ("600000", ["SSOT210"])])
def test_a_slip_of_the_unit_is_told_once(tmp_path: Path, value: str, codes: list[str]) -> None:
    config = '[[relations]]\ncode = "SSOT301"\nexpression = "PING_TIMEOUT <= CLOSE_TIMEOUT <= 700 s"\n'
    code = 'import os\nfor each in ("PING_TIMEOUT", "CLOSE_TIMEOUT", "LEVEL"):\n    print(os.getenv(each, "600"))\n'
    files = {"staging.env": f"PING_TIMEOUT=90\nCLOSE_TIMEOUT={value}\nLEVEL=x\n"}
    write(tmp_path, {"ssot-lint.toml": f'entry-points = ["main"]\n{config}', "main.py": code, **files})
    assert [each for each in ("SSOT210", "SSOT301") if said(tmp_path, each)] == codes
