def first(function):
    def inner_first():
        function()

    return inner_first


def second(function):
    def inner_second():
        function()

    return inner_second


@first
@second
def work():
    pass


work()
