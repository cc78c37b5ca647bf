"""Reports that every format is tried on."""

from __future__ import annotations

from ssot_lint.findings import Certainty, Edit, Entry, Finding, Frame, Related, Site, Span, Violation
from ssot_lint.project.model import EntryPoint
from ssot_lint.report.model import Report, RuleInfo, Stats, UnreadableFile

RULES = {
    rule.code: rule
    for rule in (
        RuleInfo(
            "SSOT101",
            "call-without-context",
            "error",
            "A function that requires a context is called without one.",
            "A function that requires a context is called without one, in a phase that a contract forbids.",
            "Pass the context, or take a factory that does.",
        ),
        RuleInfo(
            "SSOT205",
            "mapping-mismatch",
            "warning",
            "Two places give the same name different secret ids.",
            "Two places give the same name different secret ids, or an id of another environment.",
            "Let one place say it.",
        ),
        RuleInfo(
            "SSOT901",
            "unreadable-file",
            "warning",
            "A file can't be decoded or parsed.",
            "A file can't be decoded or parsed.",
            "",
        ),
    )
}
ENTRY = EntryPoint("app.main", "asgi", "import", "app/main.py", 12, "FastAPI application `app`")
STATS = Stats(
    files_seen=2641,
    files_parsed=1,
    files_cached=2640,
    functions=9000,
    edges=12000,
    calls=40000,
    calls_resolved=38000,
    seconds=1.4321,
    baselined=2,
    startup_calls=1000,
    startup_calls_resolved=967,
)


def frame(number: int, certainty: Certainty = "certain", path: str | None = None) -> Frame:
    span = Span(path or f"app/step{number}.py", number * 10, 5, number * 10, 20)
    source = f"    await step{number + 1}()"
    return Frame(f"app.step{number}", f"app.step{number + 1}", "call", certainty, span, source)


def bare_call(path: str = "app/core/startup_validation.py", hops: int = 7, message: str | None = None) -> Finding:
    violation = Violation(
        code="SSOT101",
        level="error",
        message=message or "get_websocket_manager() called without a user context during startup",
        place=Site("app.core.startup_validation", 41),
        certainty="certain",
        phase="startup",
        function="app.core.startup_validation.StartupValidator._validate_websocket",
        target="app.websocket_core.get_websocket_manager",
        note="`user_context` is not given",
        entry=Entry("FastAPI lifespan", Site("app.core.lifespan_manager", 3)),
        origin="ssot-lint.toml:14",
        help="take the factory instead: get_websocket_manager_factory()",
        fix=Edit("replace_call", Site("app.core.startup_validation", 41), (("to", "get_websocket_manager_factory"),)),
    )
    return Finding(
        violation,
        "call-without-context",
        Span(path, 289, 26, 289, 49),
        "5f0c6a8b9d",
        chain=tuple(frame(number) for number in range(1, hops + 1)),
        source=(
            "            from app.websocket_core import get_websocket_manager",
            "            ws_manager = get_websocket_manager()",
        ),
        entry=Span("app/core/lifespan_manager.py", 21, 1, 30, 1),
    )


def mismatch() -> Finding:
    place = Span("deployment/secrets_config.py", 7, 9, 7, 20)
    other = Span("config/staging.env", 3, 1, 3, 12)
    violation = Violation(
        code="SSOT205",
        level="warning",
        message="JWT_SECRET has the secret ids `jwt-staging` and `jwt-secret`",
        place=place,
        related=(Related(other, "`jwt-secret`"),),
        help="keep one of them",
    )
    return Finding(
        violation,
        "mapping-mismatch",
        place,
        "aa11",
        related=((other, "`jwt-secret`"),),
    )


def unreadable_finding(path: str = "app/broken.py") -> Finding:
    place = Span(path, 1, 1, 1, 2)
    violation = Violation("SSOT901", "warning", "the file can't be parsed: unexpected indent", place)
    return Finding(violation, "unreadable-file", place, "bb22")


def a_report(*findings: Finding, unreadable: tuple[UnreadableFile, ...] = (), stats: Stats = STATS) -> Report:
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return Report("0.1.0", ordered, (ENTRY,), unreadable, RULES, stats)


ODD_PATH = "app dir/ñandú 100%/[x]#?&<b>\u202e\x1b[31m\n::error::pwn\udcff.py"
ODD_MESSAGE = 'bad\x1b[2J\r\n::error::injected %0A <script>alert(1)</script> | `x` ]]> \udc80\x00 & "q" {0}'

SAMPLES = {
    "empty": a_report(),
    "one": a_report(bare_call()),
    "mixed": a_report(
        bare_call(hops=0),
        mismatch(),
        unreadable_finding(),
        unreadable=(UnreadableFile("app/broken.py", 1, "unexpected indent"),),
    ),
    "odd": a_report(
        bare_call(path=ODD_PATH, message=ODD_MESSAGE),
        unreadable_finding(ODD_PATH),
        unreadable=(UnreadableFile(ODD_PATH, 1, ODD_MESSAGE),),
    ),
}
