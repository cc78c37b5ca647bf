def cleanup():
    pass


try:
    pass
finally:
    cleanup()
