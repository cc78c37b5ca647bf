class Renderer:
    def render_0(self, token):
        pass

    def render_1(self, token):
        pass

    def render_2(self, token):
        pass

    def render_3(self, token):
        pass

    def render_4(self, token):
        pass

    def render_5(self, token):
        pass

    def render_6(self, token):
        pass

    def render_7(self, token):
        pass

    def render_8(self, token):
        pass

    def render_9(self, token):
        pass

    def render_10(self, token):
        pass

    def render_11(self, token):
        pass

    def render_12(self, token):
        pass

    def render_13(self, token):
        pass

    def render_14(self, token):
        pass

    def render_15(self, token):
        pass

    def render(self, token):
        getattr(self, token["type"])(token)


class State:
    def __init__(self):
        self.tokens = []

    def add(self, token):
        self.tokens.append(token)


def parse(state):
    state.add({"type": "render_0"})
    state.add({"type": "render_1"})
    state.add({"type": "render_2"})
    state.add({"type": "render_3"})
    state.add({"type": "render_4"})
    state.add({"type": "render_5"})
    state.add({"type": "render_6"})
    state.add({"type": "render_7"})
    state.add({"type": "render_8"})
    state.add({"type": "render_9"})
    state.add({"type": "render_10"})
    state.add({"type": "render_11"})
    state.add({"type": "render_12"})
    state.add({"type": "render_13"})
    state.add({"type": "render_14"})
    state.add({"type": "render_15"})


state = State()
parse(state)
renderer = Renderer()
for token in state.tokens:
    renderer.render(token)
