class Engine:
    def boot(self):
        return run()


def run():
    return None
