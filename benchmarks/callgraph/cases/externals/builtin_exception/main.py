try:
    raise ValueError("wrong")
except ValueError:
    pass
