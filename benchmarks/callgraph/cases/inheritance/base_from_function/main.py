def make_base():
    class Base:
        def run(self):
            pass

    return Base


class Tool(make_base()):
    pass


Tool().run()
