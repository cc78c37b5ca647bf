class Wheel:
    def spin(self):
        return 1


class Axle:
    def __init__(self):
        self.left = Wheel()
        self.right = Wheel()


class Cart:
    def __init__(self, axle):
        self.axle = axle

    def move(self):
        self.axle.left.spin()
        return self.axle.right.spin()


cart = Cart(axle=Axle())
cart.move()
move = cart.move
move()
