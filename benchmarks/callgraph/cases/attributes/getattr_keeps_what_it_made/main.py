class Node:
    def __init__(self, name):
        self.name = name

    def __getattr__(self, name):
        made = Node(name)
        setattr(self, name, made)
        return made

    def show(self):
        return self.name


root = Node("root")
leaf = root.branch.leaf
leaf.show()
