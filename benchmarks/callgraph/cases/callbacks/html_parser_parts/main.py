from html.parser import HTMLParser


class Parser(HTMLParser):
    def parse_starttag(self, i):
        return super().parse_starttag(i)

    def handle_starttag(self, tag, attrs):
        found(tag)

    def handle_startendtag(self, tag, attrs):
        super().handle_startendtag(tag, attrs)

    def handle_endtag(self, tag):
        pass

    def handle_data(self, data):
        pass


def found(tag):
    pass


def run(text):
    parser = Parser()
    parser.feed(text)


run("<a>text</a><br/>")
