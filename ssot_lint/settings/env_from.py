"""What `envFrom` hands to a container, where the project holds the `ConfigMap` or `Secret` that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ssot_lint.settings.model import OF_VALUES, UNKNOWN, Setting, Settings
from ssot_lint.settings.provisioning import are_alike

# Environment files have a group only where an object is made of them.
_KINDS = frozenset({"kubernetes", "kustomize", "env-file"})


def resolved(settings: Iterable[Setting]) -> Iterator[Setting]:
    """The settings, with each key of a known object in the place of the pattern that stands for all of them.

    Keys that are set under the very name need no second setting. An object that takes all keys of a store stays one
    that may hold anything.
    """
    every = list(settings)
    keys: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in every:
        if each.kind in _KINDS and each.group and each.role in {"set", "mapped", "provisioned"}:
            keys[each.group].append(each)
    for each in every:
        if each.name == OF_VALUES:
            continue  # what values name comes to every workload
        known = keys.get(each.group, []) if _is_env_from(each) else []
        if not known or any(key.name.endswith(f"/{UNKNOWN}") for key in known):
            yield each
        else:
            yield from _handed_over(each, known)


def takers(settings: Iterable[Setting]) -> dict[str, frozenset[str]]:
    """The workloads that each object is handed to with all its keys."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in settings:
        if _is_env_from(each):
            found[each.group].add(each.service)
    return {name: frozenset(services) for name, services in found.items()}


def misspelt(settings: Settings) -> list[tuple[Setting, Setting]]:
    """What workloads take whole and nothing makes, with a place that makes an object of nearly that name."""
    made = {each.group: each for each in settings if each.kind in _KINDS and each.group and each.role != "deployed"}
    found = []
    for each in settings.of("deployed"):
        if not _is_env_from(each) or each.group in made or each.need == "optional":
            continue
        taken = {group for group, workloads in settings.takers.items() if each.service in workloads}
        alike = [place for group, place in made.items() if group not in taken and are_alike(each.group, group)]
        if len(alike) == 1:
            found.append((each, alike[0]))
    return found


def renamed(settings: Settings) -> list[tuple[str, Setting]]:
    """The objects that workloads take whole and one environment makes under nearly that name, with a place there.

    The others make it under its name, and nothing takes what is made there.
    """
    made: defaultdict[str, dict[str, Setting]] = defaultdict(dict)
    for each in settings:
        if each.kind in _KINDS and each.group and each.role != "deployed":
            made[each.group].setdefault(each.environment, each)
    found = []
    for group in sorted(settings.takers.keys() & made.keys()):
        for other in sorted(made.keys() - settings.takers.keys()):
            lacking = made[other].keys() - made[group].keys()
            if "" not in lacking | made[group].keys() and are_alike(group, other):
                found += [(group, made[other][environment]) for environment in sorted(lacking)]
    return found


def _is_env_from(setting: Setting) -> bool:
    return setting.kind == "kubernetes" and setting.role == "deployed" and setting.name.endswith(UNKNOWN)


def _handed_over(pattern: Setting, keys: list[Setting]) -> Iterator[Setting]:
    prefix = pattern.name.removesuffix(UNKNOWN)
    given = {key.name for key in keys if key.role != "provisioned"}
    for key in keys:
        name = key.name.removeprefix(f"{pattern.group}/") if key.role == "provisioned" else key.name
        if name == OF_VALUES or (key.role == "provisioned" and name in given) or (key.role == "set" and not prefix):
            continue
        yield replace(
            pattern, name=f"{prefix}{name}", environment=key.environment or pattern.environment,
            value_state="secret" if pattern.secret and key.value_state != "empty" else key.value_state,
            secret=f"{pattern.group}/{name}" if pattern.secret else "",
        )  # fmt: skip
