class Template:
    def __init__(self, text):
        self.text = text

    def __mod__(self, values):
        return self.render(values)

    def render(self, values):
        return self.text


Template("hello") % {"a": 1}
