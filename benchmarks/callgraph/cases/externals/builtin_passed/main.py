def apply(function):
    return function("abc")


apply(len)
