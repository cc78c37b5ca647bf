"""Imports: which modules run, and which names they bind.

Source of the rules: the Python language reference, 5 "The import system" and 7.11 "The import statement".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.choices import FEW
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Constant, Container, External, Module, Pattern, Values, ordered
from ssot_lint.facts.model import Import, ImportFrom, Statement
from ssot_lint.findings import Certainty
from ssot_lint.project.imports import absolute_name

if TYPE_CHECKING:
    from ssot_lint.callgraph.activation import Activation
    from ssot_lint.callgraph.machine import Machine


class Imports:
    """Runs import statements."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._typing_only: dict[tuple[str, str], tuple[str, str]] = {}

    def run_module(self, frame: Frame, name: str, at: int, certainty: Certainty = "certain") -> bool:
        """Imports a module of the project, its packages first; false where the project has no such module."""
        machine = self._machine
        if not machine.is_module(name):
            return False
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            self._run_one(frame, ".".join(parts[:end]), at, certainty)
        return True

    def _run_one(self, frame: Frame, name: str, at: int, certainty: Certainty) -> None:
        machine = self._machine
        activation = machine.module_activation(name)
        if activation is not None and activation is not frame.activation:
            frame.publish()
            machine.enter(activation, frame.activation, activation.stage)
            frame.record(at, "import", name, activation, certainty)
        elif activation is None and machine.source(name) is not None:
            frame.activation.missing[Missing("broken", at, frame.half, None, name)] = None
        parent, _, child = name.rpartition(".")
        if parent and machine.is_module(parent):
            machine.heap.write(("submodule", parent, child), machine.only(Module, name), frame.activation)

    def import_module(self, frame: Frame, name: str, alias: str | None, at: int) -> None:
        """`import a.b.c` binds a; `import a.b.c as d` binds c."""
        machine = self._machine
        first = name.partition(".")[0]
        full, top = (self.absolute(frame, 0, each) or each for each in (name, first))
        inside = self.run_module(frame, full, at)
        if not inside:
            self._miss(frame, full, at)
            self._run_known_part(frame, full, at)
        if alias is not None:
            frame.store(alias, machine.only(Module, full) if inside else machine.only(External, name))
        else:
            frame.store(first, machine.only(Module, top) if machine.is_module(top) else machine.only(External, first))

    def _miss(self, frame: Frame, name: str, at: int) -> None:
        """Notes that there is no such module though its top-level package is the project's."""
        if self._machine.is_module(name.partition(".")[0]):
            frame.activation.missing[Missing("module", at, frame.half, None, name)] = None

    def _run_known_part(self, frame: Frame, name: str, at: int) -> None:
        """`import a.b.gone`: a and a.b run before the import fails."""
        while "." in name:
            name = name.rpartition(".")[0]
            if self.run_module(frame, name, at):
                return

    def import_from(self, frame: Frame, node: ImportFrom) -> None:
        """`from a.b import c as d`: the attribute c of a.b, else its submodule c."""
        base = self.absolute(frame, node.level, node.module)
        if base is None or not self.run_module(frame, base, node.at):
            if base is not None:
                self._miss(frame, base, node.at)
                self._run_known_part(frame, base, node.at)
            elif "." in frame.code.module.name:
                dotted = f"{'.' * node.level}{node.module}"
                frame.activation.missing[Missing("module", node.at, frame.half, None, dotted)] = None
            for name, alias, _ in node.names:
                if name != "*":
                    frame.store(alias or name, self._machine.only(External, f"{base}.{name}" if base else name))
                else:
                    self._machine.opaque_star(frame, base or "")
            return
        self._ask(frame, base, [name for name, _, _ in node.names], node.at)
        for name, alias, at in node.names:
            if name == "*":
                self._import_star(frame, base, at)
            else:
                values = self._member(frame, base, name, at)
                if not values:
                    frame.activation.missing[Missing("member", at, frame.half, base, name)] = None
                frame.store(alias or name, values)

    def note_typing_only(self, frame: Frame, body: list[Statement]) -> None:
        """Notes what the imports under `if TYPE_CHECKING:` stand for in annotations. None of them runs."""
        module = frame.code.module.name
        for statement in body:
            if isinstance(statement, ImportFrom):
                base = self.absolute(frame, statement.level, statement.module)
                for name, alias, _ in statement.names if base is not None else ():
                    self._typing_only[module, alias or name] = (base or "", name)
            elif isinstance(statement, Import):
                for name, alias, _ in statement.names:
                    bound = alias or name.partition(".")[0]
                    self._typing_only[module, bound] = (self.absolute(frame, 0, name if alias else bound) or name, "")

    def typing_only(self, module: str, name: str, reader: Activation) -> Values:
        """What a name of a module that is imported for annotations only stands for; nothing for other names.

        A class of the project is known once something else has imported its module.
        """
        machine = self._machine
        base, member = self._typing_only.get((module, name), ("", ""))
        path = ".".join(filter(None, (base, member)))
        if not path:
            return NOTHING
        if member and machine.is_module(base):
            values = machine.heap.read(("global", base, member), reader)
            return values or (machine.only(Module, path) if machine.is_module(path) else NOTHING)
        return machine.only(Module, path) if machine.is_module(path) else machine.only(External, path)

    def _ask(self, frame: Frame, base: str, names: list[str], at: int) -> None:
        """What `importlib._handle_fromlist` asks a module's own `__getattr__`: `__path__`, or new submodules."""
        machine = self._machine
        getter = machine.heap.read(("global", base, "__getattr__"), frame.activation)
        if not getter or frame.code.module.name == base:
            return
        if machine.module_code(base).source.is_package:
            asked = [name for name in names if machine.source(f"{base}.{name}") is not None]
            asked = [name for name in asked if not machine.heap.read(("submodule", base, name), frame.activation)]
        else:
            asked = ["__path__"]
        for name in asked:
            machine.call(frame, getter, Arguments((machine.only(Constant, name),)), at, "property")

    def absolute(self, frame: Frame, level: int, module: str) -> str | None:
        """The absolute name of an import, None where its dots climb out of the top."""
        if level and "__package__" in frame.code.module.body.bound:
            packages = [each.value for each in frame.load("__package__") if isinstance(each, Constant)]
            if len(packages) == 1 and isinstance(packages[0], str) and packages[0].count(".") + 1 >= level:
                return ".".join(filter(None, (*packages[0].split(".")[: -level + 1 or None], module)))
        return absolute_name(frame.code.module.source, level, module)

    def _member(self, frame: Frame, base: str, name: str, at: int) -> Values:
        machine = self._machine
        values = machine.module_attribute(frame, base, name, at, submodules=False)
        child = f"{base}.{name}"
        is_own = frame.code.index == 0 and frame.code.module.name == base
        is_unbound = is_own and name not in frame.environment  # what the package binds to the name later is not there
        if machine.is_module(child) and (is_unbound or values <= machine.only(Module, child)):
            self.run_module(frame, child, at)
            return machine.only(Module, child)
        return values

    def _import_star(self, frame: Frame, base: str, at: int) -> None:
        if base == frame.code.module.name:
            return
        listed = self._listed_names(frame, base)
        for name in listed or self._public_names(frame, base):
            values = self._member(frame, base, name, at)
            if values:
                frame.store_dynamic(name, values)
            elif listed:
                frame.activation.missing[Missing("member", at, frame.half, base, name)] = None

    def _public_names(self, frame: Frame, base: str) -> list[str]:
        names = self._machine.global_names(base, frame.activation, star=frame.code.module.name)
        return [name for name in names if not name.startswith("_")]

    def _listed_names(self, frame: Frame, base: str) -> list[str]:
        """The names in a module's `__all__`; none where it has no such list."""
        machine = self._machine
        listed = machine.heap.read(("global", base, "__all__"), frame.activation)
        names: list[str] = []
        for value in ordered(listed):
            if isinstance(value, Container):
                for each in ordered(machine.elements(frame, value)):
                    if isinstance(each, Constant) and isinstance(each.value, str):
                        names.append(each.value)
        return list(dict.fromkeys(names))

    def import_by_name(self, frame: Frame, names: Values, package: Values, at: int) -> Values:
        """`importlib.import_module("literal")`; of `"package." + name`, each of the package's few modules."""
        machine = self._machine
        found = NOTHING
        certainty: Certainty = "certain" if len(names) == 1 else "likely"
        for value in ordered(names):
            if isinstance(value, Pattern) and (few := self._few_like(value)):
                for name in few:
                    self.run_module(frame, name, at, "likely")
                    found |= machine.only(Module, name)
                continue
            if not (isinstance(value, Constant) and isinstance(value.value, str)):
                found |= frozenset((machine.unknown,))
                continue
            name = value.value
            if name.startswith("."):
                anchors = [each.value for each in package if isinstance(each, Constant) and isinstance(each.value, str)]
                anchor = anchors[0] if anchors else frame.code.module.name
                level = len(name) - len(name.lstrip("."))
                parts = anchor.split(".")
                name = ".".join([*parts[: len(parts) - level + 1], name.lstrip(".")])
            inside = self.run_module(frame, name, at, certainty)
            if not inside:
                self._miss(frame, name, at)
                self._run_known_part(frame, name, at)
            found |= machine.only(Module, name) if inside else machine.only(External, name)
        return found

    def _few_like(self, pattern: Pattern) -> list[str]:
        """The modules of one package that a name may mean of which only the package is known; none if they are many."""
        package, _, rest = pattern.prefix.rpartition(".")
        if not self._machine.is_module(package):
            return []
        found = [
            name
            for name in self._machine.module_names
            if name.startswith(f"{package}.{rest}") and pattern.fits(name) and "." not in name[len(package) + 1 :]
        ]
        return found if len(found) <= FEW else []
