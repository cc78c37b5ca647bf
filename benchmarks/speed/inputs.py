"""Made-up projects: of any number of files, and of the shapes that make analysers slow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_REACHED = 400  # files, however many there are: cost must follow these


def _write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _module(number: int, imported: str) -> str:
    return f'''from {imported} import Service as Base, start as before


class Service(Base):
    """Service {number}."""

    def __init__(self, size={number}):
        super().__init__()
        self.size = size

    def run(self, *args, **kwargs):
        if self.size:
            return [self.handle(each) for each in args]
        return before(**kwargs)

    def handle(self, item):
        return {{"item": item, "by": self.__class__.__name__, "number": {number}}}


def start(**kwargs):
    return Service({number}).run(*kwargs.values())
'''


def project(root: Path, files: int) -> None:
    """A project of so many files, of which the entry point reaches a fixed number."""
    base = "class Service:\n    def __init__(self):\n        pass\n\n\ndef start(**kwargs):\n    return None\n"
    _write(root, "pyproject.toml", '[tool.ssot-lint]\nentry-points = ["app.main:main"]\n')
    _write(root, "app/__init__.py", "")
    _write(root, "app/base.py", base)
    for number in range(files - 3):
        package = number // 100
        # Chains of ten modules: deep enough to be real, and no deeper than programs are.
        imported = f"app.p{(number - 1) // 100}.m{number - 1}" if number % 10 else "app.base"
        _write(root, f"app/p{package}/m{number}.py", _module(number, imported))
    reached = range(9, min(_REACHED, files - 3), 10)
    imports = "".join(f"from app.p{number // 100}.m{number} import start as start{number}\n" for number in reached)
    calls = "".join(f"    start{number}(a={number})\n" for number in reached)
    _write(root, "app/main.py", f"{imports}\n\ndef main():\n{calls}")


def deep_chain(root: Path, size: int) -> None:
    """Functions of which each calls the next."""
    functions = "".join(f"def f{number}(x):\n    return f{number + 1}(x)\n\n\n" for number in range(size))
    _write(root, "main.py", f"{functions}def f{size}(x):\n    return x\n\n\nf0(1)\n")


def many_subclasses(root: Path, size: int) -> None:
    """A class with many subclasses, called through its base."""
    classes = "".join(
        f"class C{number}(Base):\n    def run(self):\n        return {number}\n\n\n" for number in range(size)
    )
    names = ", ".join(f"C{number}()" for number in range(size))
    base = "class Base:\n    def run(self):\n        return 0\n\n    def go(self):\n        return self.run()\n"
    _write(root, "main.py", f"{base}\n\n{classes}for each in [{names}]:\n    each.go()\n")


def many_callers(root: Path, size: int) -> None:
    """A function with many callers, each with an argument of its own."""
    callers = "".join(
        f"def c{number}():\n    return target(c{number})\n\n\nc{number}()\n\n\n" for number in range(size)
    )
    _write(root, "main.py", f"def target(x=None):\n    return x\n\n\n{callers}")


def many_handlers(root: Path, size: int) -> None:
    """A dict of functions, of which one is called by a key that only the running program knows."""
    functions = "".join(f"def h{number}(event):\n    return {number}\n\n\n" for number in range(size))
    names = ", ".join(f'"h{number}": h{number}' for number in range(size))
    _write(root, "main.py", f"import sys\n\n\n{functions}HANDLERS = {{{names}}}\nHANDLERS[sys.argv[1]](None)\n")


def large_file(root: Path, size: int) -> None:
    """One file of some 500 bytes a function."""
    body = "".join(f"    value{line} = [x, {line}, 'text {line}']\n" for line in range(13))
    _write(
        root,
        "main.py",
        "".join(f"def f{number}(x):\n{body}    return value0\n\n\n" for number in range(size)) + "f0(1)\n",
    )


SHAPES: dict[str, Callable[[Path, int], None]] = {
    "chain of calls": deep_chain,
    "subclasses of one class": many_subclasses,
    "callers of one function": many_callers,
    "handlers in a dict": many_handlers,
    "functions in one file": large_file,
}
