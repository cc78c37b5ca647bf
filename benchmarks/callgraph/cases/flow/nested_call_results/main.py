class Session:
    def cursor(self):
        return Cursor()


class Cursor:
    def execute(self):
        return Result()


class Result:
    def first(self):
        pass


Session().cursor().execute().first()
