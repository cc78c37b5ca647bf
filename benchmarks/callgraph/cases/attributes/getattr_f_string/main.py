class Visitor:
    def visit(self, kind):
        return getattr(self, f"visit_{kind}")()

    def visit_name(self):
        pass

    def visit_call(self):
        pass


visitor = Visitor()
visitor.visit("name")
visitor.visit("call")
