import functools
class Step:
    def __init__(self, name): self.name = name
    def run(self, value): return value
steps = [Step("a"), Step("b")]
functools.reduce(lambda value, step: step.run(value), steps, 1)
