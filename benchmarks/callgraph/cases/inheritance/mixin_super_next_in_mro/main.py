class Base:
    def save(self):
        pass


class AuditMixin:
    def save(self):
        super().save()


class Model(AuditMixin, Base):
    pass


Model().save()
