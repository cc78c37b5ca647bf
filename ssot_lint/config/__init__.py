"""The configuration: discovery, loading, validation, packs."""
