class AppError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code

    def __str__(self):
        return f"{self.code}: {self.describe()}"

    def describe(self):
        return self.args[0]


def risky():
    raise AppError(1, "bad")


try:
    risky()
except AppError as err:
    print(err)
