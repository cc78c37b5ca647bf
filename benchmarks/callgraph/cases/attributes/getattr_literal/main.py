class Tool:
    def use(self):
        pass


getattr(Tool(), "use")()
