import state
import setter

setter.install()
state.handler()
