def step0(value):
    pass


def step1(value):
    pass


def step2(value):
    pass


def step3(value):
    pass


def step4(value):
    pass


def step5(value):
    pass


def step6(value):
    pass


def step7(value):
    pass


def step8(value):
    pass


def step9(value):
    pass


def step10(value):
    pass


def step11(value):
    pass


class State:
    def __init__(self):
        self.tokens = []

    def add(self, token):
        self.tokens.append(token)


def parse(state):
    state.add({"run": step0, "value": 0})
    state.add({"run": step1, "value": 1})
    state.add({"run": step2, "value": 2})
    state.add({"run": step3, "value": 3})
    state.add({"run": step4, "value": 4})
    state.add({"run": step5, "value": 5})
    state.add({"run": step6, "value": 6})
    state.add({"run": step7, "value": 7})
    state.add({"run": step8, "value": 8})
    state.add({"run": step9, "value": 9})
    state.add({"run": step10, "value": 10})
    state.add({"run": step11, "value": 11})


state = State()
parse(state)
for token in state.tokens:
    token["run"](token["value"])
