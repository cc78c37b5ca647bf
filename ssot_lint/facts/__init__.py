"""From a file's bytes to its facts, and the cache of them."""
