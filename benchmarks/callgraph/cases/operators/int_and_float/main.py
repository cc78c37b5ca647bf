class Amount:
    def __int__(self):
        return 1

    def __float__(self):
        return 1.0


int(Amount())
float(Amount())
