class Bus:
    def __init__(self):
        self.listeners = []

    def subscribe(self, listener):
        self.listeners.append(listener)

    def publish(self):
        for listener in self.listeners:
            listener()


def on_event():
    pass


bus = Bus()
bus.subscribe(on_event)
bus.publish()
