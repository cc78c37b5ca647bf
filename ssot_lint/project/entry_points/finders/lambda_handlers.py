"""Functions of AWS Lambda, as templates of SAM, CloudFormation and the Serverless framework name their handlers.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html,
https://www.serverless.com/framework/docs/providers/aws/guide/functions
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.model import EntryPoint
from ssot_lint.project.paths import parent
from ssot_lint.settings.yaml_tree import Node, documents

NEEDLES = ()
_NAME = re.compile(r"(?:template|sam|cloudformation|cfn|stack|serverless)[^/]*\.(?:ya?ml|json|template)$|\.template$")
_FUNCTIONS = frozenset({"AWS::Serverless::Function", "AWS::Lambda::Function"})
_SERVERLESS = re.compile(r"(?:^|/)serverless[^/]*\.ya?ml$")


def find(search: Search) -> Iterator[EntryPoint]:
    """The handlers that stand in the project; of others another template may know more."""
    for path in search.others:
        text = search.text_of(path) if _NAME.search(path.lower()) else ""
        if "andler" not in text:
            continue
        try:
            roots = documents(text)
        except ValueError:
            continue  # It is told of where its settings are read.
        for root in roots:
            handlers = _of_serverless(root, path) if _SERVERLESS.search(path) else _of_template(root, path)
            for name, handler, near in handlers:
                yield from _entry_point(search, path, name, handler, near)


def _of_template(root: Node, path: str) -> Iterator[tuple[str, Node, str]]:
    """(function, handler, folder of its code) of each function of a template."""
    shared = root.get("Globals", "Function")
    resources = root.get("Resources")
    for name, resource in resources.fields() if resources else ():
        properties = resource.get("Properties")
        if resource.text_of("Type") in _FUNCTIONS and properties is not None:
            handler = properties.get("Handler") or (shared.get("Handler") if shared is not None else None)
            code = properties.text_of("CodeUri") or (shared.text_of("CodeUri") if shared is not None else "")
            if handler is not None:
                yield name.text or "", handler, posixpath.normpath(posixpath.join(parent(path), code or "."))


def _of_serverless(root: Node, path: str) -> Iterator[tuple[str, Node, str]]:
    functions = root.get("functions")
    for name, function in functions.fields() if functions else ():
        if (handler := function.get("handler")) is not None:
            yield name.text or "", handler, parent(path)


def _entry_point(search: Search, path: str, name: str, handler: Node, near: str) -> Iterator[EntryPoint]:
    """`orders.thumbnails.handler` and `orders/thumbnails.handler` are both the function of that module."""
    module, _, symbol = (handler.text or "").replace("/", ".").rpartition(".")
    found = search.module(module.lstrip("."), "" if near == "." else near) if module and symbol.isidentifier() else None
    if found is not None:
        reason = f"handler of the function `{name}`"
        yield EntryPoint(f"{found.name}:{symbol}", "lambda", "request", path, handler.line, reason)
