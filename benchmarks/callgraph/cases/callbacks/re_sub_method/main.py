import re


class Template:
    pattern = re.compile(r"\{(\w+)\}")

    def __init__(self, values):
        self.values = values

    def replace(self, match):
        return self.lookup(match.group(1))

    def lookup(self, name):
        return self.values[name]

    def render(self, text):
        return self.pattern.sub(self.replace, text)


Template({"a": "1"}).render("{a}")
