"""The kinds of files that hold command lines, a module a kind: adding one is adding a file."""
