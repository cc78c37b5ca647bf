def work():
    pass


def apply(function):
    forward(function)


def forward(callback):
    callback()


apply(work)
