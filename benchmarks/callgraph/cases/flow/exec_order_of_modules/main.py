import plugins  # noqa: F401
import registry

registry.run()
