def is_ready(value):
    return True


match 1:
    case value if is_ready(value):
        pass
