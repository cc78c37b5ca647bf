def print(value):
    pass


print("hello")
