"""Laws that hold for the facts of every program."""

from __future__ import annotations

from collections import defaultdict

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.facts.encoding import decode, encode
from ssot_lint.facts.extract import extract
from ssot_lint.facts.locate import locate
from ssot_lint.facts.model import BODY_SITES, ModuleFacts, Unreadable
from tests.facts.programs import facts_of, nodes, statements

noise = st.lists(st.sampled_from(["", "# comment", "    # indented", "\x0c", "# ünïcode # ("]), max_size=3)


@given(statements)
def test_facts_depend_on_the_bytes_alone(program: list[str]) -> None:
    source = "\n".join(program)
    assert facts_of(source) == facts_of(source)


@given(statements)
def test_encoding_loses_nothing(program: list[str]) -> None:
    facts = facts_of("\n".join(program))
    assert decode(encode(facts)) == facts


@given(statements, st.data())
def test_comments_and_blank_lines_change_the_number_of_lines_alone(program: list[str], data: st.DataObject) -> None:
    noisy = [line for statement in program for line in [*data.draw(noise), statement]]
    plain, commented = facts_of("\n".join(program)), facts_of("\n".join(noisy))
    assert msgspec.structs.replace(commented, lines=plain.lines) == plain
    assert commented.lines == "\n".join(noisy).count("\n") + 1


@given(statements, st.sampled_from(["\r\n", "\r"]))
def test_line_ends_change_nothing(program: list[str], newline: str) -> None:
    source = "\n".join(program) + "\n"
    assert facts_of(source.replace("\n", newline).encode()) == facts_of(source.encode())


@given(statements)
def test_sites_stand_in_source_order(program: list[str]) -> None:
    source = "\n".join(program).encode()
    places = locate(source)
    newer = {each.at for each in facts_of(source).syntax}
    by_body: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for site in sorted(places.keys() - newer):
        by_body[site // BODY_SITES].append(places[site][:2])
    assert all(starts == sorted(starts) for starts in by_body.values())


@given(statements)
def test_every_site_of_the_facts_can_be_located(program: list[str]) -> None:
    source = "\n".join(program).encode()
    assert {node.at for node in nodes(facts_of(source), msgspec.Struct) if hasattr(node, "at")} <= locate(source).keys()


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_make_it_raise(source: bytes) -> None:
    assert isinstance(extract(source), (ModuleFacts, Unreadable))


@given(st.binary(max_size=60))
def test_what_is_not_facts_is_not_decoded(encoded: bytes) -> None:
    assert isinstance(decode(encoded), (ModuleFacts, Unreadable, type(None)))
