try:
    from fast import compute
except ImportError:
    from slow import compute

compute(1)
