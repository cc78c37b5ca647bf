def work():
    pass


def collect(function, into=[]):  # noqa: B006
    into.append(function)
    return into


collect(work)
for function in collect(work):
    function()
