import copy


class Node:
    def __copy__(self):
        return make()

    def __deepcopy__(self, memo):
        return make_deep()


def make():
    return Node()


def make_deep():
    return Node()


copy.copy(Node())
copy.deepcopy(Node())
