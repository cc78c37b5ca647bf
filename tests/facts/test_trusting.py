"""What LibCST's parser makes is not validated; what anybody else makes is."""

from __future__ import annotations

import libcst as cst
import pytest

from ssot_lint.facts.extract import parse


def test_a_tree_is_the_same_as_a_validated_one() -> None:
    source = b"from a import (b as c)\n\n\nclass D(E, metaclass=F):\n    x: int = 1 if not(y)else 2  # z\n"

    tree = parse(source)

    assert isinstance(tree, cst.Module)
    assert tree.deep_equals(cst.parse_module(source))


def test_nodes_are_validated_after_a_parse_and_after_a_failed_one() -> None:
    for source in (b"x = 1\n", b"x = (\n"):
        parse(source)

        with pytest.raises(cst.CSTValidationError):
            cst.Name("")
