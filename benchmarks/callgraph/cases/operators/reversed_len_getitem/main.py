class Seq:
    def __len__(self): return 2
    def __getitem__(self, i): return item
def item(): pass
for each in reversed(Seq()):
    each()
