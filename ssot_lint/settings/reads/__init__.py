"""How code reads settings: `os.environ` and its kin, the wrappers around them, and the classes of pydantic-settings."""
