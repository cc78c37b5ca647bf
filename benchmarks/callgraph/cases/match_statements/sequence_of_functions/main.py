def one():
    pass


def two():
    pass


def run(command):
    match command:
        case ["go", function]:
            function()
        case ["twice", function, *_]:
            function()
            function()
        case _:
            two()


run(["go", one])
run("x")
