def tag(name):
    def deco(func):
        def inner(text):
            return wrap(name, func(text))

        return inner

    return deco


def wrap(name, text):
    return f"<{name}>{text}"


@tag("b")
@tag("i")
def say(text):
    return text


say("hi")
