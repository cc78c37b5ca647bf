HANDLERS = {}


def handles(name):
    def register(func):
        HANDLERS[name] = func
        return func

    return register


@handles("start")
def on_start(payload):
    return log(payload)


@handles("stop")
def on_stop(payload):
    return cleanup(payload)


def log(payload):
    return len(payload)


def cleanup(payload):
    return payload.upper()


def dispatch(name, payload):
    handler = HANDLERS.get(name)
    return handler(payload)


dispatch("start", "a")
dispatch("stop", "b")
