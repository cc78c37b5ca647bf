class Node:
    def __init__(self):
        pass

    def clone(self):
        return type(self)()

    def visit(self):
        pass


Node().clone().visit()
