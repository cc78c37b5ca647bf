from .models import Order
from . import util


def create():
    util.log("create")
    return Order()
