from .base import Base


class Tool(Base):
    pass
