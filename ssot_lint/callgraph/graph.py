"""The call graph: what the analysis gives and the rules read."""
