class One(Exception):
    def handle(self):
        pass


class Two(Exception):
    def handle(self):
        pass


for failure in (One, Two):
    try:
        raise failure
    except (One, Two) as error:
        error.handle()
