class Config:
    pass


def one():
    pass


def two():
    pass


config = Config()
for name, value in [("a", one), ("b", two)]:
    setattr(config, name, value)
config.a()
if hasattr(config, "b"):
    config.b()
