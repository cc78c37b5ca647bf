def outer():
    def inner():
        pass

    locals()["inner"]()


outer()
