class Report:
    def render(self):
        return self.header() + self.body() + self.footer()

    def header(self):
        return ""

    def body(self):
        raise NotImplementedError

    def footer(self):
        return ""


class Sales(Report):
    def body(self):
        return rows()

    def footer(self):
        return super().footer() + "end"


def rows():
    return "rows"


Sales().render()
