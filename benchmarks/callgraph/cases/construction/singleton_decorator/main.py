def singleton(cls):
    instances = {}

    def get(*args, **kwargs):
        if cls not in instances:
            instances[cls] = cls(*args, **kwargs)
        return instances[cls]

    return get


@singleton
class Database:
    def __init__(self, url):
        self.url = url

    def query(self):
        return self.url


Database("x").query()
Database("y").query()
