def tools():
    pass
