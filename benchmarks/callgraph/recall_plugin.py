"""A pytest plugin that records which functions of a package call which while its own tests run (Python 3.12 or later).

Loaded before the package is imported, so that calls at import time are recorded too. The environment names the
package's directory (`RECORDED_PACKAGE`) and the file to write (`RECORDING`).

A call is `direct` where a function of the package stands right below on the stack, and a `callback` where only frames
of libraries lie between; the tests' and pytest's own frames end the search, since what they call is an entry. What a
builtin written in C calls back (`sorted(key=f)`) leaves no frame and counts as direct.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
import threading
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType, FunctionType

from benchmarks.callgraph.names import FOLDED, FileNames, module_name, read_names

RESUMED = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
# What these files call is called from outside: by a test, or by an event loop.
ENTRIES = (
    "/tests/", "/test/", "/testing/", "/t/unit/", "/conftest.py", "/_pytest/", "/pytest_", "/unittest/",
    "/asyncio/events.py",
)  # fmt: skip

Pair = tuple[CodeType, CodeType]


class CallRecorder:
    """The calls between the functions of one package."""

    def __init__(self, package: Path) -> None:
        self.package = package
        self.prefix = f"{package}{os.sep}" if package.is_dir() else str(package)
        self.calls: set[tuple[CodeType, CodeType, bool, bool]] = set()
        self.ran: set[CodeType] = set()
        self.created: Counter[CodeType] = Counter()
        self.importing = threading.local()

    def start(self) -> None:
        """Begins to record."""
        events = sys.monitoring.events
        tool = sys.monitoring.PROFILER_ID
        sys.monitoring.use_tool_id(tool, "call recorder")
        sys.monitoring.register_callback(tool, events.PY_START, self._on_start)
        sys.monitoring.register_callback(tool, events.CALL, self._on_call)
        sys.monitoring.register_callback(tool, events.PY_RETURN, self._on_end)
        sys.monitoring.register_callback(tool, events.PY_UNWIND, self._on_unwind)
        sys.monitoring.set_events(tool, events.PY_START | events.CALL | events.PY_RETURN | events.PY_UNWIND)

    def write(self, target: Path) -> None:
        """Stops and writes `{"calls": [[caller, callee, is callback, at import], ...], "ran": [...]}`."""
        sys.monitoring.set_events(sys.monitoring.PROFILER_ID, 0)
        names: dict[str, FileNames] = {}

        def name(code: CodeType) -> str | None:
            path = Path(code.co_filename)
            if code.co_filename not in names:
                names[code.co_filename] = read_names(path, module_name(path, self.package.parent))
            return names[code.co_filename].name_of(code)

        calls = sorted({(name(a) or "", name(b) or "", *flags) for a, b, *flags in self.calls})
        ran = sorted({name(code) or "" for code in self.ran})
        kept = [call for call in calls if call[0] and call[1]]
        target.write_text(json.dumps({"calls": kept, "ran": [each for each in ran if each]}))

    def _is_own(self, code: CodeType) -> bool:
        filename = code.co_filename
        return filename.startswith(self.prefix) and not any(part in filename for part in ENTRIES)

    def _caller(self, frame: FrameType | None) -> tuple[CodeType, bool] | None:
        between = False
        while frame is not None:
            code = frame.f_code
            if self._is_own(code):
                return code, between
            if any(part in code.co_filename for part in ENTRIES):
                return None
            # The frames of the import system are no library that calls back.
            between = between or not code.co_filename.startswith("<frozen importlib")
            frame = frame.f_back
        return None

    def _add(self, caller: tuple[CodeType, bool] | None, callee: CodeType) -> None:
        if caller is not None:
            self.calls.add((caller[0], callee, caller[1], getattr(self.importing, "depth", 0) > 0))

    def _on_start(self, code: CodeType, _offset: int) -> object:
        if not self._is_own(code):
            return sys.monitoring.DISABLE
        if code.co_name == "<module>":
            self.importing.depth = getattr(self.importing, "depth", 0) + 1
            self.ran.add(code)
        elif code.co_flags & inspect.CO_OPTIMIZED and code.co_name not in FOLDED:
            self.ran.add(code)
            if code.co_flags & RESUMED and self.created[code]:
                self.created[code] -= 1
            else:
                self._add(self._caller(sys._getframe(1).f_back), code)
        return None

    def _on_end(self, code: CodeType, _offset: int, _value: object) -> object:
        if code.co_name != "<module>" or not self._is_own(code):
            return sys.monitoring.DISABLE
        self.importing.depth -= 1
        return None

    def _on_unwind(self, code: CodeType, _offset: int, _error: BaseException) -> None:
        if code.co_name == "<module>" and self._is_own(code):
            self.importing.depth -= 1

    def _on_call(self, code: CodeType, _offset: int, called: object, _first: object) -> object:
        if not self._is_own(code):
            return sys.monitoring.DISABLE
        function = getattr(called, "__func__", called)
        # A mock says that it is a function too, so not `isinstance`.
        if type(function) is FunctionType and function.__code__.co_flags & RESUMED:
            callee = function.__code__
            if self._is_own(callee) and callee.co_name not in FOLDED:
                self.created[callee] += 1
                self._add((code, False), callee)
        return None


_recorder = CallRecorder(Path(os.environ["RECORDED_PACKAGE"]))
_recorder.start()


def pytest_unconfigure() -> None:
    """Writes the recording once pytest is done."""
    _recorder.write(Path(os.environ["RECORDING"]))
