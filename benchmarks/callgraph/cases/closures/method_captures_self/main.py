class Button:
    def on_click(self):
        pass

    def handler(self):
        def handle():
            self.on_click()

        return handle


Button().handler()()
