"""Records as dicts and tuples: which of the records in them are copied, and which stay as they are."""

from dataclasses import InitVar, asdict, astuple, dataclass, field, fields
from typing import NamedTuple, Optional


class Point(NamedTuple):
    x: int


class Line(NamedTuple):
    begin: Point
    end: Point


@dataclass
class Step:
    name: str
    inner: "Optional[Step]" = None
    seed: InitVar[int] = 0


@dataclass
class Plan:
    first: Step
    steps: list
    named: dict
    pair: tuple
    start: Point
    nested: list = field(default_factory=list)


plan = Plan(Step("a", seed=1), [Step("b")], {"c": Step("c")}, (Step("d"), 1), Point(1), [[Step("e")]])
copied = asdict(plan)
copied["first"]["name"].upper()
copied["start"].x.bit_length()
copied["named"]["c"]["name"].upper()
copied["pair"][0]["name"].upper()
copied["nested"][0][0]["name"].upper()
for step in copied["steps"]:
    step["name"].upper()
items = astuple(plan)
items[0][0].upper()
items[1][0][0].upper()
items[2]["c"][0].upper()
items[4].x.bit_length()
Line(Point(1), Point(2))._asdict()["end"].x.bit_length()
for each in fields(plan.first):
    getattr(plan.first, each.name)
deep = Step("1", Step("2", Step("3", Step("4", Step("5", Step("6"))))))
asdict(deep)["inner"]["inner"]["inner"]["inner"]["inner"]["name"].upper()
astuple(deep)[1][1][1][1][1][0].upper()


def inner_name(step):
    inner = asdict(step)["inner"]
    return "none" if inner is None else inner["name"]


inner_name(deep)
inner_name(Step("alone"))
