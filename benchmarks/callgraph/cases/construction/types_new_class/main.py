import types


class Base:
    def run(self):
        return self.step()

    def step(self):
        return "base"


def fill(namespace):
    namespace["step"] = special


def special(self):
    return "special"


Made = types.new_class("Made", (Base,), {}, fill)
Made().run()
Plain = types.new_class("Plain", (Base,))
Plain().run()
