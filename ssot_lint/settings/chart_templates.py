"""Templates of Helm charts as the YAML that they are filled in to, line by line, as far as it can be told.

What only the run knows is `{{*}}` there. Both branches of an `if` stay. Nothing is executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ssot_lint.settings.environments import is_environment
from ssot_lint.settings.model import OF_VALUES
from ssot_lint.settings.yaml_tree import Node, documents

NOT_KNOWN = "{{*}}"
"""Stands in what is filled in for what is not known."""

VARIABLE = re.compile(r"^[A-Z][A-Z0-9]*(?:__?[A-Z0-9]+)*$")
"""What values name like that is a variable."""

_PATH = re.compile(r"(?:^|/)templates/.*\.ya?ml$")
_ACTION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_ALONE = re.compile(r"\s*(?:\{\{(?:(?!\}\}).)*\}\}\s*)+")
_STAGES = re.compile(r"\s*\|\s*(?:quote|squote|toString|lower|trim|trunc\s+\d+|trimSuffix\s+\"[^\"]*\")\s*$")
_VALUES = re.compile(r"\$?\.Values((?:\.\w+)+)")
_BY_DEFAULT = re.compile(r"(\$?\.Values(?:\.\w+)+)\s*\|\s*default\s+(\"[^\"]*\"|\d+)")
_INCLUDED = re.compile(r"(?:include|template)\s+\"([\w./-]+)\"\s+[.$]")
_OPENING = re.compile(r"(range|with|if|define|block)\b\s*(.*)", re.DOTALL)
_OTHER_CONTROL = re.compile(r"(?:else|end|template|/\*|\$\w*\s*:?=|fail|break|continue)(?!\w)")
_INDENTED = re.compile(r"n?indent\s+(\d+)")
_LINE = re.compile(r"(\s*(?:-\s+)*)(?:(\"[^\"]*\"|'[^']*'|[^\s:\"'#-][^:#]*?):(?:\s+(.*))?|(.*))", re.DOTALL)
_FLOW = re.compile(r"\[|\{(?!\{)")
_IN_FLOW = re.compile(r"(\"[^\"]*\"|'[^']*')|[^\s,\[\]{}\"']*(?:\{\{\*\}\}[^\s,\[\]{}\"']*)+")
"""What is not known in a list or a map that stands in one line; what is quoted already is found as such."""
_BESIDE = re.compile(r"\{\{\*\}\}[-_./]|[-_./]\{\{\*\}\}")
_WORD = re.compile(r"[A-Za-z0-9]+")
_KNOWN = re.compile(r"[\w./@-]+(?::[\w./@-]+)*")
_KNOWN_IN_PART = re.compile(r"[\w./-]*\{\{\*\}\}[\w./-]*")
_MARKS = {
    "env": f'- {{name: "{NOT_KNOWN}", value: "{NOT_KNOWN}"}}',
    "envFrom": f'- configMapRef: {{name: "{NOT_KNOWN}"}}',
    "data": f'"{NOT_KNOWN}": "{NOT_KNOWN}"',
    "stringData": f'"{NOT_KNOWN}": "{NOT_KNOWN}"',
}
"""What stands, under a key, for what may be put there."""


def is_template(path: str, text: str) -> bool:
    """Whether a file is a template of a chart."""
    return "{{" in text and _PATH.search(path) is not None


def chart_of(path: str) -> str:
    """The folder of the chart that a template is of."""
    return path[: path.rindex("templates/")].rstrip("/")


def documents_of(path: str, text: str, values: Callable[[str], Sequence[str]] | None = None) -> list[Node]:
    """The YAML documents of a file; raises `YamlError`. `values` gives the texts of YAML files in a folder."""
    if not is_template(path, text):
        return documents(text)
    folder = chart_of(path)
    roots = [root for each in values(folder) for root in _read(each)] if values is not None else []
    return documents(_Template(folder.rpartition("/")[2] or "chart", roots).filled_in(text))


def _read(text: str) -> list[Node]:
    try:
        return documents(text)
    except ValueError:
        return []  # It is told of where it is read itself.


class _Template:
    """Fills in one template: the name of its chart, and what its values hold."""

    def __init__(self, chart: str, values: Sequence[Node]) -> None:
        self._chart = chart
        self._values = values
        self._around: list[str] = []  # what `range` and `with` are about, from the outermost on
        self._lines: list[str] = []

    def filled_in(self, text: str) -> str:
        for line in _in_one_line(text).splitlines():
            if _ALONE.fullmatch(line):
                self._lines += self._alone(line)
            elif "{{" in line and not line.lstrip().startswith("#"):
                self._lines.append(self._line(line))
            else:
                self._lines.append(line)
        return "\n".join(self._lines) + "\n"

    def _alone(self, line: str) -> Iterator[str]:
        """What a line holds that is nothing but actions: they decide what comes, or put something here."""
        put = ""
        for action in _ACTION.finditer(line):
            opening = _OPENING.fullmatch(action[1])
            if opening is not None:
                self._around.append(self._about(opening[2]) if opening[1] in {"range", "with"} else "")
            elif action[1] == "end":
                del self._around[-1:]
            elif not _OTHER_CONTROL.match(action[1]):
                put = put or self._put(action[1])
        yield put

    def _about(self, expression: str) -> str:
        """The path among the values that an expression is, `.env` of `.Values.env`; empty for any other."""
        own = expression.rpartition(":=")[2].strip()
        if own in {".", "$."} and self._around:
            return self._around[-1]
        known = _VALUES.fullmatch(own)
        return known[1] if known else ""

    def _put(self, action: str) -> str:
        """What stands for what an action puts under `env`, `data` and the like, unless its names are known."""
        about = self._about(re.sub(r"^(?:toYaml|tpl|include\s+\S+)\s+", "", action.partition("|")[0]).strip())
        indented = _INDENTED.search(action)
        key, column = self._parent(int(indented[1]) if indented else -1)
        mark = _MARKS.get(key, "")
        if self._has_names(about):
            mark = f'"{OF_VALUES}": ""' if key in {"data", "stringData"} else ""
        return f"{' ' * column}{mark}" if mark else ""

    def _parent(self, column: int) -> tuple[str, int]:
        """(key, column of what stands below it) for what would stand in the next line in a column, if that is known."""
        item = -1
        for line in reversed(self._lines):
            known = _LINE.fullmatch(line)
            if not line.strip() or known is None or line.lstrip().startswith("#"):
                continue
            own = len(line) - len(line.lstrip())
            is_item = line.lstrip().startswith("- ")
            if is_item and (column < 0 or own <= column):
                item, column = own, own
            elif not is_item and known[2] and not known[3] and (own < column or own == item or column < 0):
                return known[2], item if item >= 0 else max(column, own + 2)
            elif not is_item and own < column:
                return "", column
        return "", column

    def _line(self, line: str) -> str:
        filled = _ACTION.sub(lambda action: self._text(action[1]), line)
        known = _LINE.fullmatch(filled)
        if NOT_KNOWN not in filled or known is None:
            return filled
        if _FLOW.match(filled[len(known[1]) :]):
            return f"{known[1]}{_quoted(filled[len(known[1]) :])}"
        indent, key, value, alone = known.groups()
        is_told = any(map(self._has_names, self._around))
        if key is None:
            return f"{indent}{_quoted(alone)}"
        if is_told and NOT_KNOWN in key:
            return f'{indent}"{OF_VALUES}": ""'
        if is_told and key == "name":
            return f'{indent}{key}: ""'
        return f"{indent}{_quoted(key)}: {_quoted(value or '')}"

    def _text(self, expression: str) -> str:
        """What an action is filled in with."""
        while (shorter := _STAGES.sub("", expression)) != expression:
            expression = shorter
        if expression.removeprefix("$") in {".Release.Name", ".Chart.Name"}:
            return self._chart
        if included := _INCLUDED.fullmatch(expression):
            return self._chart if re.search(r"(?:^|[.])(?:full)?name$", included[1]) else included[1]
        if defaulted := _BY_DEFAULT.fullmatch(expression):
            return self._value(defaulted[1], defaulted[2].strip('"'))
        if _VALUES.fullmatch(expression):
            return self._value(expression, "")
        return NOT_KNOWN

    def _value(self, expression: str, default: str) -> str:
        """What all values have there, or the default where none has anything."""
        path = expression.removeprefix("$").removeprefix(".Values.").split(".")
        nodes = [node for root in self._values if (node := root.get(*path)) is not None]
        texts = {node.text for node in nodes if node.type == "scalar" and node.text} or ({default} - {""})
        # What differs in the environment alone is known but for that.
        alike = {_WORD.sub(lambda word: NOT_KNOWN if is_environment(word[0]) else word[0], each) for each in texts}
        # What holds for all environments may have no word for one.
        open_ = {each for each in alike if NOT_KNOWN in each}
        if len(open_) == 1 and alike - open_ <= {_BESIDE.sub("", each) for each in open_}:
            alike = open_
        if len(texts) > 1 and len(alike) == 1:
            text, form = alike.pop(), _KNOWN_IN_PART
        else:
            text, form = (texts.pop() if len(texts) == 1 else NOT_KNOWN), _KNOWN
        return text if form.fullmatch(text) else NOT_KNOWN

    def _has_names(self, path: str) -> bool:
        """Whether values have keys or names there, which are read from where they stand."""
        if not path:
            return False
        nodes = [node for root in self._values if (node := root.get(*path[1:].split("."))) is not None]
        names = [key.text or "" for node in nodes for key, _ in node.pairs]
        names += [entry.text_of("name") for node in nodes for entry in node.elements]
        return bool(names) and all(map(VARIABLE.match, names))


def _in_one_line(text: str) -> str:
    """The text with actions that run over several lines in the first of them, and empty lines for the others."""
    found = _ACTION.sub(lambda action: " ".join(action[0].split("\n")) + "\0" * action[0].count("\n"), text)
    return re.sub(r"(\0+)([^\n]*)", lambda each: each[2] + "\n" * len(each[1]), found)


def _quoted(text: str) -> str:
    if NOT_KNOWN not in text or text[:1] in {'"', "'", "|", ">"}:
        return text
    if _FLOW.match(text):
        return _IN_FLOW.sub(lambda found: found[0] if found[1] else f"'{found[0]}'", text)
    return "'" + text.replace("'", "''") + "'"
