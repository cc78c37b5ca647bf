import copy


class Graph:
    def __init__(self, nodes):
        self.nodes = nodes

    def __deepcopy__(self, memo):
        return Graph(copy.deepcopy(self.nodes, memo))

    def __copy__(self):
        return self.clone()

    def clone(self):
        return Graph(self.nodes)

    def size(self):
        return len(self.nodes)


g = Graph([1])
copy.deepcopy(g).size()
copy.copy(g).size()
