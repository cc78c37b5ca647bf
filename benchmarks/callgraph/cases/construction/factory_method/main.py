class Document:
    def create_page(self):
        raise NotImplementedError

    def add(self):
        page = self.create_page()
        page.draw()


class Page:
    def draw(self):
        pass


class Letter(Document):
    def create_page(self):
        return Page()


Letter().add()
