"""Measurements of ssot-lint against reality and against its neighbours."""
