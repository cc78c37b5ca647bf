"""The rewrites, a file each."""
