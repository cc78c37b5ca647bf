class Base:
    def setup(self):
        return ["base"]


class LogMixin(Base):
    def setup(self):
        return super().setup() + ["log"]


class CacheMixin(Base):
    def setup(self):
        return super().setup() + ["cache"]


class App(LogMixin, CacheMixin):
    def setup(self):
        return super().setup()


App().setup()
