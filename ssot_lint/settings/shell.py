"""The commands of a shell script as words with lines, read with tree-sitter's Bash grammar; nothing is executed.

Variables, arrays and the words of `for` loops that are known from the text are put in; what is not known is `*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ssot_lint.settings.model import UNKNOWN
from ssot_lint.settings.shell_branches import branches, runs, taken, text_of

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Tree

_LITERALS = frozenset({"word", "number", "string_content", "raw_string", "ansi_c_string", "variable_name"})
_LONGEST_LIST = 1000
_LONGEST_TEXT = 100_000
_MOST_STEPS = 200_000
_MOST_ARGUMENTS = 10
_KEY = re.compile(r"""\[["']?([^\]"'$`]+)["']?\]=""")
_ALL = re.compile(r"\$\{(\w+)\[\*\]\}")
_TRIMMED = re.compile(r"\$\{(\w+)(?:%%?[,?]|##?[,?]|:1|::-1|:0:-1)\}")
"""A list without the comma at its end, or at its beginning."""
_FORM = re.compile(r"%s[^\w\s%]|[^\w\s%]%s")
_INTO = re.compile(r"""(?:paste\s[^|]*?d\s*|tr\s+["']?\\n["']?\s+)["']?([^\w\s"'-])""")
_JOIN = re.compile(r"""\bIFS=["']?\$\{?1\b[\s\S]*\$\*""")


class Word(NamedTuple):
    """An argument of a command; `*` stands for what is not known. The line is 1-based.

    `origins` are the lines of what it is put together from elsewhere, by the name that each begins with.
    """

    text: str
    line: int
    origins: tuple[tuple[str, int], ...] = ()


class _Turn(NamedTuple):
    """A turn of a loop, or a call of a function: what a variable, or an argument (`1`), holds from here on.

    None stands for what is not known.
    """

    variable: str
    values: list[Word] | None


class _End(NamedTuple):
    """The end of a function's body."""

    function: str


@lru_cache(maxsize=1)
def _parser() -> Parser:
    import tree_sitter
    import tree_sitter_bash

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))


def parsed(text: str) -> Tree:
    """The syntax tree of a script."""
    return _parser().parse(text.encode("utf-8", "replace"))


def commands(text: str, first_line: int = 1) -> Iterator[list[Word]]:
    """Every command of `text`, whose first line is `first_line` of its file. Arrays of arguments count as commands.

    One that runs in a loop comes as often as it differs, and so does one that runs after a variable such as
    `$ENVIRONMENT` has decided what others hold.
    """
    tree = parsed(text)
    seen: set[tuple[Word, ...]] = set()
    for chosen in runs(tree.root_node):
        for words in _Script(first_line, chosen).run(tree.root_node):
            if tuple(words) not in seen:
                seen.add(tuple(words))
                yield words


class _Script:
    """Walks the syntax tree in order and keeps what variables hold."""

    def __init__(self, first_line: int, chosen: Mapping[str, str | None]) -> None:
        self._offset = first_line
        self._chosen = chosen
        self._variables = {name: [Word(value, first_line)] for name, value in chosen.items() if value is not None}
        self._functions: dict[str, Node] = {}
        self._called: set[str] = set()
        self._running: set[str] = set()
        self._steps = _MOST_STEPS  # loops inside loops would take all time there is

    def run(self, root: Node) -> Iterator[list[Word]]:
        yield from self._run([root])
        # Somebody may call what nothing here calls.
        for name in [each for each in self._functions if each not in self._called]:
            yield from self._run([self._functions[name]])

    def _run(self, stack: list[Node | _Turn | _End]) -> Iterator[list[Word]]:
        while stack and self._steps > 0:
            self._steps -= 1
            node = stack.pop()
            if isinstance(node, _Turn):
                self._variables.pop(node.variable, None)
                self._variables |= {node.variable: node.values} if node.values is not None else {}
            elif isinstance(node, _End):
                self._running.remove(node.function)
            elif node.type == "function_definition":
                self._define(node)
            elif node.type == "for_statement":
                stack += self._turns(node)
            elif decided := branches(node):
                held = {name: words[0].text for name, words in self._variables.items() if len(words) == 1}
                known = {name: text for name, text in held.items() if UNKNOWN not in text}
                possible, is_certain = taken(decided, known, self._chosen)
                if is_certain and len(possible) == 1 and possible[0].exits():
                    return
                stack += reversed([part for each in possible for part in (*each.tested, *each.body)])
            else:
                stack += reversed(node.named_children)
                if node.type == "variable_assignment":
                    yield from self._assign(node)
                elif node.type == "command":
                    yield (words := self._words(node))
                    stack += self._call(words)

    def _define(self, node: Node) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is not None and body is not None:
            self._functions[text_of(name)] = body

    def _call(self, words: list[Word]) -> list[Node | _Turn | _End]:
        """What the call of a function of the script runs, from the last to the first."""
        name = words[0].text if words else ""
        if name not in self._functions or name in self._running:
            return []
        self._called.add(name)
        self._running.add(name)
        given = {str(number): words[number : number + 1] for number in range(1, _MOST_ARGUMENTS)}
        before = [_Turn(number, self._variables.get(number)) for number in given]
        return [*before, _End(name), self._functions[name], *(_Turn(number, held) for number, held in given.items())]

    def _assign(self, node: Node) -> Iterator[list[Word]]:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None:
            return
        words = self._expand(value) if value is not None else [Word("", self._line(node))]
        if value is not None and (keys := self._keys(value)):
            self._variables[f"!{text_of(name)}"] = keys
            return
        held = self._variables.get(text_of(name), []) if any(child.type == "+=" for child in node.children) else []
        if value is not None and value.type == "array":
            yield words
            words = [*held, *words]
        elif held:
            words = [Word(_bounded(f"{first.text}{word.text}"), first.line) for first in held[:1] for word in words]
        elif value is not None and value.type == "string" and len(words) == 1 and " --" in f" {words[0].text}":
            yield _split(words[0])
        value_there = self._chosen.get(text_of(name))
        if value_there is not None and len(words) == 1 and UNKNOWN in words[0].text:
            words = [words[0]._replace(text=value_there)]
        self._variables[text_of(name)] = words[:_LONGEST_LIST]

    def _keys(self, value: Node) -> list[Word]:
        """The keys of an associative array, `([key]=value …)`; none of any other."""
        children = value.named_children if value.type == "array" else []
        keys = [_KEY.match(text_of(child)) for child in children]
        found = [Word(key[1], self._line(child)) for key, child in zip(keys, children, strict=True) if key]
        return found[:_LONGEST_LIST] if len(found) == len(children) else []

    def _turns(self, node: Node) -> list[Node | _Turn | _End]:
        """What a loop runs, from the last to the first: its body for every known value."""
        variable, body = node.child_by_field_name("variable"), node.child_by_field_name("body")
        if variable is None or body is None:
            return list(reversed(node.named_children))
        values = [word for value in node.children_by_field_name("value") for word in self._expand(value)]
        turns = [_Turn(text_of(variable), [word]) for word in values or [Word(UNKNOWN, self._line(node))]]
        return [each for turn in reversed(turns[:_LONGEST_LIST]) for each in (body, turn)]

    def _words(self, node: Node) -> list[Word]:
        return [word for child in node.named_children if child.type != "file_redirect" for word in self._expand(child)]

    def _expand(self, node: Node) -> list[Word]:
        """The words that a part of a command stands for."""
        if node.type in {"array", "command_name"}:
            return [word for child in node.named_children for word in self._expand(child)]
        if (joined := self._joined(node)) is not None:
            return [joined]
        name = _variable(node)
        if name is None and node.type == "string" and len(node.named_children) == 1:
            name = _variable(node.named_children[0])
        if name is not None and name in self._variables:
            known = self._variables[name]
            return _split(known[0]) if len(known) == 1 and node.type != "string" else list(known)
        line = self._line(node)
        if node.type == "concatenation" and len(node.named_children) == 2 and text_of(node).startswith("--"):
            # `--flag="$X"` is told where X has what it holds.
            line = min([line, *(word.line for word in self._expand(node.named_children[1]) if word.text != UNKNOWN)])
        return [Word(text, line) for text in self._alternatives(node)]

    def _joined(self, node: Node) -> Word | None:
        """The one word that a script makes of an array, put together or without the comma at its end."""
        if node.type == "string" and len(node.named_children) == 1:
            node = node.named_children[0]
        if trimmed := _TRIMMED.fullmatch(text_of(node)):
            held = self._variables.get(trimmed[1], [])
            return Word(held[0].text.strip(","), held[0].line) if len(held) == 1 else None
        if (every := _ALL.fullmatch(text_of(node))) and (delimiter := self._variables.get("IFS")):
            return _join(self._variables.get(every[1], []), delimiter[0].text)
        return self._substituted(node.named_children) if node.type == "command_substitution" else None

    def _substituted(self, parts: list[Node]) -> Word | None:
        """`$(IFS=,; echo "${A[*]}")`, `$(printf '%s,' "${A[@]}")` and the like."""
        delimiters = [
            word.text for each in parts[:-1] for value in _values_of_ifs(each) for word in self._expand(value)[:1]
        ]
        command = parts[-1] if parts else None
        into = _INTO.match(text_of(command.named_children[-1])) if command and command.type == "pipeline" else None
        if command is not None and into is not None:
            command, delimiters = command.named_children[0], [into[1]]
        match self._words(command) if command is not None and command.type == "command" else []:
            case [Word(text="echo"), *given] if delimiters:
                return _join(given, delimiters[0])
            case [Word(text="printf"), Word(text="%s" | "%sn" | "%s\\n"), *given] if delimiters:
                return _join(given, delimiters[0])
            case [Word(text="printf"), Word(text=form), *given] if _FORM.fullmatch(form):
                return _join(given, form.replace("%s", ""))
            case [Word(text=name), Word(text=delimiter), *given] if self._is_join(name):
                return _join(given, delimiter)
            case _:
                return None

    def _is_join(self, name: str) -> bool:
        """Whether a function of the script puts its other arguments together by the first."""
        return name in self._functions and _JOIN.search(text_of(self._functions[name])) is not None

    def _alternatives(self, node: Node) -> list[str]:
        """The texts of a word in which variables stand that have several values, as a loop gives them."""
        if (joined := self._joined(node)) is not None:
            return [joined.text]
        if (name := _variable(node)) is not None and len(self._variables.get(name, [])) > 1:
            return [word.text for word in self._variables[name]]
        if node.type not in {"string", "concatenation"} or "$" not in text_of(node):
            return [self._literal(node)]
        texts = [""]
        for child in node.named_children:
            more = self._alternatives(child)
            if len(texts) * len(more) > _LONGEST_LIST:
                more = ["*"]
            texts = [_bounded(f"{text}{part}") for text in texts for part in more]
        return texts

    def _literal(self, node: Node) -> str:
        if node.type in _LITERALS:
            text = text_of(node)
            return text[1:-1] if node.type == "raw_string" else text.replace("\\", "")
        if (name := _variable(node)) is not None:
            known = self._variables.get(name, [])
            return known[0].text if len(known) == 1 else "*"
        if node.type in {"string", "concatenation"}:
            return _bounded("".join(self._literal(child) for child in node.named_children))
        return "*"

    def _line(self, node: Node) -> int:
        return node.start_point[0] + self._offset


def _join(words: list[Word], delimiter: str) -> Word | None:
    return Word(_bounded(delimiter.join(word.text for word in words)), words[0].line) if words else None


def _values_of_ifs(node: Node) -> Iterator[Node]:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if node.type == "variable_assignment" and name is not None and value is not None and text_of(name) == "IFS":
        yield value


def _variable(node: Node) -> str | None:
    """The variable of `$x`, `${x}`, `${x[@]}` and, as `!x`, `${!x[@]}`; None for an expansion that does more."""
    if node.type not in {"simple_expansion", "expansion"} or len(node.named_children) != 1:
        return None
    inner, signs = node.named_children[0], {child.type for child in node.children if not child.is_named}
    takes_keys = inner.type == "subscript" and "!" in signs
    if inner.type == "subscript":
        inner = inner.named_children[0]
    if inner.type != "variable_name" or signs - {"$", "${", "}"} - ({"!"} if takes_keys else set()):
        return None
    return f"!{text_of(inner)}" if takes_keys else text_of(inner)


def _bounded(text: str) -> str:
    """The text, unless nobody writes such a long one: variables that double each other would take all memory."""
    return text if len(text) <= _LONGEST_TEXT else "*"


def _split(word: Word) -> list[Word]:
    return [Word(part, word.line) for part in word.text.split()] or [word]
