class Box:
    def __len__(self):
        return 1


class Flag:
    def __bool__(self):
        return True


len(Box())
if Flag():
    pass
