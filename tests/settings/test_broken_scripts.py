"""Shell scripts that are broken, or written in ways that nobody would: they are read as far as they can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.settings.shell import commands, parsed
from ssot_lint.settings.shell_branches import branches, program_of, text_of

LINES = (
    r"""
set -eu|exit|[[ -v X ]] &&|unset|read|"" a|> f|!|\|"|'|A=|A=()|A=(1 2)|A+=(x)|A+=x|B=${A%,}|M=([a]=1)|IFS=,|IFS=()
X=$(IFS=(); echo "${A[*]}")|$(printf '%s,' "${A[@]}")|for k in "${!M[@]}"; do|for x in $A; do|while :; do|done
if [ "$X" = y ]; then|elif [ $X != a ]; then|else|fi|case "$X" in|*) exit;;|esac|f() {|}|f|$()|$(|``|${|<<E|E|{ ;}|&& f
""".replace("|", "\n")
    .strip()
    .split("\n")
)


@given(st.lists(st.sampled_from(LINES), max_size=10).map("\n".join))
def test_reading_a_script_never_fails(text: str) -> None:
    assert all(word.line >= 1 for words in commands(text) for word in words)


def test_what_is_missing_runs_nothing() -> None:
    (decided,) = parsed("if [ -d log ]; then [ -d x ] &&\nfi\n").root_node.named_children
    assert not any(each.exits() for each in branches(decided))
    pending, programs = [parsed("[ -d log ] &&\n").root_node], []
    while pending:
        node = pending.pop()
        pending += node.named_children
        programs += [program_of(node)] if node.type == "command" else []
    assert programs == [""]


def test_a_list_without_what_stands_between() -> None:
    text = 'A=(a b)\nL=$(IFS=(); echo "${A[*]}")\ngcloud run deploy x --set-env-vars "$L"\n'
    assert [words[-1].text for words in commands(text) if words[:1] and words[0].text == "gcloud"] == ["*"]
    assert text_of(parsed(text).root_node) == text
