"""WSGI applications: Flask and its like.

The hooks of an application (lifespan, events, routes, dependencies, middleware) are found from the models of the
libraries, once its module is known to start.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.project.entry_points.applications import find_applications
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.model import EntryPoint

CLASSES = (
    "apiflask.APIFlask", "bottle.Bottle", "connexion.App", "connexion.FlaskApp", "dash.Dash", "falcon.API",
    "falcon.App", "flask.Flask", "flask.app.Flask", "flask_openapi3.OpenAPI", "pyramid.config.Configurator",
)  # fmt: skip
NEEDLES = tuple({dotted.rpartition(".")[2].encode() for dotted in CLASSES})


def find(search: Search) -> Iterator[EntryPoint]:
    """The modules that make an application, and the factories that make one."""
    yield from find_applications(search, CLASSES, "wsgi")
