class Leaf:
    def fields(self):
        return []


class Branch:
    def fields(self):
        return []

    def children(self):
        return []


class Root(Branch):
    pass


def is_leaf(node):
    """Whether it is a leaf."""
    return isinstance(node, Leaf)


def is_tree(node):
    return isinstance(node, (Branch, Root))


def leaf_fields(node):
    if is_leaf(node):
        return node.fields()
    return node.children()


def tree_children(node):
    if not is_tree(node):
        return None
    return node.children()


for each in (Leaf(), Branch()):
    leaf_fields(each)
for each in (Root(), Leaf()):
    tree_children(each)
