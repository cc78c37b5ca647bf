class Handler:
    def handle(self, event):
        getattr(self, "on_" + event)()

    def on_start(self):
        pass

    def on_stop(self):
        pass


handler = Handler()
handler.handle("start")
handler.handle("stop")
