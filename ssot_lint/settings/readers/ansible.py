"""Tasks of Ansible that run containers: the `env` of `docker_container` and `podman_container`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.scripts import is_yaml
from ssot_lint.settings.values import COMPUTED
from ssot_lint.settings.yaml_tree import Node, walk

# https://docs.ansible.com/ansible/latest/collections/community/docker/docker_container_module.html
_MODULE = re.compile(r"(?:community\.(?:docker|general)\.|containers\.podman\.)?(?:docker|podman)_container")
_SIGN = re.compile(rf"^\s*(?:-\s+)?{_MODULE.pattern}:", re.MULTILINE)
_SERVICE = re.compile(r"[a-z][a-z0-9-]*")


class Reader:
    """Reads what containers are given on the hosts; what is filled in there is computed."""

    kind = "ansible"

    def recognizes(self, path: str, text: str) -> bool:
        """A task that runs a container."""
        return is_yaml(path) and _SIGN.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable; a file on the host may hold any."""
        for root in document.yaml:
            for node in walk(root):
                for key, module in node.pairs:
                    if _MODULE.fullmatch(key.text or ""):
                        yield from self._container(document, module)

    def _container(self, document: Document, module: Node) -> Iterator[Setting]:
        named = module.text_of("name")
        service = named if _SERVICE.fullmatch(named) else ""
        env = module.get("env")
        for name, value in env.fields() if env else ():
            yield document.setting(
                name.text or "",
                value.text or "",
                "deployed",
                name.line,
                self.kind,
                service=service,
                group=document.path,
            )
        given = module.get("env_file") or (env if env is not None and env.type == "scalar" else None)
        if given is not None:
            yield document.setting(UNKNOWN, COMPUTED, "deployed", given.line, self.kind, service=service)
