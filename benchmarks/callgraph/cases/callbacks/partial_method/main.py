from functools import partial


class Tool:
    def use(self, value):
        pass


partial(Tool().use, 1)()
