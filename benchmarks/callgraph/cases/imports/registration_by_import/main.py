import registry
import handlers

registry.dispatch("ping")
registry.dispatch("pong")
