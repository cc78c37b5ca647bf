def one():
    pass


def two():
    pass


functions = [one, two]
for index in range(len(functions)):
    functions[index]()
