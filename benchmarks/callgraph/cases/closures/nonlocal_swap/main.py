def toggle():
    def on():
        nonlocal current
        current = off
        return "on"

    def off():
        nonlocal current
        current = on
        return "off"

    current = on

    def press():
        return current()

    return press


press = toggle()
press()
press()
