"""Faults of calls and attributes: definitions that changed under their callers, and calls that changed above them."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from benchmarks.seeded.faults import Fault, kind, shown
from benchmarks.seeded.files import Edit, File
from benchmarks.seeded.reached import Made, Start
from ssot_lint.callgraph.classes import ClassInfo

_GONE = "_gone"
_BAD_CALL = ("SSOT112",)


def _made(start: Start) -> Iterator[Made]:
    """The calls whose arguments are all written out and that nothing in their function guards."""
    for made in start.calls:
        spread = any(isinstance(each, ast.Starred) for each in made.node.args)
        spread = spread or any(each.arg is None for each in made.node.keywords)
        if not spread and start.runs(made.file, made.node) and not _is_overload(made.callee):
            yield made


def _is_overload(callee: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("overload" in ast.unparse(each) or "setter" in ast.unparse(each) for each in callee.decorator_list)


def _is_super(made: Made) -> bool:
    return "super()" in ast.unparse(made.node.func)


def _is_method(made: Made) -> bool:
    return isinstance(made.callee_file.parents[made.callee], ast.ClassDef)


def _sort(made: Made) -> str:
    if _is_super(made):
        return "of a base class"
    if made.callee.name == "__init__":
        return "of a constructor"
    return "of a method" if _is_method(made) else "of a function"


def _word(made: Made) -> str:
    """What the message calls what is called."""
    if made.callee.name != "__init__":
        return made.callee.name
    around = made.callee_file.parents[made.callee]
    return around.name if isinstance(around, ast.ClassDef) else ""


def _bound(made: Made) -> int:
    """How many arguments come before those that are written: the receiver."""
    if not _is_method(made):
        return 0
    if any(ast.unparse(each) == "staticmethod" for each in made.callee.decorator_list):
        return 0
    explicit = isinstance(made.node.func, ast.Attribute) and made.callee.name == "__init__" and not _is_super(made)
    return 0 if explicit and isinstance(made.node.func, ast.Attribute) and made.node.func.attr == "__init__" else 1


def _fault(made: Made, edit: Edit, *more: Edit, word: str = "") -> Fault:
    return Fault(_BAD_CALL, word or _word(made), shown(made.file, made.node), (edit, *more))


def _required_added(start: Start, sort: str) -> Iterator[Fault]:
    for made in _made(start):
        if _sort(made) == sort and made.callee.args.kwarg is None:
            yield _fault(made, _with_required(made), word="seeded")


def _with_required(made: Made) -> Edit:
    """The definition with one more required parameter that the call can't give."""
    arguments, file = made.callee.args, made.callee_file
    positional = [*arguments.posonlyargs, *arguments.args]
    required = positional[: len(positional) - len(arguments.defaults)]
    if required and len(made.node.args) + _bound(made) <= len(required):
        return file.insert(file.end(required[-1]), ", seeded")
    if arguments.kwonlyargs:
        return file.insert(file.start(arguments.kwonlyargs[0]), "seeded, ")
    if arguments.vararg is not None:
        return file.insert(file.end(arguments.vararg), ", seeded")
    last = [*positional, *arguments.defaults]
    if last:
        end = max(file.end(each) for each in last)
        return file.insert(end, ", *, seeded")
    opening = file.text.index("(", file.start(made.callee))
    return file.insert(opening + 1, "seeded")


@kind("a required parameter added, of a function")
def to_function(start: Start) -> Iterator[Fault]:
    yield from _required_added(start, "of a function")


@kind("a required parameter added, of a method")
def to_method(start: Start) -> Iterator[Fault]:
    yield from _required_added(start, "of a method")


@kind("a required parameter added, of a constructor")
def to_constructor(start: Start) -> Iterator[Fault]:
    yield from _required_added(start, "of a constructor")


@kind("a required parameter added, of a base class's method")
def to_base(start: Start) -> Iterator[Fault]:
    yield from _required_added(start, "of a base class")


@kind("a parameter renamed that calls give by name")
def renamed_parameter(start: Start) -> Iterator[Fault]:
    for made in _made(start):
        arguments = made.callee.args
        own = {each.arg: each for each in [*arguments.args, *arguments.kwonlyargs]}
        for keyword in made.node.keywords:
            parameter = own.get(keyword.arg or "")
            if parameter is not None and arguments.kwarg is None:
                name = parameter.arg
                start_at = made.callee_file.start(parameter)
                edits = [Edit(made.callee_file.path, start_at, start_at + len(name), name + _GONE)]
                edits += [
                    made.callee_file.replace(node, name + _GONE)
                    for statement in made.callee.body
                    for node in ast.walk(statement)
                    if isinstance(node, ast.Name) and node.id == name
                ]
                yield _fault(made, *edits)
                break


@kind("a keyword misspelt")
def misspelt_keyword(start: Start) -> Iterator[Fault]:
    for made in _made(start):
        for keyword in made.node.keywords:
            if made.callee.args.kwarg is None and keyword.arg is not None:
                begin = made.file.start(keyword)
                yield _fault(made, Edit(made.file.path, begin, begin + len(keyword.arg), f"{keyword.arg}x"))
                break


@kind("a required argument dropped")
def dropped_argument(start: Start) -> Iterator[Fault]:
    for made in _made(start):
        arguments = made.callee.args
        positional = [*arguments.posonlyargs, *arguments.args]
        required = len(positional) - len(arguments.defaults) - _bound(made)
        if made.node.args and len(made.node.args) <= required and not made.node.keywords and arguments.vararg is None:
            last = made.node.args[-1]
            before = made.file.end(made.node.args[-2]) if len(made.node.args) > 1 else made.file.start(last)
            yield _fault(made, Edit(made.file.path, before, made.file.end(last), ""))


@kind("one argument too many")
def extra_argument(start: Start) -> Iterator[Fault]:
    """As after a parameter is removed from a definition."""
    for made in _made(start):
        arguments = made.callee.args
        positional = [*arguments.posonlyargs, *arguments.args]
        if (
            arguments.vararg is None
            and len(made.node.args) + _bound(made) == len(positional)
            and not made.node.keywords
        ):
            opening = made.file.end(made.node) - 1
            text = ", None" if made.node.args else "None"
            if not made.file.text[:opening].rstrip().endswith(","):
                yield _fault(made, made.file.insert(opening, text))


@kind("a method renamed")
def renamed_method(start: Start) -> Iterator[Fault]:
    yield from _renamed_methods(start, outside=False)


@kind("a method renamed, of a class with bases from outside")
def renamed_method_outside(start: Start) -> Iterator[Fault]:
    yield from _renamed_methods(start, outside=True)


def _renamed_methods(start: Start, *, outside: bool) -> Iterator[Fault]:
    for made in _made(start):
        function = made.node.func
        name = made.callee.name
        if (
            made.owner is None
            or not isinstance(function, ast.Attribute)
            or function.attr != name
            or name.startswith("__")
            or _is_from_outside(made.owner) is not outside
            or sum(name in each.names for each in (*made.owner.classes, *made.owner.all_subclasses())) != 1
        ):
            continue
        edit = made.callee_file.name_of(made.callee)._replace(text=name + _GONE)
        yield Fault(("SSOT113",), name, shown(made.file, made.node), (edit,))


def _is_from_outside(owner: ClassInfo) -> bool:
    """Whether what is not in the project may give the class the attribute."""
    return any([*owner.outside]) or any(each.unknown_base for each in owner.classes)


@kind("an instance's attribute renamed where it is set")
def renamed_attribute(start: Start) -> Iterator[Fault]:
    files = start.modules()
    foreign = {
        node.attr
        for file in files
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load) and not _is_on_self(node)
    }
    for file in files:
        for qualname, scope in start.scopes(file):
            if not qualname.endswith(".__init__") or qualname.count(".") != 1:
                continue
            around = file.scopes[qualname.rpartition(".")[0]]
            if not isinstance(around, ast.ClassDef) or around.bases:
                continue
            written = Counter(
                node.attr
                for node in ast.walk(around)
                if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
            )
            for node in ast.walk(scope):
                if isinstance(node, ast.Attribute) and written[node.attr] == 1 and node.attr not in foreign:
                    use = _read_in_class(start, file, around, node) if isinstance(node.ctx, ast.Store) else None
                    if use is not None:
                        end = file.end(node)
                        edit = Edit(file.path, end - len(node.attr), end, node.attr + _GONE)
                        yield Fault(("SSOT113",), node.attr, shown(file, use), (edit,))


def _is_on_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "self"


def _read_in_class(start: Start, file: File, around: ast.ClassDef, written: ast.Attribute) -> ast.AST | None:
    if not _is_on_self(written):
        return None
    named = {each.name for each in ast.walk(around) if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))}
    if written.attr in named or any(
        isinstance(each, ast.Name) and each.id == written.attr for each in ast.walk(around)
    ):
        return None
    for node in ast.walk(around):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Load)
            and node.attr == written.attr
            and _is_on_self(node)
            and start.runs(file, node)
        ):
            return node
    return None


@kind("a function that only raises")
def only_raises(start: Start) -> Iterator[Fault]:
    for made in _made(start):
        body = made.callee.body
        if not made.callee.decorator_list and not any(
            isinstance(each, (ast.Yield, ast.YieldFrom)) for each in ast.walk(made.callee)
        ):
            file = made.callee_file
            if body[0].lineno == made.callee.lineno:
                continue
            edit = Edit(file.path, file.start(body[0]), file.end(body[-1]), 'raise RuntimeError("removed")')
            yield Fault(("SSOT103",), _word(made), shown(made.file, made.node), (edit,))
