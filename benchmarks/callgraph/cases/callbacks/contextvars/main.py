import contextvars


def work():
    pass


contextvars.copy_context().run(work)
