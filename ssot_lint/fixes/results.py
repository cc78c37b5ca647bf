"""What is done with the result of a call, as far as the file shows it."""

from __future__ import annotations

import libcst as cst
from libcst.metadata import Assignment

from ssot_lint.fixes.module import EditedModule


def used_attributes(call: cst.Call, module: EditedModule) -> set[str]:
    """The attributes that are taken of a call's result: there, or of the name that it is bound to.

    What happens to it where it is passed on is not looked at.
    """
    node: cst.CSTNode = call
    while isinstance(module.parent(node), cst.Await):
        node = module.parent(node)
    around = module.parent(node)
    if isinstance(around, cst.Attribute):
        return {around.attr.value}
    name = _bound_name(around)
    if name is None:
        return set()
    references = [
        access.node
        for binding in module.scope(name)[name.value]
        if isinstance(binding, Assignment)
        for access in binding.references
    ]
    readers = [module.parent(reference) for reference in references if isinstance(reference, cst.Name)]
    return {reader.attr.value for reader in readers if isinstance(reader, cst.Attribute)}


def _bound_name(statement: cst.CSTNode) -> cst.Name | None:
    """The plain name that an assignment with this value binds."""
    if isinstance(statement, cst.Assign) and len(statement.targets) == 1:
        target: cst.CSTNode = statement.targets[0].target
    elif isinstance(statement, (cst.AnnAssign, cst.NamedExpr)):
        target = statement.target
    else:
        return None
    return target if isinstance(target, cst.Name) else None
