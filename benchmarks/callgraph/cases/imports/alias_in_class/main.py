import tools as t
from tools import Base as Root


class Child(Root):
    helper = t.helper

    def run(self):
        return super().run() + t.extra()


Child().run()
Child.helper()
