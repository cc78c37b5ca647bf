class Box:
    def __len__(self):
        return 1


if Box():
    pass
while not Box():
    pass
