class Stop(Exception):
    def reason(self):
        return "stop"


def handle(error):
    return error.reason()


def worker():
    try:
        yield 1
    except Stop as error:
        yield handle(error)


work = worker()
next(work)
work.throw(Stop())
