"""Values that templates of a Helm chart take and its `values.yaml` does not have.

What is not there is empty, or ends the installation where more is asked of it
(https://helm.sh/docs/chart_template_guide/values_files/).
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ssot_lint.findings import Span
from ssot_lint.project.model import Project
from ssot_lint.settings.chart_templates import chart_of, is_template
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.unnamed import Unnamed
from ssot_lint.settings.yaml_tree import Node, YamlError, documents

_ACTION = re.compile(r"\{\{-?\s*((?:(?!\}\}).)*?)\s*-?\}\}", re.DOTALL)
_COMMENT = re.compile(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)
_TAKEN = re.compile(
    r"\$?\.Values((?:\.\w+)+)(?:\s*\|\s*(?:quote|squote|toString|int|lower|upper|trim|b64enc|toYaml|n?indent \d+))*"
)
"""An action that puts a value there as it is; what is asked for otherwise may be left out."""
_MENTIONED = re.compile(r"\.Values((?:\.\w+)+)")
_VALUES = re.compile(r"values(?:[._-][\w.-]+)?\.ya?ml$")
_ALIKE = 0.6


def unvalued(project: Project) -> Iterator[Unnamed]:
    """What the templates of each chart take that is not there, if what they surely mean is: one that nothing takes."""
    charts: defaultdict[str, list[str]] = defaultdict(list)
    for path in project.others:
        if "templates/" in path and path.endswith((".yaml", ".yml", ".tpl")) and not stands_aside(path):
            charts[chart_of(path)].append(path)
    for folder, paths in charts.items():
        own = f"{folder}/values.yaml" if folder else "values.yaml"
        if own not in project.others:
            continue
        try:
            templates = [Document(path, _COMMENT.sub(_blanked, text_of(project, path))) for path in paths]
            values = [root for path in _files_of_values(project) for root in documents(text_of(project, path))]
            known = documents(text_of(project, own))
        except (UnreadableError, YamlError):
            continue  # its reader tells of it
        if len(known) == 1:
            yield from _of_chart(
                [each for each in templates if is_template(each.path, each.text)], templates, known[0], values
            )


def _files_of_values(project: Project) -> Iterator[str]:
    return (path for path in project.others if _VALUES.search(path))


def _of_chart(
    read: Sequence[Document], every: Sequence[Document], known: Node, values: Sequence[Node]
) -> Iterator[Unnamed]:
    counts: defaultdict[str, int] = defaultdict(int)
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for document in every:
        for match in _MENTIONED.finditer(document.text):
            counts[match[1][1:]] += 1
    for document in read:
        for action in _ACTION.finditer(document.text):
            if taken := _TAKEN.fullmatch(action[1]):
                line = document.text.count("\n", 0, action.start()) + 1
                places[taken[1][1:]].append(document.span(line, f".Values{taken[1]}"))
    for path, found in places.items():
        # What is asked for elsewhere, or in another way, may be missing on purpose.
        parts = path.split(".")
        if len(found) == counts[path] and not any(root.get(*parts) for root in values):
            around = known.get(*parts[:-1])
            beside = {key.text or "" for key, _ in around.fields()} if around is not None else set()
            free = [each for each in beside if not _is_taken(".".join([*parts[:-1], each]), counts)]
            near = difflib.get_close_matches(parts[-1], sorted(free), 1, _ALIKE)
            if near:
                meant = ".".join([*parts[:-1], near[0]])
                yield Unnamed(path, tuple(dict.fromkeys(found)), f".Values.{meant}")


def _is_taken(path: str, counts: dict[str, int]) -> bool:
    """Whether a template takes a value, or something of it, or all of what it stands in."""
    return any(f"{path}.".startswith(f"{each}.") or each.startswith(f"{path}.") for each in counts)


def _blanked(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
