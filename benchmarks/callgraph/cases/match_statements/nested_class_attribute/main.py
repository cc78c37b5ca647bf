class Point:
    def __init__(self, x, handler): self.x = x; self.handler = handler
def one(): pass
def two(): pass
point = Point(1, one)
match point:
    case Point(x=1, handler=function):
        function()
    case _:
        two()
