from collections import namedtuple
from typing import NamedTuple


class Pen:
    def draw(self):
        return "pen"


class Brush:
    def draw(self):
        return "brush"


class Kit(NamedTuple):
    tool: Pen
    spare: Brush


Pair = namedtuple("Pair", ["left", "right"])

kit = Kit(Pen(), Brush())
kit._asdict()["tool"].draw()
kit._replace(tool=Brush()).tool.draw()
pair = Pair(Pen(), Brush())
pair._asdict()["right"].draw()
Pair._make([Brush(), Pen()]).right.draw()
