def numbers():
    try:
        yield 1
    finally:
        cleanup()


def cleanup():
    pass


generator = numbers()
next(generator)
generator.close()
