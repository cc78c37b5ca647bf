def make():
    class Local:
        def use(self):
            pass

    return Local()


make().use()
