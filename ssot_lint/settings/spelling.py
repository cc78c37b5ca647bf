"""Names that are nearly those that lack: one fault, and the place to mend."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.findings import Related
from ssot_lint.settings.environments import is_environment
from ssot_lint.settings.model import Setting, Settings, may_be_same
from ssot_lint.settings.outside import is_known_outside

_FEWEST = 3
_NEARLY_ALL = 0.75
_OF_SERVICES = frozenset(
    {"env-file", "python-mapping", "gcloud", "cloud-run", "env-vars-file", "terraform", "ecs-task"}
)
_NOT_OWN = frozenset({"OLD", "NEW", "DEFAULT", "BASE", "EXTRA", "OTHER", "NEXT", "PREVIOUS", "LEGACY", "BACKUP"})
ALIKE = 0.9
"""How alike two names are, of which one is taken for the other misspelt; 1 is equal."""


def misspelt(settings: Settings, names: Iterable[str], environments: Iterable[str]) -> list[Setting]:
    """What is mapped or set in one of the environments under nearly one of the names, and is read by nothing."""
    wanted, where = sorted(set(names)), list(environments)
    found = []
    for each in settings.of("mapped", "set"):
        in_place = not where or any(may_be_same(each.environment, environment) for environment in where)
        alike = in_place and each.name not in wanted and _nearly(each, wanted)
        if alike and not settings.named(each.name, ("read", "required")):
            found.append(each)
    return found


def misspelt_in(settings: Settings, path: str, names: Iterable[str]) -> list[Setting]:
    """What an example declares under nearly one of the names, and is read by nothing."""
    wanted = sorted(set(names))
    own = (each for each in settings.of("declared") if each.path == path and _nearly(each, wanted))
    return [each for each in own if not settings.named(each.name, ("read", "required"))]


def _nearly(setting: Setting, names: Sequence[str]) -> bool:
    close = difflib.get_close_matches(setting.name, names, 1, ALIKE)
    return bool(close) or any(is_renamed(setting, name) for name in names)


def is_renamed(setting: Setting, name: str) -> bool:
    """Whether the two names share their end and half of their words, or all words in another order.

    A key of Kubernetes has only some of them.
    """
    own, other = (re.split(r"[^a-z0-9]+", each.lower()) for each in (setting.name, name))
    if setting.kind == "kubernetes" and not setting.name.isupper():
        return set(own) <= set(other)
    ends_alike = own[-1] == other[-1] and 2 * len(set(own) & set(other)) >= max(len(own), len(other))
    return ends_alike or (len(own) > 1 and sorted(own) == sorted(other))


def with_another_prefix(settings: Settings, names: Iterable[str]) -> dict[str, Setting]:
    """Those of the names that stand, read by nothing, with another prefix somewhere, if it is one for nearly all."""
    wanted = sorted(names)
    unread: dict[str, Setting] = {}
    for each in settings.of("set", "deployed", "mapped", "declared"):
        if not each.is_pattern and each.name not in unread and not settings.named(each.name, ("read", "required")):
            unread[each.name] = each
    ends: defaultdict[str, dict[str, Setting]] = defaultdict(dict)
    for other, setting in unread.items():
        for prefix, end in _split(other):
            ends[end][prefix] = setting
    found: defaultdict[tuple[str, str], dict[str, Setting]] = defaultdict(dict)
    for name in wanted:
        own, longest = next(((prefix, end) for prefix, end in _split(name) if end in ends), ("", ""))
        for prefix, setting in ends.get(longest, {}).items():
            found[prefix, own][name] = setting
    most = max(found.values(), key=len, default={})
    return most if len(most) >= max(_FEWEST, _NEARLY_ALL * len(wanted)) else {}


def under_another_name(settings: Settings) -> list[dict[str, str]]:
    """The names that are given and that nothing reads, with those that code reads in their place and nothing gives.

    They differ in what stands before: in one word (`LOG_LEVEL`, `APP_LOG_LEVEL`), or several in the same way.
    """
    ungiven = {
        each.name
        for each in settings.of("read")
        if each.kind == "code" and not each.is_pattern and not settings.named(each.name, ("mapped", "set", "deployed"))
    }
    unread = {
        each.name
        for each in settings.of("mapped", "set", "deployed")
        if each.kind in _OF_SERVICES and not each.is_pattern and not settings.named(each.name, ("read", "required"))
    }
    ends: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name in sorted(ungiven):
        for prefix, end in _split(name):
            ends[end][prefix] = name
    pairs: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name in sorted(unread):
        prefix, longest = next(((prefix, end) for prefix, end in _split(name) if end in ends), ("", ""))
        for other, read in ends.get(longest, {}).items():
            pairs[prefix, other][name] = read
    found: list[dict[str, str]] = []
    for (own, other), names in pairs.items():
        if _is_new_prefix(own, other, names, unread, ungiven):
            found.append(names)
        elif not own or not other:
            found += ({name: read} for name, read in names.items() if _is_one_word_off(own or other, name, read))
    return found


def _is_new_prefix(own: str, other: str, names: dict[str, str], unread: set[str], ungiven: set[str]) -> bool:
    """Whether nearly all that begins with one prefix is read with the other one."""
    of_prefix = [name for name in unread if name.startswith(f"{own}_")] if own else []
    of_other = [name for name in ungiven if name.startswith(f"{other}_")] if other else []
    long = [name for name in names if len(name.removeprefix(own).strip("_").split("_")) > 1]
    return (
        len(names) >= max(_FEWEST, _NEARLY_ALL * len(of_prefix), _NEARLY_ALL * len(of_other))
        and 2 * len(long) >= len(names)  # there is a HOST and a PORT of everything
        and not any(is_known_outside(name) for name in names)
    )


def _is_one_word_off(word: str, name: str, read: str) -> bool:
    shorter = min(name, read, key=len)
    is_of_place = is_environment(word) or word in _NOT_OWN
    return "_" not in word and "_" in shorter and not is_of_place and not is_known_outside(max(name, read, key=len))


def _split(name: str) -> Iterator[tuple[str, str]]:
    """The parts of a name before and behind each of its words, the longest end first."""
    words = name.split("_")
    yield from (("_".join(words[:at]), "_".join(words[at:])) for at in range(len(words)))


def nearly(places: Iterable[Setting]) -> tuple[Related, ...]:
    """The places of misspelt names, as what is compared."""
    return tuple(Related(each.place, f"`{each.name}` is nearly it, and nothing reads that") for each in places)
