def head():
    return 1


def other():
    return 2


def run(command):
    match command:
        case ["go", function, *rest]:
            function()
            for each in rest:
                each()
        case ["stop"] | []:
            other()


run(["go", head, other])
