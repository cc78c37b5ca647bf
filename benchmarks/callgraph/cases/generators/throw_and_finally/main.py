def clean():
    pass


def work():
    try:
        yield 1
    finally:
        clean()


for x in work():
    break
