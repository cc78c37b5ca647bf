def one():
    pass


def two():
    pass


def other():
    pass


class Holder:
    def returns(self, flag):
        if flag:
            self.a = one
            return
        self.a = two

    def calls(self, flag):
        self.b = one
        if flag:
            self.b = two
            other()

    def raises(self, flag):
        if flag:
            self.c = one
            raise ValueError
        self.c = two

    def breaks(self, flags):
        self.d = one
        for flag in flags:
            if flag:
                self.d = two
                other()
                break

    def leaves(self, flag):
        self.e = one
        if flag:
            self.e = two
            other()
            return

    def run(self):
        self.a()
        self.b()
        self.c()
        self.d()
        self.e()


def main(flag):
    holder = Holder()
    holder.returns(flag)
    holder.calls(flag)
    try:
        holder.raises(flag)
    except ValueError:
        pass
    holder.breaks([flag])
    holder.leaves(flag)
    holder.run()


for flag in (True, False):
    main(flag)
