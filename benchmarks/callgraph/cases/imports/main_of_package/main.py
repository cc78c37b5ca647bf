import pkg.__main__  # noqa: F401
