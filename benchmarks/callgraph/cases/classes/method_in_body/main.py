class Tool:
    def first(self):
        return 1

    second = first


Tool().second()
