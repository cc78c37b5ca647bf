"""Runs a micro-case and records which function calls which.

Python 3.12 and later tell every call through `sys.monitoring`, with the object that is called. Older ones tell through
`sys.setprofile` only which frames start, and a generator's or a coroutine's frame starts at its first resumption, not
where it is created: edges to those, and to what lies outside the case, are recorded from 3.12 on. Python 3.10, whose
code objects know no columns, can't tell two lambdas of one line apart and is not served.

A function that a library or a builtin calls back is recorded as called by the nearest function of the case below it on
the stack (`sorted(xs, key=f)` in `main`: `main -> f`); in a thread of its own, by what the main thread is at.
"""

from __future__ import annotations

import ast
import builtins
import functools
import inspect
import sys
import threading
from collections import Counter, defaultdict
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FrameType, FunctionType, MethodType, ModuleType
from typing import Any

from benchmarks.callgraph.names import FOLDED, FileNames, module_name, read_names

Graph = dict[str, list[str]]

# No edges, by the convention of the graph's format.
PLAIN_DECORATORS = frozenset({"staticmethod", "classmethod", "property"})

MONITORED = sys.version_info >= (3, 12)
RESUMED = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


def record(case: Path) -> Graph:
    """Runs `case/main.py` in this process as `__main__` and gives the calls that it made, every function a key.

    Leaves `sys.path`, `sys.modules` and the monitoring behind changed: call it in a process of its own.
    """
    recorder = Recorder(case)
    sys.path.insert(0, str(case))
    sys.dont_write_bytecode = True
    main = ModuleType("__main__")
    main.__file__ = str(case / "main.py")
    sys.modules["__main__"] = main
    code = compile((case / "main.py").read_bytes(), main.__file__, "exec", dont_inherit=True)
    recorder.run(code, main.__dict__)
    return recorder.graph()


class Recorder:
    """The calls of one run, by the names of the graph."""

    def __init__(self, case: Path) -> None:
        self.files: dict[str, FileNames] = {}
        for path in sorted(case.rglob("*.py")):
            self.files[str(path)] = read_names(path, module_name(path, case))
        self.edges: dict[str, set[str]] = defaultdict(set)
        self.created: Counter[CodeType] = Counter()
        self.names: dict[CodeType, str | None] = {}
        self.main_thread = threading.get_ident()

    def run(self, code: CodeType, namespace: dict[str, Any]) -> None:
        if MONITORED:
            self._monitor(code, namespace)
            return
        threading.setprofile(self._on_profile)
        sys.setprofile(self._on_profile)
        try:
            exec(code, namespace)
        finally:
            sys.setprofile(None)

    def graph(self) -> Graph:
        functions = {name for file in self.files.values() for name in file.functions()}
        return {name: sorted(self.edges.get(name, ())) for name in sorted(functions | self.edges.keys())}

    def _monitor(self, code: CodeType, namespace: dict[str, Any]) -> None:
        monitoring = sys.monitoring
        tool = monitoring.PROFILER_ID
        monitoring.use_tool_id(tool, "callgraph benchmark")
        monitoring.register_callback(tool, monitoring.events.PY_START, self._on_start)
        monitoring.register_callback(tool, monitoring.events.CALL, self._on_call)
        monitoring.set_events(tool, monitoring.events.PY_START | monitoring.events.CALL)
        try:
            exec(code, namespace)
        finally:
            monitoring.set_events(tool, 0)
            monitoring.free_tool_id(tool)

    def _name(self, code: CodeType) -> str | None:
        if code not in self.names:
            file = self.files.get(code.co_filename)
            self.names[code] = file.name_of(code) if file else None
        return self.names[code]

    def _caller(self, frame: FrameType | None) -> str:
        while frame is not None:
            name = self._name(frame.f_code)
            if name is not None:
                return name
            frame = frame.f_back
        if threading.get_ident() != self.main_thread:
            for name in map(self._name, _codes_of(sys._current_frames().get(self.main_thread))):
                if name is not None:
                    return name
        return "main"

    def _is_function(self, code: CodeType) -> bool:
        # A class body and a module body are no optimised code; a comprehension is, and belongs to the one around.
        own = self._name(code) is not None and bool(code.co_flags & inspect.CO_OPTIMIZED)
        return own and code.co_name not in FOLDED

    def _on_profile(self, frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and self._is_function(code) and not code.co_flags & RESUMED:
            self.edges[self._caller(frame.f_back)].add(self._name(code) or "")

    def _on_start(self, code: CodeType, _offset: int) -> None:
        if not self._is_function(code):
            return
        if code.co_flags & RESUMED and self.created[code]:
            self.created[code] -= 1
            return
        self.edges[self._caller(sys._getframe(1).f_back)].add(self._name(code) or "")

    def _on_call(self, code: CodeType, offset: int, called: object, first: object) -> None:
        frame = sys._getframe(1)
        function = _unwrapped(called)
        if isinstance(function, FunctionType) and self._name(function.__code__) is not None:
            if function.__code__.co_flags & RESUMED and function.__code__.co_name not in FOLDED:
                self.created[function.__code__] += 1
                self.edges[self._caller(frame)].add(self._name(function.__code__) or "")
            return
        caller = self._name(code)
        if caller is not None and self._is_written(code, offset, called):
            name = self._outside_name(called, first)
            if name is not None:
                self.edges[caller].add(name)

    def _is_written(self, code: CodeType, offset: int, called: object) -> bool:
        """Whether a call stands there in the source, not one that the compiler made (of `__exit__`, of a class)."""
        if called in (super, builtins.__build_class__):
            return called is super
        if getattr(called, "__name__", "") in ("__exit__", "__aexit__"):
            return False
        line, end_line, column, end_column = list(code.co_positions())[offset // 2]
        return (line, column, end_line, end_column) in self._calls(code.co_filename)

    @functools.cache  # noqa: B019 - one recorder a process
    def _calls(self, filename: str) -> frozenset[tuple[int | None, ...]]:
        tree = self.files[filename].tree
        found: list[ast.expr] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found.append(node)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found.extend(each for each in node.decorator_list if ast.unparse(each) not in PLAIN_DECORATORS)
        return frozenset((node.lineno, node.col_offset, node.end_lineno, node.end_col_offset) for node in found)

    def _outside_name(
        self,
        called: Any,  # noqa: ANN401 - any object can be called
        first: object,
    ) -> str | None:
        """The name of what lies outside the case; None for methods of builtin types and for what is no function."""
        name = getattr(called, "__name__", "")
        if getattr(builtins, name, None) is called:
            return f"<builtin>.{name}"
        if isinstance(called, type):
            return self._constructor_name(called)
        if isinstance(called, BuiltinFunctionType) and isinstance(called.__self__, (ModuleType, type)):
            return self._imported().get(id(called))
        if isinstance(called, MethodType):
            called, first = called.__func__, called.__self__
        if isinstance(called, FunctionType):
            return self._imported().get(id(called)) or self._method_name(called, first)
        return None

    def _method_name(self, method: FunctionType, receiver: object) -> str | None:
        """A method by the class through which the case's imports know it; None for what the case can't name."""
        for base in type(receiver).__mro__:
            if id(base) in self._imported() and inspect.getattr_static(base, method.__name__, None) is method:
                return f"{self._imported()[id(base)]}.{method.__name__}"
        return None

    def _constructor_name(self, called: type) -> str | None:
        if not self._is_own(called):
            return self._imported().get(id(called))
        definer = next(base for base in called.__mro__ if "__init__" in vars(base))
        if type(called).__call__ is type.__call__ and id(definer) in self._imported():
            return f"{self._imported()[id(definer)]}.__init__"
        return None

    def _is_own(self, cls: type) -> bool:
        module = sys.modules.get(cls.__module__)
        return getattr(module, "__file__", None) in self.files

    def _imported(self) -> dict[int, str]:
        """By identity of the object outside the case: the path by which the case's imports name it."""
        found: dict[int, str] = {}
        own = {file.module.partition(".")[0] for file in self.files.values()}
        for file in self.files.values():
            for dotted in sorted(_import_paths(file.tree)):
                value = _resolve(dotted)
                if value is not None and dotted.partition(".")[0] not in own:
                    found.setdefault(id(value), dotted)
        return found


def _unwrapped(called: Any) -> object:  # noqa: ANN401 - any object can be called
    while isinstance(called, functools.partial):
        called = called.func
    called = getattr(called, "__func__", called)
    if isinstance(called, (FunctionType, type)):
        return called
    method = inspect.getattr_static(type(called), "__call__", None)
    return method if isinstance(method, FunctionType) else called


def _codes_of(frame: FrameType | None) -> list[CodeType]:
    codes = []
    while frame is not None:
        codes.append(frame.f_code)
        frame = frame.f_back
    return codes


def _import_paths(tree: ast.Module) -> set[str]:
    """The dotted paths that a file's names and attributes stand for by its imports."""
    roots: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots.update(
                {a.asname or a.name.split(".")[0]: a.name if a.asname else a.name.split(".")[0] for a in node.names}
            )
        elif isinstance(node, ast.ImportFrom) and not node.level:
            roots.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    paths = set(roots.values())
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Name)):
            root, _, rest = ast.unparse(node).partition(".")
            if root in roots:
                paths.add(f"{roots[root]}.{rest}" if rest else roots[root])
    return paths


def _resolve(dotted: str) -> object:
    """The object at a dotted path below an imported module; None if there is none or it is a common constant."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        value: object = sys.modules.get(".".join(parts[:length]))
        if value is not None:
            for part in parts[length:]:
                value = inspect.getattr_static(value, part, None)
            return value if callable(value) else None
    return None
