from functools import partial


class Tool:
    def __init__(self, size):
        self.size = size


partial(Tool, 1)()
