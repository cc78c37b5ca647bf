from settings import settings
import worker

settings.configure(backend=lambda: "b")
worker.work()
