"""DigitalOcean App Platform: `envs` of an app's specification."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import COMPUTED, Value
from ssot_lint.settings.yaml_tree import Node

_FILE = re.compile(r"(?:^|/)\.do/[\w.-]+\.ya?ml$")
_COMPONENTS = ("services", "workers", "jobs", "functions")


class Reader:
    """Reads what the platform hands to components (https://docs.digitalocean.com/products/app-platform/reference/app-spec)."""

    kind = "app-platform"

    def recognizes(self, path: str, text: str) -> bool:
        """By its folder, where it gives variables."""
        return _FILE.search(path) is not None and "envs:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable of a component, those of the app included; build-time ones are none."""
        for root in document.yaml:
            app = root.get("spec") or root  # a template to deploy from has one
            shared = app.list_of("envs")
            for component in (each for kind in _COMPONENTS for each in app.list_of(kind)):
                service = component.text_of("name")
                for entry in (*component.list_of("envs"), *shared):
                    if entry.text_of("scope") != "BUILD_TIME":
                        yield self._setting(document, entry, service, app.text_of("name"))

    def _setting(self, document: Document, entry: Node, service: str, app: str) -> Setting:
        value, is_secret = entry.get("value"), entry.text_of("type") == "SECRET"
        known = Value("secret") if is_secret else COMPUTED if value is None else value.text or ""
        return document.setting(
            entry.text_of("key"), known, "deployed", entry.line, self.kind,
            service=service, environment=document.environment or environment_of_id(app),
            group=f"{document.path}:{service}",
        )  # fmt: skip
