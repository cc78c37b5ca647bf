import logging

logger = logging.getLogger("orders")


class Order:
    def __str__(self):
        return "an order"


class Customer:
    def __repr__(self):
        return "Customer()"


class Parcel:
    def __str__(self):
        return "a parcel"

    def __repr__(self):
        return "Parcel()"


class Refused(Exception):
    def __str__(self):
        return "refused"


def received(order, customer):
    logger.warning("%s came from %s", order, customer)


def sent(parcel):
    logging.error("%r in %d", parcel, 3)


def failed(error):
    logger.critical(error)


def by_name(order):
    logger.log(logging.ERROR, "%(order)s", {"order": order})


received(Order(), Customer())
sent(Parcel())
failed(Refused())
by_name(Order())
