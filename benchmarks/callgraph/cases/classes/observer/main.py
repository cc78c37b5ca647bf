class Subject:
    def __init__(self):
        self.observers = []

    def attach(self, observer):
        self.observers.append(observer)

    def notify(self):
        for observer in self.observers:
            observer.update(self)


class Screen:
    def update(self, subject):
        self.draw()

    def draw(self):
        pass


subject = Subject()
subject.attach(Screen())
subject.notify()
