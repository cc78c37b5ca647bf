class Handler:
    registry = {}
    names = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name in cls.names:
            Handler.registry[name] = cls

    def handle(self):
        return None


class Text(Handler):
    names = ("txt", "md")

    def handle(self):
        return "text"


class Image(Handler):
    names = ("png",)

    def handle(self):
        return "image"


Handler.registry["md"]().handle()
