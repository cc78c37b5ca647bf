class Date:
    def __init__(self, year):
        self.year = year

    @classmethod
    def parse(cls, text):
        return cls(int(text))

    @staticmethod
    def today():
        return Date(2000)


Date.parse("1999")
Date.today()
