from registry import register


@register("ping")
def ping():
    return answer()


@register("pong")
def pong():
    return 2


def answer():
    return 1
