def a(x):
    def b(y):
        def c(z):
            return add(x, y, z)

        return c

    return b


def add(*nums):
    return sum(nums)


a(1)(2)(3)
f = a(1)
g = f(2)
g(3)
