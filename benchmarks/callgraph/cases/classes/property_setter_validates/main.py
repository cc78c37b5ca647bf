class Celsius:
    def __init__(self, t=0):
        self.temperature = t

    @property
    def temperature(self):
        return self._t

    @temperature.setter
    def temperature(self, value):
        self.check(value)
        self._t = value

    @temperature.deleter
    def temperature(self):
        reset()

    def check(self, value):
        return value


def reset():
    return None


c = Celsius()
c.temperature = 5
c.temperature += 1
del c.temperature
