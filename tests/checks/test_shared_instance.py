from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

CONFIG = """
[[contracts]]
name = "a cart belongs to one customer"
code = "SSOT106"
targets = ["shop.Cart", "shop.new_cart"]
"""

SHOP = """
class Cart:
    pass
class GiftCart(Cart):
    pass
def new_cart():
    return GiftCart()
"""

APP = """
from contextvars import ContextVar
from functools import lru_cache
import threading
from fastapi import FastAPI, Request
import shop
app = FastAPI()
local = threading.local()
current = ContextVar("current")
carts = {}
"""


def shared(root: Path, app: str) -> list[str]:
    return told(root, {"shop.py": SHOP, "app.py": f"{APP}\n{app}"}, CONFIG, select="SSOT106")


@pytest.mark.parametrize(
    ("app", "expected"),
    [
        ("cart = shop.Cart()", "app.py: cart = shop.Cart() [import]"),
        ("cart = shop.GiftCart()", "app.py: cart = shop.GiftCart() [import]"),
        ("cart = shop.new_cart()", "shop.py: return GiftCart() [import]"),
        ("class Checkout:\n    cart = shop.Cart()", "app.py: cart = shop.Cart() [import]"),
        ("app.state.cart = shop.Cart()", "app.py: app.state.cart = shop.Cart() [import]"),
        (
            "@app.get('/')\ndef show(request: Request):\n    request.app.state.cart = shop.Cart()",
            "app.py: request.app.state.cart = shop.Cart() [request]",
        ),
        (
            "@lru_cache\ndef cart():\n    return shop.Cart()\n@app.get('/')\ndef show():\n    cart()",
            "app.py: return shop.Cart() [request]",
        ),
        (
            "cart = None\n@app.get('/')\ndef show():\n    global cart\n    cart = cart or shop.Cart()",
            "app.py: cart = cart or shop.Cart() [request]",
        ),
        (
            (
                "class Only(shop.Cart):\n    _one = None\n    def __new__(cls):\n        if cls._one is None:\n"
                "            cls._one = super().__new__(cls)\n        return cls._one\n"
                "@app.get('/')\ndef show():\n    Only()"
            ),
            "app.py: cls._one = super().__new__(cls) [request]",
        ),
        (
            "class Desk:\n    def __init__(self):\n        self.cart = shop.Cart()\ndesk = Desk()",
            "app.py: self.cart = shop.Cart() [import]",
        ),
        (
            (
                "class Desk:\n    cart = None\n    def open(self):\n        if self.cart is None:\n"
                "            self.cart = shop.Cart()\n        return self.cart\n"
                "desk = Desk()\n@app.get('/')\ndef show():\n    desk.open()"
            ),
            "app.py: self.cart = shop.Cart() [request]",
        ),
    ],
)
def test_reports_what_lives_as_long_as_the_process(tmp_path: Path, app: str, expected: str) -> None:
    assert shared(tmp_path, app) == [expected]


@pytest.mark.parametrize(
    "statement",
    [
        "cart = shop.Cart()",
        "carts['me'] = shop.Cart()",
        "current.set(shop.Cart())",
        "request.state.cart = shop.Cart()",
        "local.cart = shop.Cart()",
        "class Desk:\n        def __init__(self):\n            self.cart = shop.Cart()\n    Desk()",
        "class Desk:\n        def open(self):\n            self.cart = shop.Cart()\n    Desk().open()",
    ],
)
def test_is_silent_about_what_a_request_makes_for_itself(tmp_path: Path, statement: str) -> None:
    assert shared(tmp_path, f"@app.get('/')\ndef show(request: Request):\n    {statement}\n") == []


def test_is_silent_about_a_cached_function_that_takes_the_customer(tmp_path: Path) -> None:
    app = "@lru_cache\ndef cart(customer):\n    return shop.Cart()\n@app.get('/')\ndef show():\n    cart(1)\n"
    assert shared(tmp_path, app) == []


def test_notes_what_a_dependency_makes_for_each_request_and_something_keeps_all_the_same(tmp_path: Path) -> None:
    app = f"""{APP}
from fastapi import Depends
class Session:
    pass
class Settings:
    pass
def get_session():
    yield Session()
@lru_cache
def get_settings():
    return Settings()
@app.get("/")
def show(session=Depends(get_session), settings=Depends(get_settings)): ...
shared = Session()
"""
    (found,) = findings(tmp_path, {"shop.py": SHOP, "app.py": app}, select="SSOT106")
    assert (found.violation.level, found.violation.function) == ("note", "app")
    assert found.violation.help.startswith("`app.get_session` makes one for each request")


def test_says_what_keeps_it(tmp_path: Path) -> None:
    app = f"{APP}\nclass Desk:\n    def __init__(self):\n        self.cart = shop.Cart()\ndesk = Desk()\n"
    (found,) = findings(tmp_path, {"shop.py": SHOP, "app.py": app}, CONFIG, select="SSOT106")
    assert found.violation.message == "one Cart for the whole process: `cart` of the global `app.desk` keeps it"
