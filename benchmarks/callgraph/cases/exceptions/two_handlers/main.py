class One(Exception):
    def handle(self):
        pass


class Two(Exception):
    def handle(self):
        pass


for failure in (One, Two):
    try:
        raise failure
    except One as error:
        error.handle()
    except Two as error:
        error.handle()
