class Repo:
    def get(self, key):
        return self.cache(key) or self.load(key)

    def cache(self, key):
        return None

    def load(self, key):
        return Entity(key)


class Entity:
    def __init__(self, key):
        self.key = key

    def save(self):
        return self.key


def service(repo, key):
    entity = repo.get(key)
    if not entity:
        return None
    return entity.save()


service(Repo(), "k")
