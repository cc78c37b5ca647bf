class Service:
    def start(self):
        pass

    def stop(self):
        pass

    def restart(self):
        pass


service = Service()
for name in ("start", "stop"):
    getattr(service, name)()
