import threading


class T(threading.Thread):
    def go(self):
        self.start()
        self.join()

    def run(self):
        pass


t = T()
t.go()
