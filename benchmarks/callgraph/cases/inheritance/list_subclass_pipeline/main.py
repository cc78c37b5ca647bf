class Pipeline(list):
    def run(self, value):
        for step in self:
            value = step(value)
        return value


def inc(x):
    return x + 1


def dbl(x):
    return x * 2


p = Pipeline()
p.append(inc)
p.append(dbl)
p.run(1)
Pipeline([inc]).run(2)
