def on_list(items):
    return items


def on_user(name):
    return name


def on_text(t):
    return t


def walk(data):
    match data:
        case {"user": str(name), **rest}:
            on_user(name)
            walk(list(rest.values()))
        case [first, *others]:
            on_list(others)
            walk(first)
        case str() as text:
            on_text(text)


walk({"user": "u", "x": "y"})
