def t():
    pass
