"""The entry-point finders, a module a framework: adding one is adding a file."""
