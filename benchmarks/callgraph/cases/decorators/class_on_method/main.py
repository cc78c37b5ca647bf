class Bound:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        def call():
            return self.function(instance)

        return call


class Tool:
    @Bound
    def use(self):
        pass


Tool().use()
