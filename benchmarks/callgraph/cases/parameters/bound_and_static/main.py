class Tools:
    @staticmethod
    def shout(s):
        return s.upper()

    @classmethod
    def create(cls):
        return cls()

    def whisper(self, s):
        return s.lower()


def apply(func, *args):
    return func(*args)


t = apply(Tools.create)
apply(t.whisper, "A")
apply(Tools.shout, "a")
apply(Tools.whisper, t, "B")
