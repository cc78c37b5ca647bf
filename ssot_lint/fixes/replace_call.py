"""Calls another function of the same module instead: `get_manager()` becomes `get_manager_factory()`."""

from __future__ import annotations

import libcst as cst
from libcst import matchers
from libcst.metadata import Assignment, BaseAssignment, GlobalScope, ImportAssignment, Scope

from ssot_lint.facts.model import Parameter
from ssot_lint.findings import Edit
from ssot_lint.fixes.definitions import Definition, Definitions
from ssot_lint.fixes.module import EditedModule, Refused, dotted
from ssot_lint.fixes.results import used_attributes


def rewrite(edit: Edit, target: str, module: EditedModule, definitions: Definitions) -> None:
    """Asks `module` for the changes. `target` is the function that is called; the argument `to` names the other.

    Raises `Refused`.
    """
    call = module.node(edit.place.at)
    to = dict(edit.arguments)["to"]
    if not isinstance(call, cst.Call):
        raise Refused("it is not called by name here")
    if not all(_is_none(argument) for argument in call.args):
        raise Refused(f"it is called with arguments, which {to} may not take")
    if call.args and matchers.findall(call, matchers.Comment()):
        raise Refused("a comment stands among its arguments")
    home, _, old = target.removesuffix(".__init__").rpartition(".")
    if home not in definitions.project.modules:
        raise Refused("it is called on something that is not a module")
    _Replacement(call, old, to, module, definitions).make()


class _Replacement:
    """One call, the name of what it calls, and that of what it shall call."""

    def __init__(self, call: cst.Call, old: str, to: str, module: EditedModule, definitions: Definitions) -> None:
        self._call = call
        self._old = old
        self._home, _, self._new = to.rpartition(".")
        self._module = module
        self._definitions = definitions

    def make(self) -> None:
        callee = self._call.func
        if isinstance(callee, cst.Name):
            self._replace_name(callee)
        elif isinstance(callee, cst.Attribute):
            self._replace_attribute(callee)
        else:
            raise Refused("what is called is itself the result of an expression")
        if self._call.args:
            self._module.drop_arguments(self._call)

    def _replace_name(self, callee: cst.Name) -> None:
        scope = self._module.scope(callee)
        binding = _only_binding(scope, callee.value)
        if isinstance(binding, ImportAssignment) and isinstance(binding.node, cst.ImportFrom):
            self._replace_imported(callee, scope, binding, binding.node)
        elif self._is_defined_here(binding):
            self._check(self._module.source.name)
            if not self._is_defined_here(_only_binding(scope, self._new)):
                raise Refused(f"{self._new} means something else here")
            self._module.rename(callee, self._new)
        else:
            raise Refused(f"{callee.value} is a variable here")

    def _replace_imported(
        self, callee: cst.Name, scope: Scope, binding: ImportAssignment, statement: cst.ImportFrom
    ) -> None:
        origin = self._module.absolute(statement)
        alias = _alias_of(statement, binding.name)
        self._check_name(alias.evaluated_name)
        self._check(origin)
        visible = set(scope[self._new]) | set(binding.scope[self._new])
        if not visible:
            self._module.import_beside(binding, alias, self._new, callee)
        elif not all(self._gives_new(other, origin) for other in visible):
            raise Refused(f"{self._new} means something else here")
        self._module.rename(callee, self._new)

    def _gives_new(self, binding: BaseAssignment, origin: str | None) -> bool:
        """Whether a binding is the import of the new function already."""
        if not isinstance(binding, ImportAssignment) or not isinstance(binding.node, cst.ImportFrom):
            return False
        alias = _alias_of(binding.node, self._new)
        return alias.evaluated_name == self._new and self._module.absolute(binding.node) == origin

    def _replace_attribute(self, callee: cst.Attribute) -> None:
        self._check_name(callee.attr.value)
        path = dotted(callee.value)
        if path is None:
            raise Refused("it is called on something that is not a module")
        self._check(self._module_named(path, self._module.scope(callee)))
        self._module.rename(callee.attr, self._new)

    def _module_named(self, path: str, scope: Scope) -> str | None:
        """The module that a dotted name means in a scope."""
        first, _, rest = path.partition(".")
        bindings = set(scope[first])
        if bindings and all(_imports_top(binding, first) for binding in bindings):
            return path
        binding = _only_binding(scope, first)
        if isinstance(binding, ImportAssignment) and isinstance(binding.node, cst.Import):
            base: str | None = _alias_of(binding.node, first).evaluated_name
        elif isinstance(binding, ImportAssignment) and isinstance(binding.node, cst.ImportFrom):
            package = self._module.absolute(binding.node)
            base = package and f"{package}.{_alias_of(binding.node, first).evaluated_name}"
        else:
            raise Refused("it is called on something that is not a module")
        return f"{base}.{rest}" if rest else base

    def _is_defined_here(self, binding: BaseAssignment) -> bool:
        return (
            isinstance(binding, Assignment)
            and isinstance(binding.node, (cst.FunctionDef, cst.ClassDef))
            and isinstance(binding.scope, GlobalScope)
        )

    def _check_name(self, name: str) -> None:
        if name != self._old:
            raise Refused(f"{self._old} is called by another name here, {name}")

    def _check(self, origin: str | None) -> None:
        """Raises `Refused` unless the module that gives the old function surely gives the new one, called alike."""
        old = self._definitions.find(origin, self._old) if origin else None
        new = self._definitions.find(origin, self._new) if origin else None
        if not origin or not old or not new:
            raise Refused(f"it is not certain that {origin or 'its module'} defines {self._new}")
        if new.function is None:
            raise Refused(f"it is not certain how {self._new} is called")
        if self._home and self._definitions.find(self._home, self._new) != new:
            raise Refused(f"{origin} gives another {self._new} than {self._home}")
        needed = [parameter.name for parameter in new.function.parameters if _is_needed(parameter)]
        if needed:
            raise Refused(f"{self._new} needs {', '.join(needed)}")
        if self._call.args and new.function.parameters:
            raise Refused(f"it is called with None, which {self._new} may take for something else")
        self._check_result(new)
        if old.function is not None and old.function.is_async != new.function.is_async:
            raise Refused(f"only one of {self._old} and {self._new} is async")

    def _check_result(self, new: Definition) -> None:
        """Raises `Refused`, unless unsafe, if what is taken of the result is not, or may not be, there then."""
        used = used_attributes(self._call, self._module)
        known = self._definitions.result_attributes(new)
        missing = sorted(used if known is None else used - known)
        if missing and not self._module.unsafe:
            verb = "may lack" if known is None else "lacks"
            raise Refused(
                f"its result is asked for {', '.join(missing)}, which that of {self._new} {verb}"
                " (--unsafe-fixes does it all the same)"
            )


def _only_binding(scope: Scope, name: str) -> BaseAssignment:
    bindings = set(scope[name])
    if len(bindings) != 1:
        raise Refused(f"{name} is bound in {len(bindings)} places" if bindings else f"nothing here binds {name}")
    return bindings.pop()


def _alias_of(statement: cst.Import | cst.ImportFrom, name: str) -> cst.ImportAlias:
    """The alias of an import statement that binds a name."""
    for alias in () if isinstance(statement.names, cst.ImportStar) else statement.names:
        if (alias.evaluated_alias or alias.evaluated_name.partition(".")[0]) == name:
            return alias
    raise Refused(f"{name} comes from a star import")


def _imports_top(binding: BaseAssignment, name: str) -> bool:
    """Whether a binding comes from `import name` or `import name.x`, which bind the package itself."""
    return (
        isinstance(binding, ImportAssignment)
        and isinstance(binding.node, cst.Import)
        and any(alias.asname is None and alias.evaluated_name.partition(".")[0] == name for alias in binding.node.names)
    )


def _is_none(argument: cst.Arg) -> bool:
    """Whether an argument says None and nothing else, so that it may as well be left out."""
    return isinstance(argument.value, cst.Name) and argument.value.value == "None" and not argument.star


def _is_needed(parameter: Parameter) -> bool:
    return parameter.default is None and not parameter.kind.startswith("var-")
