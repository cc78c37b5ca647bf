class Low(Exception):
    def __init__(self):
        pass


class High(Exception):
    def __init__(self):
        pass


try:
    try:
        raise Low
    except Low as error:
        raise High from error
except High:
    pass
