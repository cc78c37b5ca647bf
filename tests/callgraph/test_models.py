from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.callgraph.model_files import ModelFile, expand, load_models
from ssot_lint.config.resources import rules_directory
from tests.callgraph.phases import expected, graph_of, phases
from tests.callgraph.programs import PROGRAMS

MODELS = load_models(rules_directory() / "models")


@pytest.mark.parametrize("program", PROGRAMS)
def test_reaches_what_libraries_call(program: str) -> None:
    text = PROGRAMS[program]
    wanted = expected(text)
    assert wanted
    reached = phases(graph_of({"app": text}, MODELS))
    assert {name: reached.get(name, "unreached") for name in wanted} == wanted
