class Failure(Exception):
    def __str__(self):
        return message()


def message():
    return "failed"


try:
    raise Failure
except Failure as error:
    print(error)
    text = str(error)
