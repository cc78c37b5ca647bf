from dataclasses import asdict, astuple, dataclass
from typing import NamedTuple


def warm_up():
    return "warm"


def connect():
    return "connected"


class Point(NamedTuple):
    x: int

    def shown(self):
        return str(self.x)


@dataclass
class Step:
    run: object


@dataclass
class Plan:
    steps: list
    named: dict
    start: Point


plan = Plan([Step(warm_up)], {"database": Step(connect)}, Point(1))
copied = asdict(plan)
for step in copied["steps"]:
    step["run"]()
copied["named"]["database"]["run"]()
copied["start"].shown()
((function,),) = astuple(plan)[0]
function()
