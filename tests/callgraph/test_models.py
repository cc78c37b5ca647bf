from __future__ import annotations

import pytest

from ssot_lint.callgraph.model_files import load_models
from tests.callgraph.phases import expected, graph_of, phases
from tests.callgraph.programs import PROGRAMS

MODELS = load_models()


@pytest.mark.parametrize("program", PROGRAMS)
def test_reaches_what_libraries_call(program: str) -> None:
    text = PROGRAMS[program]
    wanted = expected(text)
    assert wanted
    reached = phases(graph_of({"app": text}, MODELS))
    assert {name: reached.get(name, "unreached") for name in wanted} == wanted
