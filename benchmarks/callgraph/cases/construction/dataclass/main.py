from dataclasses import dataclass


@dataclass
class Point:
    x: int

    def norm(self):
        pass


Point(1).norm()
