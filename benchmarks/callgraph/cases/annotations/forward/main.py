class Node:
    def parent(self) -> "Node":
        return globals()["root"]

    def visit(self):
        pass


root = Node()
Node().parent().visit()
