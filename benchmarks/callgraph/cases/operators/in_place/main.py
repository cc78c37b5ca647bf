class Total:
    def __iadd__(self, other):
        return self


total = Total()
total += 1
