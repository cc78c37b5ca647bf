class Old:
    def __getitem__(self, i):
        if i > 1: raise IndexError
        return fetch(i)
def fetch(i): return i
1 in Old()
