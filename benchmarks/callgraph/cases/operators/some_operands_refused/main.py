class Element:
    def __init__(self, text):
        self.text = text

    def __add__(self, other):
        if isinstance(other, str):
            other = Element(other)
        if not isinstance(other, Element):
            return NotImplemented
        return Pair(self, other)

    def __radd__(self, other):
        return Element(other) + self

    def __or__(self, other):
        return choose(self, other)


class Pair(Element):
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def show(self):
        return self.left.text


def choose(one, other):
    return one


class Scale:
    def __radd__(self, other):
        return other.text


(Element("a") + "b").show()
("x" + Element("y")).show()
Element("a") + "*/" | Element("c")
Element("a") + Scale()
