class Parser:
    methods = {"a": "one", "b": "two"}
    others = {**dict.fromkeys(("q", "r"), "three"), "s": "two"}

    def parse_one(self):
        pass

    def parse_two(self):
        pass

    def parse_three(self):
        pass

    def parse(self, kind):
        name = self.methods.get(kind)
        if name:
            getattr(self, f"parse_{name}")()

    def parse_other(self, kind):
        name = self.others.get(kind)
        if name:
            getattr(self, f"parse_{name}")()


parser = Parser()
for kind in "abc":
    parser.parse(kind)
for kind in "qst":
    parser.parse_other(kind)
