class Log:
    def save(self): log(); super().save()
class Check:
    def save(self): check(); super().save()
class Store:
    def save(self): store()
class Model(Log, Check, Store): pass
def log(): pass
def check(): pass
def store(): pass
Model().save()
