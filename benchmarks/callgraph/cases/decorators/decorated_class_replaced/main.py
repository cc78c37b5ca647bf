class Other:
    def run(self):
        pass


def replace(cls):
    return Other


@replace
class Tool:
    def run(self):
        pass


Tool().run()
