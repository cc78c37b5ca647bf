"""The commands, a module each; the module's `command` is the click command."""
