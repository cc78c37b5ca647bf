class Leaf:
    def run(self):
        pass


class Branch:
    def __init__(self):
        self.leaf = Leaf()


class Tree:
    def __init__(self):
        self.branch = Branch()

    def grow(self):
        self.branch.leaf.run()


Tree().grow()
