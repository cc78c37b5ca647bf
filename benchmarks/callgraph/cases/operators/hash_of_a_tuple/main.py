class Symbol:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        return True


class Rule:
    def __init__(self, origin, expansion):
        self.origin = origin
        self.expansion = expansion
        self.hashed = hash((origin, tuple(expansion)))

    def __hash__(self):
        return self.hashed


rules = {}
rule = Rule(Symbol("a"), [Symbol("b")])
rules[rule, 0] = 1
seen = {(rule, 1)}
