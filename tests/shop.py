"""A small service, with calls that each phase reaches and calls that nothing does."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "shop/__init__.py": "",
    "shop/main.py": """\
from contextlib import asynccontextmanager

from fastapi import FastAPI

from shop import store


@asynccontextmanager
async def lifespan(app):
    store.warm_up()
    yield
    store.get_store().close()


app = FastAPI(lifespan=lifespan)


@app.get("/items")
def items():
    return [item for item in store.get_store().all()]
""",
    "shop/store.py": """\
import requests


class Store:
    def __init__(self, keys=()):
        self.keys = sorted(keys, key=lambda key: key.lower())

    def all(self):
        return self.keys

    def close(self):
        getattr(self, input())()


def get_store():
    return Store()


def warm_up():
    get_store()
    requests.get("https://example.org")


DEFAULT = get_store()
""",
    "shop/old.py": """\
from shop.store import get_store


def phase_three():
    return setup()


def setup():
    return get_store()


def ping():
    return pong(get_store())


def pong(store):
    return ping()
""",
}


def write(root: Path) -> Path:
    """Puts the service below a directory, and gives that."""
    for path, text in FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root
