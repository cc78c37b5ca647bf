def go():
    from a import finish

    finish()
