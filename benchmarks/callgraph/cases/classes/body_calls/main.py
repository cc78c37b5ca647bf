def default():
    return 1


class Settings:
    value = default()

    def read(self):
        return self.value


Settings().read()
