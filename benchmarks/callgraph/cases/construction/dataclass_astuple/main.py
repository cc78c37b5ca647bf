from dataclasses import astuple, dataclass, fields


class Step:
    def go(self):
        return "go"


class Stop:
    def halt(self):
        return "halt"


@dataclass
class Plan:
    first: Step
    last: Stop


plan = Plan(Step(), Stop())
first, last = astuple(plan)
first.go()
last.halt()
for field in fields(plan):
    getattr(plan, field.name)
