class Manager:
    def run(self):
        pass


manager = Manager()
