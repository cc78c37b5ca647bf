def ready():
    pass


def waiting():
    pass


def late():
    pass


def made():
    pass


def follow():
    second()
    globals()["third"] = late


globals()["first"] = ready
globals().update(second=waiting)
for name, function in {"fourth": made}.items():
    globals()[name] = function
first()
follow()
third()
fourth()
