try:
    import fast
except ImportError:
    fast = None

if fast is not None:
    fast.work()
