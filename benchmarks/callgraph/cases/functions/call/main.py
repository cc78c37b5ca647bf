def greet():
    pass


greet()
