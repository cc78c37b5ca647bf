def name():
    return "x"


def quote(text):
    return text


text = f"{quote(f'{name()}')}"
