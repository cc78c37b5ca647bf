"""The branches of a shell script that a variable decides upon: `case "$STAGE" in` and `if [ "$STAGE" = production ]`.

A script that is run for staging and for production has the variables of one of them, never those of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_RUNS = 8
_DECIDING = frozenset({"if_statement", "case_statement"})
_CLAUSES = frozenset({"elif_clause", "else_clause"})
_EQUAL = frozenset({"=", "=="})
_WILDCARDS = frozenset("*?[")


class Branch(NamedTuple):
    """What runs where a variable has one of the values, or, with `is_other`, none of them.

    Without a variable it runs where nobody knows. `tested` is what runs to find that out.
    """

    variable: str
    values: tuple[str, ...]
    is_other: bool
    tested: Sequence[Node]
    body: Sequence[Node]

    def exits(self) -> bool:
        """Whether the script ends there."""
        return any(each.type == "command" and program_of(each) == "exit" for each in self.body)


def branches(node: Node) -> list[Branch]:
    """The branches of an `if` or a `case`, in order; none of any other statement."""
    if node.type == "case_statement":
        return list(_of_case(node))
    return list(_of_if(node)) if node.type == "if_statement" else []


def runs(root: Node) -> list[dict[str, str | None]]:
    """The values that variables have in turn, one dict a run; None for a value that no branch names.

    Only of variables that decide what others hold. One run with none of them where there is nothing to decide.
    """
    chosen: dict[str, list[str | None]] = {}
    decisions = list(_decisions(root))
    for variable in dict.fromkeys(each.variable for decision in decisions for each in decision if each.variable):
        own = [decision for decision in decisions if any(each.variable == variable for each in decision)]
        values: list[str | None] = list(dict.fromkeys(_values(own, variable)))
        if any(_may_be_other(decision, root) for decision in own):
            values.append(None)
        if len(values) > 1 and len(values) * _count(chosen) <= _MOST_RUNS:
            chosen[variable] = values
    return [dict(zip(chosen, each, strict=True)) for each in product(*chosen.values())]


def taken(
    found: Sequence[Branch], held: Mapping[str, str], others: Mapping[str, str | None]
) -> tuple[list[Branch], bool]:
    """The branches that may run, and whether the last of them does, whatever the others do.

    `held` is what variables are known to hold; one that is None in `others` holds none of what branches name.
    """
    possible: list[Branch] = []
    for each in found:
        if each.variable in held:
            is_taken = (held[each.variable] in each.values) is not each.is_other
        elif each.variable in others and others[each.variable] is None:
            is_taken = each.is_other
        else:
            possible.append(each)
            continue
        if is_taken:
            return [*possible, each], True
    return possible, False


def text_of(node: Node) -> str:
    """What a node of the tree covers."""
    return (node.text or b"").decode("utf-8", "replace")


def program_of(command: Node) -> str:
    """The name of what a command runs; empty where something is missing: the parser puts a command there."""
    return next(iter(text_of(command).split()), "")


def _values(decisions: Sequence[Sequence[Branch]], variable: str) -> Iterator[str]:
    """One value for each branch that names some."""
    for decision in decisions:
        yield from (each.values[0] for each in decision if each.variable == variable and each.values)


def _count(chosen: Mapping[str, Sequence[str | None]]) -> int:
    number = 1
    for values in chosen.values():
        number *= len(values)
    return number


def _decisions(root: Node) -> Iterator[list[Branch]]:
    """What decides which values variables get."""
    stack, in_functions = [root], set[int]()
    while stack:
        node = stack.pop()
        inside = node.type == "function_definition" or node.id in in_functions
        stack += reversed(node.named_children)
        if inside:
            in_functions.update(child.id for child in node.named_children)
        if node.type not in _DECIDING:
            continue
        found = branches(node)
        # The arguments of a function are those of its calls.
        is_known = not any(inside and each.variable.isdigit() for each in found)
        if is_known and any(_assigned(each.body) for each in found):
            yield found


def _may_be_other(decision: Sequence[Branch], root: Node) -> bool:
    """Whether a script goes on where no branch names the value, with all that the branches would set."""
    last = decision[-1]
    if last.is_other or not last.variable:
        return not last.exits() and bool(_assigned(last.body))
    names = {name for each in decision for name in _assigned(each.body)}
    own = sum(len(_assigned(each.body)) for each in decision)
    return sum(name in names for name in _assigned([root])) >= own + len(names)


def _assigned(nodes: Sequence[Node]) -> list[str]:
    """The variables that are set in a body, each as often as it is."""
    found, stack = [], list(nodes)
    while stack:
        node = stack.pop()
        stack += node.named_children
        if node.type == "variable_assignment" and (name := node.child_by_field_name("name")) is not None:
            found.append(text_of(name))
    return found


def _of_case(node: Node) -> Iterator[Branch]:
    value = node.child_by_field_name("value")
    variable = variable_of(value) if value is not None else None
    known: tuple[str, ...] = ()
    for item in (child for child in node.named_children if child.type == "case_item"):
        patterns = item.children_by_field_name("value")
        body = [child for child in item.named_children if child not in patterns]
        texts = tuple(_unquoted(each) for each in patterns)
        if texts == ("*",):
            yield Branch(variable or "", known, is_other=True, tested=(), body=body)
        elif variable and not any(_WILDCARDS & set(each) for each in texts):
            known += texts
            yield Branch(variable, texts, is_other=False, tested=(), body=body)
        else:
            yield Branch("", (), is_other=False, tested=(), body=body)


def _of_if(node: Node) -> Iterator[Branch]:
    clauses = [node, *(child for child in node.named_children if child.type in _CLAUSES)]
    variables = set[str]()
    known: tuple[str, ...] = ()
    for clause in clauses:
        inner = [child for child in clause.named_children if child.type not in _CLAUSES]
        if clause.type == "else_clause":
            only = variables.pop() if len(variables) == 1 else ""
            yield Branch(only, known, is_other=bool(only), tested=(), body=inner)
            return
        then = next((child.start_byte for child in clause.children if child.type == "then"), clause.end_byte)
        tested = [child for child in inner if child.start_byte < then]
        body = [child for child in inner if child.start_byte > then]
        variable, value, is_other = _compared(tested)
        if is_other:
            variables.add("")
        variables.add(variable)
        known += (value,) if variable and not is_other else ()
        yield Branch(variable, (value,) if variable else (), is_other=is_other, tested=tested, body=body)


def _compared(tested: Sequence[Node]) -> tuple[str, str, bool]:
    """(variable, value, whether it must have another) of `[ "$X" = value ]`; no variable for any other condition."""
    parts = tested[0].named_children if len(tested) == 1 and tested[0].type == "test_command" else []
    if len(parts) == 1 and parts[0].type == "binary_expression":
        left, right = (parts[0].child_by_field_name(side) for side in ("left", "right"))
        operator = parts[0].child_by_field_name("operator")
        variable = variable_of(left) if left is not None else None
        if variable and right is not None and operator is not None and variable_of(right) is None:
            value, sign = _unquoted(right), text_of(operator)
            if sign in {*_EQUAL, "!="} and value and not (_WILDCARDS | {"$"}) & set(value):
                return variable, value, sign == "!="
    return "", "", False


def _unquoted(node: Node) -> str:
    return text_of(node).strip("\"'")


def variable_of(node: Node) -> str | None:
    """The variable that a word is, quoted or not; None for any other word."""
    if node.type == "string" and len(node.named_children) == 1:
        node = node.named_children[0]
    if node.type not in {"simple_expansion", "expansion"} or len(node.named_children) != 1:
        return None
    inner, signs = node.named_children[0], {child.type for child in node.children if not child.is_named}
    return text_of(inner) if inner.type == "variable_name" and signs <= {"$", "${", "}"} else None
