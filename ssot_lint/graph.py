"""What `ssot-lint graph` does with a run: from what is asked for to the outline that is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ssot_lint import outline
from ssot_lint.callgraph.build import build, build_whole
from ssot_lint.outline import Outline
from ssot_lint.run import Run
from ssot_lint.symbols import matching


@dataclass(frozen=True)
class GraphOptions:
    """What is drawn: functions that nothing calls too (`everything`), imports and guesses too (`whole`).

    `sources`, `targets` (globs over qualified names) and `depth` cut it down.
    """

    everything: bool = True
    whole: bool = False
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    depth: int | None = None


def draw(run: Run, options: GraphOptions) -> Outline:
    """The graph below the path of the run. Raises `SsotLintError` for what a person can mend."""
    make = partial(build_whole, again=True) if options.everything else build
    graph = make(run.project, run.library, run.entry_points, models=run.config.model_files)
    drawn = outline.outline(graph, run.library.loaded, whole=options.everything)
    if not options.whole:
        drawn = outline.calls(drawn)
    drawn = outline.below(drawn, _modules_below(run))
    if not options.sources and not options.targets and options.depth is None:
        return drawn
    sources = _matching(drawn, options.sources)
    targets = _matching(drawn, options.targets)
    if not sources and not targets:
        sources = {node.symbol for _, node in graph.entries}.intersection(node.name for node in drawn.nodes)
    return outline.cut(drawn, sources, targets, options.depth)


def _modules_below(run: Run) -> frozenset[str]:
    root = run.config.root
    paths = [path.resolve().relative_to(root) for path in run.request.paths]
    return frozenset(
        name
        for name, source in run.project.modules.items()
        if any(Path(source.path).is_relative_to(path) for path in paths)
    )


def _matching(drawn: Outline, globs: Sequence[str]) -> set[str]:
    names = [node.name for node in drawn.nodes]
    return {name for glob in globs for name in matching(glob, names)}
