from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Config:
    host: str = "localhost"
    port: int = 80

    def with_host(self, host):
        return replace(self, host=host)

    def with_port(self, port):
        return replace(self, port=port)

    def url(self):
        return fmt(self.host, self.port)


def fmt(host, port):
    return f"{host}:{port}"


Config().with_host("h").with_port(1).url()
