class Parser:
    def __init__(self, tokens):
        self.tokens = tokens
        self.pos = 0

    def peek(self):
        return self.tokens[self.pos] if self.pos < len(self.tokens) else None

    def eat(self):
        tok = self.peek()
        self.pos += 1
        return tok

    def expr(self):
        left = self.term()
        while self.peek() == "+":
            self.eat()
            left = Add(left, self.term())
        return left

    def term(self):
        tok = self.eat()
        if tok == "(":
            node = self.expr()
            self.eat()
            return node
        return Num(tok)


class Num:
    def __init__(self, v):
        self.v = v

    def eval(self):
        return self.v


class Add:
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def eval(self):
        return self.a.eval() + self.b.eval()


Parser(["(", 1, "+", 2, ")", "+", 3]).expr().eval()
