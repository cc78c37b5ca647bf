"""What a Python file holds of constants: what names are bound to, lists of strings, and what calls are given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from ssot_lint.facts.deep import run_deep
from ssot_lint.settings.constants import Constants
from ssot_lint.settings.document import TooLargeError, UnreadableError
from ssot_lint.settings.elsewhere import Module, placed
from ssot_lint.settings.model import UNKNOWN
from ssot_lint.settings.scopes import Given, Scopes
from ssot_lint.settings.syntax import is_entry
from ssot_lint.settings.tables import Constant, Items, Table, Text, texts_of

PART = "/"
"""Stands between a symbol's name and the number of its part."""
_LONGEST = 2**20
"""Characters: a module in which people write down settings is shorter, and its tree takes hundreds of times that."""
_DEEPEST = 20
_MOST = 200_000
"""Characters of all other modules that are parsed for one: tables are short, and trees take a hundred times that."""
_NAMING = frozenset({"function_name", "container_name", "service_name"})


@dataclass(frozen=True)
class Symbol:
    """A name bound to a constant: `name` is dotted inside the module (`Class.NAME`, `function.name`).

    What a function returns has the function's own name. `part` counts what has the same name before it: a function may
    return one table for each environment.
    """

    name: str
    constant: Constant
    part: int = 0

    @property
    def group(self) -> str:
        """What tells the settings of this constant from those of others of its name."""
        return f"{self.name}{PART}{self.part}" if self.part else self.name


@dataclass(frozen=True)
class Called:
    """A call: the last name of what is called and that of its owner, and what is known of the arguments."""

    name: str
    owner: str
    line: int
    positional: tuple[Constant | None, ...]
    keywords: tuple[tuple[Text, Constant | None], ...]

    @property
    def service(self) -> str:
        """The name of what is made: the one that it is given, or else the first text among its arguments."""
        named = (value for key, value in self.keywords if key.text in _NAMING and isinstance(value, Text))
        first = (value for value in self.positional if isinstance(value, Text))
        return next((each.text for each in (*named, *first)), "")


class PythonFile:
    """A parsed file; raises `UnreadableError` where it can't be parsed.

    `find` gives the module that an import statement names, by the number of its dots and the dotted name; `others` are
    the modules that were parsed for it, by path. `path` is its own.
    Of the keys that stand in a dict more than once with different strings, `again` has the lines of those that Python
    drops, by line and name of the one that it keeps.
    """

    def __init__(
        self,
        text: str,
        find: Callable[[int, str], Module | None] = lambda *_: None,
        others: dict[str, PythonFile | None] | None = None,
        path: str = "",
    ) -> None:
        from ssot_lint.facts.model import Unreadable
        from ssot_lint.facts.parser import parse
        from ssot_lint.facts.positions import lines

        if len(text) > _LONGEST:
            raise TooLargeError(f"larger than {_LONGEST // 2**20} MB and not read for settings")
        module = parse(text.encode("utf-8", "surrogatepass"))
        if isinstance(module, Unreadable):
            raise UnreadableError(module.message, module.line)
        self._lines = run_deep(lambda: lines(module))
        self._scopes = Scopes(module)
        self._others = {} if others is None else others
        self._module = Module(path, text, find)
        self._records: dict[str, list[tuple[str, Constant | None]]] = {}
        self._constants = Constants(self._scopes, self._lines, self._imported, self._returned, self._fields)
        self.again = self._constants.again

    def symbols(self) -> Iterator[Symbol]:
        """Every name that is bound to a list, a dict, or something that holds them, in source order."""
        seen: Counter[str] = Counter()
        for name, value, scope in self._scopes.symbols:
            constant = self._constants.evaluate(value, scope) if not is_entry(value) else None
            if constant is not None:
                constant = self._constants.with_added(constant, name.rpartition(".")[2], scope, 0)
            if isinstance(constant, Items | Table):
                yield Symbol(name, constant, seen[name])
                seen[name] += 1

    def constant(self, names: Sequence[str], depth: int) -> Constant | None:
        """What a name of the module, or an attribute of a class of it, is; None where that is not known.

        `depth` counts how often that has been asked for something else to be known.
        """
        holder = self._scopes.module if len(names) == 1 else self._scopes.module.classes.get(names[0])
        value = holder.bound.get(names[-1]) if holder is not None else None
        if holder is None or value is None:
            return self._imported(names, depth + 1)
        found = self._constants.evaluate(value, holder, depth + 1)
        return self._constants.with_added(found, names[-1], holder, depth + 1) if found is not None else None

    def returned(self, names: Sequence[str], given: Given, depth: int) -> Constant | None:
        """What a function of the module, or a method of a class of it, returns that is given something."""
        holder = self._scopes.module if len(names) == 1 else self._scopes.module.classes.get(names[0])
        function = holder.functions.get(names[-1]) if holder is not None else None
        if function is None or len(function.returned) != 1:
            return None
        return self._constants.returned(function, given, depth)

    def _imported(self, names: Sequence[str], depth: int) -> Constant | None:
        """What a dotted name is that an import statement binds: a constant of a module, or of a class there."""
        return self._asked_of(names, depth, lambda other, rest: other.constant(rest, depth + 1))

    def _returned(self, names: Sequence[str], given: Given, depth: int) -> Constant | None:
        """What a function returns that an import statement binds, or a method of a class that it binds."""
        lines = self._module.text.splitlines()
        own = [(name, placed(value, self._module, lines, names[-1]) if value else None) for name, value in given]
        return self._asked_of(names, depth, lambda other, rest: other.returned(rest, own, depth + 1))

    def _asked_of(
        self, names: Sequence[str], depth: int, ask: Callable[[PythonFile, Sequence[str]], Constant | None]
    ) -> Constant | None:
        """What another module answers of a dotted name that an import statement binds, where it stands there."""
        imported = self._scopes.imports.get(names[0])
        if imported is None or depth > _DEEPEST:
            return None
        parts = [*imported.module.split("."), imported.name, *names[1:]]
        parts = [part for part in parts if part]
        for length in range(len(parts) - 1, max(len(parts) - 3, -1), -1):
            module = self._module.find(imported.level, ".".join(parts[:length]))
            if module is not None and (other := self._other(module, parts[length])) is not None:
                found = ask(other, parts[length:])
                return placed(found, module, module.text.splitlines(), parts[-1]) if found is not None else None
        return None

    def _fields(self, name: str) -> list[tuple[str, Constant | None]]:
        """The fields of the class that a name stands for, with their defaults where these are known."""
        if name not in self._records:
            self._records[name] = []  # while it is looked up
            self._records[name] = self._fields_of(name)
        return self._records[name]

    def _fields_of(self, name: str) -> list[tuple[str, Constant | None]]:
        made = self._scopes.module.classes.get(name)
        if made is not None:
            bound = ((each, made.bound.get(each)) for each in made.fields)
            return [(each, self._constants.evaluate(value, made) if value else None) for each, value in bound]
        imported = self._scopes.imports.get(name)
        module = self._module.find(imported.level, imported.module) if imported is not None and imported.name else None
        other = self._other(module, imported.name) if module is not None and imported is not None else None
        if other is None or module is None or imported is None:
            return []
        lines = module.text.splitlines()
        known = other._fields(imported.name)
        return [(each, placed(value, module, lines, each) if value else None) for each, value in known]

    def _other(self, module: Module, name: str) -> PythonFile | None:
        """Another module, if it binds the name and is not one too many; it is parsed once for all that led to it."""
        bound = rf"{name}\s*[:=]|{name},?$"
        if not re.search(
            rf"^\s*(?:{bound})|^(?:class|(?:async )?def) {name}\b|\bimport\b.*\b{name}\b", module.text, re.MULTILINE
        ):
            return None
        if module.path not in self._others:
            if sum(len(each._module.text) for each in self._others.values() if each) + len(module.text) > _MOST:
                return None
            self._others[module.path] = None  # while it is parsed
            with suppress(UnreadableError):  # it is told of by itself
                self._others[module.path] = PythonFile(module.text, module.find, self._others, module.path)
        return self._others[module.path]

    def argument_lists(
        self, repeats: Callable[[list[Text]], bool], opens: Callable[[list[Text]], bool]
    ) -> Iterator[tuple[str, list[Text]]]:
        """(function, strings) of every list or tuple display that holds strings, and of every long string.

        One that `repeats` comes once for every turn of the loops around it and every call of its function. If one
        `opens`, all of its function come together in each of these, and the name of the function has its number behind
        a `#`.
        """
        for scope in self._scopes.all:
            lists = [(display, texts_of(self._constants.evaluate(display, scope))) for display in scope.displays]
            if any(opens(texts) for _, texts in lists):
                every = dict.fromkeys(
                    tuple(tuple(texts_of(constant)) for constant in found)
                    for found in self._constants.together(scope.displays, scope)
                )
                for number, found in enumerate(every):
                    yield from ((f"{scope.name}#{number}", list(texts)) for texts in found)
                continue
            for display, texts in lists:
                if not repeats(texts):
                    yield scope.name, texts
                    continue
                turns = dict.fromkeys(
                    tuple(texts_of(constant)) for constant in self._constants.in_turns(display, scope)
                )
                yield from ((scope.name, list(found)) for found in turns)

    def hands_on(self, function: str) -> bool:
        """Whether a function puts what is not known to its lists and texts, as `[*flags]` and `extend(flags)` do."""
        import libcst as cst

        for scope in (each for each in self._scopes.all if each.name == function.partition("#")[0]):
            added = [each.value for additions in scope.added.values() for each in additions]
            lists = [each for each in scope.displays if isinstance(each, cst.List | cst.Tuple)]
            starred = [each for one in lists for each in one.elements if isinstance(each, cst.StarredElement)]
            whole = [*scope.sums, *(each.value for each in starred)]
            if any(not isinstance(self._constants.evaluate(each, scope), Items) for each in whole):
                return True
            if any(each is None or _is_open(self._constants.evaluate(each, scope)) for each in added):
                return True
        return False

    def calls_of(self, name: str) -> Iterator[Table]:
        """The keywords of every call of a function or method of that name, in every turn of the loops around it."""
        for call, scope in self._scopes.calls.get(name, ()):
            for constant in self._constants.in_turns(call, scope):
                if isinstance(constant, Table):
                    yield constant

    def called(self) -> Iterator[Called]:
        """All calls."""
        import libcst as cst

        for name, calls in self._scopes.calls.items():
            for call, scope in calls:
                owner = call.func.value if isinstance(call.func, cst.Attribute) else None
                plain = [each for each in call.args if not each.star]
                yield Called(
                    name,
                    str(getattr(getattr(owner, "attr", owner), "value", "")),
                    self._lines[call],
                    tuple(self._constants.evaluate(each.value, scope) for each in plain if each.keyword is None),
                    tuple(
                        (Text(each.keyword.value, self._lines[each]), self._constants.evaluate(each.value, scope))
                        for each in plain
                        if each.keyword is not None
                    ),
                )


def _is_open(added: Constant | None) -> bool:
    """Whether what is added to a list or a text may be any argument."""
    return added is None or (isinstance(added, Text) and UNKNOWN in added.text.split())
