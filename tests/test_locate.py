from __future__ import annotations

import dataclasses
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from ssot_lint.facts import locate as facts_locate
from ssot_lint.facts.cache import FactsCache, digest
from ssot_lint.findings import Finding, Hop, Related, Span, Violation
from ssot_lint.locate import Places, locate_violations
from ssot_lint.project.model import Project
from tests.places import NAMES, project, sites, violation

SOURCE = "def f():\n    x = call()\n    return call()\n\n\ndef g():\n    return call()\n"


def found(place: Project, *violations: Violation) -> list[Finding]:
    return locate_violations(violations, Places(place), NAMES)


def calls(place: Project, functions: str = "ffg") -> list[Finding]:
    marked = zip(sites(place, "m", "call()"), functions, strict=True)
    return found(place, *(violation(site, function=f"m.{name}") for site, name in marked))


def test_a_finding_has_its_span_its_name_and_the_lines_that_show_it(tmp_path: Path) -> None:
    first, _, third = calls(project(tmp_path, m=SOURCE))
    assert (first.span, first.name) == (Span("m.py", 2, 9, 2, 15), "call-without-context")
    assert first.source == ("def f():", "    x = call()")
    assert third.source == ("def g():", "    return call()")


def test_a_call_on_the_first_line_has_no_line_before(tmp_path: Path) -> None:
    place = project(tmp_path, m="call(\n1,\n2,\n3,\n4,\n5,\n6)\n")
    (finding,) = found(place, violation(sites(place, "m", "call")[0]))
    assert finding.source == ("call(",)


def test_frames_and_related_places_are_found_too(tmp_path: Path) -> None:
    place = project(tmp_path, m=SOURCE, n="import m\r\nm.f()\r\n")
    (site,) = sites(place, "n", "m.f()")
    told = dataclasses.replace(
        violation(sites(place, "m", "call()")[0]),
        chain=(Hop("n", "m.f", "call", "certain", site),),
        related=(Related(site, "here"), Related(Span("x.env", 3, 1, 3, 2), "there")),
    )
    (finding,) = found(place, told)
    (frame,) = finding.chain
    assert (frame.span, frame.source) == (Span("n.py", 2, 1, 2, 6), "m.f()")
    assert finding.related == ((Span("n.py", 2, 1, 2, 6), "here"), (Span("x.env", 3, 1, 3, 2), "there"))


def test_drift_and_secrets_show_no_source(tmp_path: Path) -> None:
    place = project(tmp_path, m=SOURCE)
    names = NAMES | {"SSOT208": "committed-secret"}
    secret = violation(sites(place, "m", "call()")[0], "SSOT208")
    drift = dataclasses.replace(secret, code="SSOT107", place=Span("m.py", 2, 1, 2, 2))
    assert [finding.source for finding in locate_violations([secret, drift], Places(place), names)] == [(), ()]


def test_findings_come_sorted(tmp_path: Path) -> None:
    place = project(tmp_path, b=SOURCE, a=SOURCE)
    told = [violation(site) for name in ("b", "a") for site in sites(place, name, "call()")[::-1]]
    assert [(finding.span.path, finding.span.line) for finding in found(place, *told)] == [
        ("a.py", 2), ("a.py", 3), ("a.py", 7), ("b.py", 2), ("b.py", 3), ("b.py", 7),
    ]  # fmt: skip


def test_each_file_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = project(tmp_path, m=SOURCE)
    told = [violation(site) for site in sites(place, "m", "call()")]
    counting = Mock(side_effect=facts_locate.locate)
    monkeypatch.setattr(facts_locate, "locate", counting)
    assert len(found(place, *told)) == 3
    assert counting.call_count == 1


def test_a_file_is_parsed_only_for_what_the_cache_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = project(tmp_path, m=SOURCE)
    told = [violation(site) for site in sites(place, "m", "call()")]
    expected = found(place, *told)
    counting = Mock(side_effect=facts_locate.locate)
    monkeypatch.setattr(facts_locate, "locate", counting)
    with FactsCache(tmp_path / "cache", warn=pytest.fail) as cache:
        for wanted, parsed in ((told[:1], 1), (told[:1], 1), (told, 2), (told, 2)):
            assert locate_violations(wanted, Places(place, cache), NAMES) == expected[: len(wanted)]
            assert counting.call_count == parsed


@pytest.mark.parametrize("entry", [b"", b"\xff", msgpack.encode({1: "x"}), msgpack.encode({9: (99, 1, 99, 2)})])
def test_a_damaged_or_hostile_cache_entry_is_a_miss(tmp_path: Path, entry: bytes) -> None:
    place = project(tmp_path, m=SOURCE)
    told = [violation(site) for site in sites(place, "m", "call()")]
    with FactsCache(tmp_path / "cache", warn=pytest.fail) as cache:
        cache.put_results([(b"locations" + digest(SOURCE.encode()), entry)])
        assert locate_violations(told, Places(place, cache), NAMES) == found(place, *told)


def test_fingerprints_tell_findings_apart(tmp_path: Path) -> None:
    assert len({finding.fingerprint for finding in calls(project(tmp_path, m=SOURCE))}) == 3
    other = found(
        project(tmp_path, m=SOURCE, o=SOURCE), violation(sites(project(tmp_path, o=SOURCE), "o", "call()")[0])
    )
    assert other[0].fingerprint not in {finding.fingerprint for finding in calls(project(tmp_path, m=SOURCE))}


@settings(max_examples=30, deadline=None)
@given(before=st.integers(0, 3), between=st.integers(0, 3), note=st.sampled_from(["# note\n", "\n", "x = 1\n"]))
def test_fingerprints_stay_when_lines_move(
    tmp_path_factory: pytest.TempPathFactory, before: int, between: int, note: str
) -> None:
    root = tmp_path_factory.mktemp("moved")
    original = [finding.fingerprint for finding in calls(project(root, m=SOURCE))]
    moved = note * before + SOURCE.replace("\ndef g", note * between + "\ndef g")
    assert [finding.fingerprint for finding in calls(project(root, m=moved))] == original


def test_a_new_finding_in_another_function_changes_no_fingerprint(tmp_path: Path) -> None:
    original = {finding.fingerprint for finding in calls(project(tmp_path, m=SOURCE))}
    added = calls(project(tmp_path, m="def e():\n    call()\n" + SOURCE), "effg")
    assert original < {finding.fingerprint for finding in added}


def test_numbers_in_a_message_do_not_count_but_names_do(tmp_path: Path) -> None:
    place = project(tmp_path, m=SOURCE)
    site = sites(place, "m", "call()")[0]

    def fingerprint(message: str) -> str:
        return found(place, violation(site, message=message))[0].fingerprint

    assert fingerprint("caught at line 12") == fingerprint("caught at line 13")
    assert fingerprint("calls step1()") != fingerprint("calls step2()")
