"""What annotations add where values are unknown, and what they rule out."""

from __future__ import annotations

from tests.callgraph.small import called, graph_of

CLASSES = "class Tool:\n    def use(self): pass\nclass Book:\n    def use(self): pass\n    def read(self): pass\n"


def test_a_class_that_is_imported_for_annotations_only_is_known_if_its_module_runs() -> None:
    app = """
        if TYPE_CHECKING:
            import shelf.tools as named
            from shelf.tools import Tool
            from . import nothing
            import outside
        if not TYPE_CHECKING:
            pass
        else:
            from shelf.tools import Book as Paper
        def use(tool: Tool): tool.use()
        def read(book: "Paper"): book.read()
        def named_use(tool: named.Tool): tool.use()
        def other(thing: outside.Thing): thing.use()
        use(eval(0))
        read(eval(0))
        other(eval(0))
        named_use(eval(0))
        """
    text = "\n".join(line[8:] for line in app.splitlines())
    modules = {"app": text, "shelf": "", "shelf.tools": CLASSES}
    assert not {"Tool.use", "Book.read"} & called(graph_of(modules))
    run = {**modules, "app": "import shelf.tools\n" + text}
    assert {"Tool.use", "Book.read"} <= called(graph_of(run))


def test_a_union_with_anything_says_nothing() -> None:
    text = f"from typing import Any, Union\n{CLASSES}def f(x: Union[Any, Tool]): x.use()\nf(eval(0))\n"
    assert "Tool.use" not in called(graph_of(text))
    assert "Tool.use" in called(graph_of(text.replace("Union[Any, Tool]", "Union[str, Tool]")))


def test_a_guess_does_not_get_past_an_annotation_that_rules_it_out() -> None:
    def text(inner: str) -> str:
        return (
            f"from typing import Any, Optional, Union\n{CLASSES}"
            f"def outer(x: Union[str, Tool]): inner(x)\ndef inner(y: {inner}): y.use()\n"
            "outer(eval(0))\nTool()\nBook()\n"
        )

    for refusing in ("str", "'str'", "Optional[str]", "int | str", "Book", "Union[Book, None]"):
        assert "Tool.use" not in called(graph_of(text(refusing))), refusing
    for admitting in ("Any", "object", "Tool", "Union[str, Tool]", "Tool | None", "list", "T"):
        assert "Tool.use" in called(graph_of(text(admitting))), admitting


def test_what_is_known_gets_past_an_annotation_that_is_wrong() -> None:
    assert "Tool.use" in called(graph_of(f"{CLASSES}def f(x: str): x.use()\nf(Tool())\n"))


def test_a_guess_does_not_get_into_a_field_of_another_type() -> None:
    head = f"from dataclasses import dataclass\n{CLASSES}@dataclass\nclass Box:\n    content: "
    tail = "\ndef fill(x: 'str | Tool'): Box(x).content.use()\nfill(eval(0))\n"
    assert "Tool.use" not in called(graph_of(f"{head}str{tail}"))
    assert "Tool.use" in called(graph_of(f"{head}object{tail}"))


def test_an_instance_of_a_class_that_an_annotation_names_may_be_one_of_a_class_below() -> None:
    text = (
        "class Base:\n    def go(self): self.step()\n    def step(self): raise NotImplementedError\n"
        "class Done(Base):\n    def step(self): pass\n"
        "def find() -> type[Base]: return eval(0)\ndef use(): find()().go()\nDone()\nuse()\n"
    )
    assert {"Base.go", "Base.step", "Done.step"} <= called(graph_of(text))


def test_a_method_that_only_a_subclass_has_runs_on_the_subclass() -> None:
    text = (
        "class Base:\n    def go(self): pass\n"
        "class One(Base):\n    def go(self): self.step()\n    def step(self): pass\n"
        "class Two(Base):\n    def go(self): self.pace()\n    def step(self): pass\n    def pace(self): pass\n"
        "    def __len__(self): return self.pace()\n"
        "def use(base: Base):\n    base.go()\n    len(base)\nOne()\nTwo()\nuse(eval(0))\n"
    )
    found = called(graph_of(text))
    assert {"Base.go", "One.go", "One.step", "Two.go", "Two.pace", "Two.__len__"} <= found
    assert "Two.step" not in found
