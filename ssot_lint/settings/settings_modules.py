"""Deployments that tell Django to take its settings from a module that the project does not have."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.project.model import Project
from ssot_lint.settings.environments import is_deployed
from ssot_lint.settings.model import OF_CLUSTERS, Setting, Settings
from ssot_lint.settings.values import classify

NAME = "DJANGO_SETTINGS_MODULE"
_DEPLOYING = OF_CLUSTERS | {"dockerfile", "gcloud", "cloud-run", "terraform", "ecs-task", "fly", "render", "systemd"}
"""The kinds that speak of no machine of a developer, who may have a module of his own."""


def without_module(settings: Settings, project: Project) -> Iterator[Setting]:
    """The places that name such a module, where code of the project names one that is there.

    Its folder need not be that from which modules are named here, so the end of a name counts.
    """
    told = [
        each
        for each in settings.named(NAME, ("set", "deployed"))
        if each.value_state == "literal" and (is_deployed(each.environment) or each.kind in _DEPLOYING)
    ]
    if not told or not any(each.kind == "code" for each in settings.named(NAME, ("read",))):
        return
    names = {
        ".".join(parts[start:])
        for module in project.modules
        for parts in [module.split(".")]
        for start in range(len(parts))
    }
    known = {classify(NAME, each).digest for each in names}
    yield from (each for each in told if each.digest and each.digest not in known)
