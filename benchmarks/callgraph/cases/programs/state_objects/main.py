class State:
    def next(self, ctx):
        raise NotImplementedError


class Red(State):
    def next(self, ctx):
        ctx.state = Green()


class Green(State):
    def next(self, ctx):
        ctx.state = Yellow()


class Yellow(State):
    def next(self, ctx):
        ctx.state = Red()


class Light:
    def __init__(self):
        self.state = Red()

    def tick(self):
        self.state.next(self)


light = Light()
for _ in range(3):
    light.tick()
