from __future__ import annotations

import tomli
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.config.lines import KeyPath, key_lines

DOCUMENT = '''\
# a comment
exclude = ["a",
  # why
  "b", "c",
  """d
e"""
]
dotted."quoted key" = 1
text = """
[not.a.table]
key = 1
"""

[tool.ssot-lint]
inline = {p = 1, q = [1, 2]}

[[contracts]]
name = "first"
[[contracts.examples]]
code = 1

[[contracts.examples]]
code = 2
[[contracts]]
[contracts.sub]
y = 1
[[contracts.examples]]
code = 3
'''


def test_every_kind_of_key_has_its_line() -> None:
    lines = key_lines(DOCUMENT)
    assert [lines["exclude", index] for index in range(4)] == [2, 4, 4, 5]
    assert lines["exclude",] == 2
    assert lines["dotted", "quoted key"] == 8
    assert lines["text",] == 9
    assert lines["tool", "ssot-lint"] == 14
    assert lines["tool", "ssot-lint", "inline", "q", 1] == 15
    assert lines["contracts", 0] == 17
    assert lines["contracts", 0, "examples", 1] == 22
    assert lines["contracts", 0, "examples", 1, "code"] == 23
    assert lines["contracts", 1] == 24
    assert lines["contracts", 1, "sub", "y"] == 26
    assert lines["contracts", 1, "examples", 0, "code"] == 28


def test_crlf_and_a_missing_last_newline() -> None:
    assert key_lines("a = [\r\n1,\r\n2\r\n]\r\nb = 1") == {("a",): 1, ("a", 0): 2, ("a", 1): 3, ("b",): 5}


KEYS = st.sampled_from(["a", "b-c", '"quoted key"', "d.e"])
SCALARS = st.sampled_from(["1", '"text"', "'''x\ny = 1\n[z]'''", "1979-05-27", "true", "{}", "{p = 1, q = [1, [2]]}"])
ARRAYS = st.lists(SCALARS, max_size=3).map(lambda items: "[\n" + ",  # why\n".join(items) + "\n]")
STATEMENTS = st.lists(
    st.builds("{} = {}".format, KEYS, SCALARS | ARRAYS)
    | st.builds("[{}]".format, KEYS)
    | st.builds("[[{}]]".format, KEYS)
    | st.builds("[[{}.sub]]".format, KEYS)
    | st.sampled_from(["", "# [comment]"]),
    max_size=8,
)


def _paths(value: object, path: KeyPath = ()) -> set[KeyPath]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path} | {inner for key, item in items for inner in _paths(item, (*path, key))}


@given(STATEMENTS)
def test_exactly_what_a_document_says_has_a_line(statements: list[str]) -> None:
    text = "\n".join(statements)
    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    lines = key_lines(text)
    assert set(lines) == _paths(document) - {()}
    written = text.split("\n")
    assert all(key.split(" ")[0] in written[line - 1] for (*_, key), line in lines.items() if isinstance(key, str))
