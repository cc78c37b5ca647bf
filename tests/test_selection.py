from __future__ import annotations

import pytest

from ssot_lint.selection import choose, unknown

KNOWN = ["SSOT101", "SSOT102", "SSOT201", "SSOT901"]


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        ([], [], {"SSOT101", "SSOT102", "SSOT201", "SSOT901"}),
        (["SSOT1"], [], {"SSOT101", "SSOT102"}),
        (["SSOT101", "SSOT2"], [], {"SSOT101", "SSOT201"}),
        ([], ["SSOT1"], {"SSOT201", "SSOT901"}),
        (["SSOT1"], ["SSOT101"], {"SSOT102"}),
        (["SSOT101"], ["SSOT1"], {"SSOT101"}),
        (["SSOT1"], ["SSOT1"], set()),
    ],
)
def test_the_longer_prefix_decides(select: list[str], ignore: list[str], chosen: set[str]) -> None:
    assert choose(KNOWN, select, ignore) == chosen


def test_prefixes_that_fit_nothing() -> None:
    assert unknown(KNOWN, ["SSOT1", "SSOT3", "E"]) == [1, 2]
