"""What the project keeps in objects from outside, under keys and in attributes, and takes from there again."""

from __future__ import annotations

from tests.callgraph.small import edges, graph_of

KEPT = """
from aiohttp import web
class Database:
    def query(self): pass
class Mail:
    def query(self): pass
async def index(request):
    request.app["db"].query()
async def other(request):
    request.app["other"].query()
def make():
    app = web.Application()
    app["db"] = Database()
    app["mail"] = Mail()
    return app
"""


def test_what_is_put_under_a_key_is_found_under_that_key_alone() -> None:
    found = edges(graph_of(KEPT, "make", "index", "other"))
    assert "app.Database.query" in found["app.index"]
    assert "app.Mail.query" not in found["app.index"]
    assert not {each for each in found.get("app.other", ()) if each.startswith("app.")}


def test_what_the_very_object_holds_comes_before_what_any_holds() -> None:
    text = """
import flask, library
class One:
    def go(self): pass
class Two:
    def go(self): pass
app = flask.Flask(__name__)
def set_up(other):
    other["it"] = Two()
    app.extensions["it"] = One()
set_up(library.mapping)
app.extensions["it"].go()
def index():
    flask.current_app.extensions["it"].go()
    return app.config.get("it", 1)
index()
"""
    found = edges(graph_of(text))
    assert "app.Two.go" not in found["app"]
    assert {"app.One.go", "app.Two.go"} <= set(found["app.index"])


def test_an_attribute_of_an_unknown_application_is_found_on_its_proxy() -> None:
    text = """
import flask, library
class Manager:
    def unauthorized(self): pass
    def init_app(self, app):
        app.manager = self
class Other:
    def unauthorized(self): pass
    def __init__(self):
        self.manager = None
def view():
    flask.current_app.manager.unauthorized()
def known():
    Other().manager.unauthorized()
Manager().init_app(flask.Flask(__name__))
view()
known()
"""
    found = edges(graph_of(text))
    assert "app.Manager.unauthorized" in found["app.view"]
    assert "app.Manager.unauthorized" not in found["app.known"]


def test_a_generic_alias_is_no_mapping() -> None:
    text = """
import library, typing
class Node:
    def go(self): pass
def keep(table):
    table["Node"] = Node()
keep(library.mapping)
Alias = typing.List["Node"]
Alias.go()
"""
    assert "app.Node.go" not in edges(graph_of(text))["app"]
