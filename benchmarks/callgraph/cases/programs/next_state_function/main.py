def start(text):
    if text:
        return read
    return stop


def read(text):
    consume(text)
    return stop


def stop(text):
    return None


def consume(text):
    return text[1:]


def run(text):
    state = start
    while state is not None:
        state = state(text)


run("abc")
