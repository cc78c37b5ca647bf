class Routes:
    def __init__(self):
        self.routes = [one]

    def __iter__(self):
        return iter(self.routes)


def one():
    pass


for function in Routes():
    function()
