"""What every reader gives: a `Setting` for each place that reads, requires, maps, sets, provisions or deploys one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Literal, TypeAlias

from ssot_lint.findings import Site, Span
from ssot_lint.settings.environments import service_words
from ssot_lint.settings.names import may_be_secret

UNKNOWN = "*"
"""Stands, alone or in a text, for what is not known before the program runs."""

ENV_FILE = "env_file:"
"""The name of what stands for a file that a service is given; no variable has such a one.

Its group is the file's path, its secret the object of Kubernetes that is made of the file.
"""

OF_VALUES = "values:"
"""The name of what stands in an object of a chart for all that its values name; no variable has such a one."""

BARE_SERVICE = "service:"
"""The name of what stands for a service of a compose file that is given nothing; no variable has such a one."""

STARTED = "command:"
"""The name of what stands for the command that a service is given; no variable has such a one.

Its group are the words, with null bytes between them.
"""

ValueState: TypeAlias = Literal["empty", "placeholder", "literal", "secret", "computed", "unset"]
"""`secret` refers to a secret's id, `computed` is known only when it runs, `unset` is a name without a value."""

ENVIRONMENT_ARGUMENT = "--environment"
"""The name of what tells a command of a pipeline in which environment it works."""

Runner: TypeAlias = tuple[str, str]
"""A service or an image that runs code: the kind of the files that say so, and its name in them."""

_RUNNERS = {"compose": "compose", "env-file": "compose", "kubernetes": "kubernetes", "fly": "fly"}
"""Whose services those are that a setting of a kind is given to."""

PIPELINES = frozenset({"github-workflow", "gitlab-ci"})
"""The kinds that give settings to jobs of a pipeline, and to no service."""

OF_CLUSTERS = frozenset({"kubernetes", "kustomize", "helm-values"})
"""The kinds that give something to workloads of Kubernetes alone."""
RELEASED = frozenset({"helm-values", "env-template"})
"""The kinds of files that are filled in where services run for others."""
FILLED_IN = RELEASED | {"env-script"}
"""Those, and what scripts write, be it for tests."""
DEVELOPERS = frozenset({"compose", "docker-run"})
"""The kinds that start containers on the machine of whoever uses them, where they name no environment."""

Role: TypeAlias = Literal["read", "required", "mapped", "declared", "set", "provisioned", "deployed"]
"""What a place does with a setting.

`read` by code; `required` by a list of names; `mapped` to a secret id; `declared` by an example file or passed through
without a value; `set` by a configuration file; `provisioned`, that is, a secret that infrastructure code creates or an
inventory lists (the name is then the id); `deployed`, that is, handed to a running service.
"""

Need: TypeAlias = Literal["", "required", "bare", "optional"]
"""How code reads: it fails without a value (`required`), goes on with None (`bare`), or has a default (`optional`)."""


Form: TypeAlias = Literal["", "bit", "int", "float", "bool", "text"]
"""What a value may be read as, or what code makes of it: `bit` is a 0 or a 1, which is an int and a bool too."""


@dataclass(frozen=True)
class Setting:
    """One name in one place. Never holds a value, except numbers and durations of names that don't look secret.

    Args:
        name: the setting's name; a pattern where it holds `*`. A provisioned secret's name is its id.
        value_state: what stands there as its value.
        role: what the place does with it.
        kind: the kind of the source, such as `env-file`.
        source: the configured name of the source, or its path.
        path: the file, POSIX, relative to the root.
        place: where in the file; a `Site` for code reads, a `Span` for everything else.
        environment: such as `staging`; empty where the place speaks of every environment.
        service: empty where the place speaks of every service.
        secret: the id of the secret that it is mapped to or filled from; `*` stands for what is not known.
        version: the version of that secret, such as `latest`; empty where none is told.
        digest: equal within one run where values are equal; empty where there is none.
        number: the value as a number, durations in seconds.
        form: what the value may be read as; of a read, what code makes of it or fails. Empty where it is not known.
        unit: the unit that the value itself carries (`s`, `ms`, `m`, `h`), or empty.
        need: how code reads it.
        block: the flag, or flags, of a command that give the name twice; empty where it is given once.
        exposed: what kind of real secret stands there as its value, such as `GitHub token`; empty for none.
        group: the symbol or block that it stands in, so that lists can be held against each other.
        tells: the environment that its value names, if the name asks for one (`STAGE=production`).
        speaks: the environment that is a part of its value, as staging is of `https://api.staging.shop.dev`.
        any_case: whether code reads the name in whatever case it is written.
        at_import: whether code reads it as soon as its module is imported.
        instead: the names of which one may be given instead.
        never_in: the environments in which code does not come to the read.
        is_past: whether it tells what was deployed, and not what the next deployment hands over.
        through: the file whose table holds what stands in this one; empty where it is read as it stands.
        insists: whether code refuses where one of a list of names is missing, this one among them, or refuses in some
            environments alone: whoever has a default for it.
        parts: what a created secret holds under keys of its own; empty where that is not known.
        is_drawn_on: whether it stands in a mapping of which commands say what each service is given.
    """

    name: str
    value_state: ValueState
    role: Role
    kind: str
    source: str
    path: str
    place: Site | Span
    environment: str = ""
    service: str = ""
    secret: str = ""
    version: str = ""
    digest: str = field(default="", repr=False)
    number: float | None = None
    unit: str = ""
    form: Form = ""
    need: Need = ""
    group: str = ""
    block: str = ""
    exposed: str = ""
    tells: str = ""
    speaks: str = ""
    any_case: bool = False
    at_import: bool = False
    instead: tuple[str, ...] = ()
    never_in: tuple[str, ...] = ()
    is_past: bool = False
    through: str = ""
    insists: bool = False
    parts: tuple[str, ...] = ()
    is_drawn_on: bool = False

    @property
    def line(self) -> int:
        """The 1-based line; 0 where only the site is known (`ssot_lint.facts` turns sites into lines)."""
        return self.place.line if isinstance(self.place, Span) else 0

    @property
    def is_pattern(self) -> bool:
        """Whether the name stands for every name of its shape."""
        return "*" in self.name

    def matches(self, name: str) -> bool:
        """Whether it speaks of that name."""
        return fnmatchcase(name, self.name) if self.is_pattern else self.name == name

    def may_be_in(self, environment: str) -> bool:
        """Whether code may come to the read in an environment."""
        return environment not in self.never_in

    def agrees_in_place(self, other: Setting) -> bool:
        """Whether both may speak of the same environment and the same service."""
        same_environment = may_be_same(self.environment, other.environment)
        return same_environment and may_be_same_service(self.service, other.service)


def may_be_same(first: str, second: str) -> bool:
    """Whether two environments are equal or one of them is open."""
    return not first or not second or first == second


def may_be_same_service(first: str, second: str) -> bool:
    """Whether two services are one, as `backend` and `shop-backend-staging` are, or one of them is open."""
    words = service_words(first), service_words(second)
    return words[0] <= words[1] or words[1] <= words[0]


@dataclass(frozen=True)
class Problem:
    """A settings file that could not be read, and why. The line is 1-based."""

    path: str
    line: int
    message: str


@dataclass(frozen=True)
class Settings:
    """All settings of a project, in the order of their files, and the files that could not be read.

    `runs` are the modules that each service runs, as far as that is known, and `takers` the workloads that are given
    all keys of an object of Kubernetes. `handing` are the compose files, each with a service and an environment file
    that it hands to it, or nothing for one that is not there. `images` are the modules that Dockerfiles run
    which have a service's name, and `bare` stand for the services of compose files that are given nothing. `workers`
    are the services that run tasks which others leave to them. `runs_alone` are the modules that services of a compose
    file run where that is used alone, as far as they are others.
    """

    items: tuple[Setting, ...]
    problems: tuple[Problem, ...] = ()
    runs: Mapping[Runner, frozenset[str]] = field(default_factory=dict)
    takers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    handing: frozenset[tuple[str, Runner, str]] = frozenset()
    images: Mapping[Runner, frozenset[str]] = field(default_factory=dict)
    bare: Mapping[Runner, Setting] = field(default_factory=dict)
    workers: frozenset[Runner] = frozenset()
    runs_alone: Mapping[str, Mapping[Runner, frozenset[str]]] = field(default_factory=dict)
    find_loaded: Callable[[], frozenset[str]] = field(default=frozenset, repr=False, compare=False)

    @cached_property
    def loaded(self) -> frozenset[str]:
        """The environment files that something of the project names; all its files are looked through for it."""
        return self.find_loaded()

    @cached_property
    def handed(self) -> Mapping[str, frozenset[Runner]]:
        """The environment files that services of compose files are given, with these."""
        found: defaultdict[str, set[Runner]] = defaultdict(set)
        for _, runner, file in self.handing:
            found[file].add(runner)
        return {file: frozenset(runners) for file, runners in found.items() if file}

    @cached_property
    def open(self) -> frozenset[Runner]:
        """The services that are given an environment file which is not there."""
        return frozenset(runner for _, runner, file in self.handing if not file)

    def alone(self, compose_file: str) -> Settings:
        """What counts where that compose file is used, and no other one."""
        handing = frozenset(each for each in self.handing if each[0] == compose_file)
        others = {file for _, _, file in self.handing} - {file for _, _, file in handing}
        items = (each for each in self.items if (each.through or each.path) == compose_file or each.kind != "compose")
        kept = tuple(each for each in items if each.path not in others)
        return replace(self, items=kept, handing=handing, runs={**self.runs, **self.runs_alone.get(compose_file, {})})

    def __iter__(self) -> Iterator[Setting]:
        return iter(self.items)

    def of(self, *roles: Role) -> list[Setting]:
        """Those with one of the roles."""
        if len(roles) == 1:
            return list(self._by_role.get(roles[0], ()))
        return [setting for setting in self.items if setting.role in roles]

    @cached_property
    def _by_role(self) -> dict[Role, list[Setting]]:
        found: defaultdict[Role, list[Setting]] = defaultdict(list)
        for setting in self.items:
            found[setting.role].append(setting)
        return dict(found)

    def arrives(self, name: str, places: Sequence[Setting], environment: str = "") -> bool:
        """Whether what these places give comes to all code that can't do without the name.

        What is given to one service does not come to a module that another one runs.
        """
        return bool(places) and not self.lacking(name, places, environment)

    def lacking(self, name: str, places: Sequence[Setting], environment: str = "") -> list[Runner]:
        """The services that can't do without the name and get nothing of it from these places, as far as is known.

        Of two workloads that run a module that needs it to be imported, one may be given it by name, and one lack it.
        """
        needing: defaultdict[str, bool] = defaultdict(bool)
        for each in self.named(name, ("read",)):
            if each.need == "required" and isinstance(each.place, Site):
                needing[each.place.module] |= each.at_import
        named = any(
            (each.kind == "kubernetes" and each.service and not each.is_pattern) or each.group in self.takers
            for each in places
        )
        # What examples and developers have does not come to where workloads run.
        given = [each for each in places if each.role != "declared" and each.environment != "development"]
        found: set[Runner] = set()
        for module, is_body in needing.items():
            running = [
                each for each, modules in self.runs.items() if module in modules and self._is_in(each, environment)
            ]
            without = [runner for runner in running if not any(self.may_reach(each, runner) for each in places)]
            if len(without) == len(running):
                found.update(without)
            elif named and is_body:
                workloads = (runner for runner in running if runner[0] == "kubernetes")
                found.update(each for each in workloads if not any(self.may_reach(one, each) for one in given))
        return sorted(found)

    def may_reach(self, setting: Setting, runner: Runner) -> bool:
        """Whether what a place gives may come to a service."""
        if runner in self.open:
            return True
        if setting.kind == "helm-values" and runner[0] == "kubernetes":
            workloads = self._charts.get(setting.path.rpartition("/")[0], {runner[1]})
            return runner[1] in workloads or "" in workloads
        if setting.role == "set" and runner[0] == "kubernetes" and (takers := self.takers.get(setting.group)):
            return runner[1] in takers or any(("kubernetes", each) not in self.runs for each in takers)
        given = (_RUNNERS.get(setting.kind, ""), setting.service)
        return given == runner or given not in self.runs

    def _is_in(self, runner: Runner, environment: str) -> bool:
        """Whether a service may run in an environment: where what it is given tells others, it does not."""
        known = self._environments.get(runner, {""})
        return not environment or "" in known or environment in known

    @cached_property
    def _environments(self) -> Mapping[Runner, set[str]]:
        found: defaultdict[Runner, set[str]] = defaultdict(set)
        for each in self.of("deployed", "set", "declared"):
            if each.service and each.kind in _RUNNERS:
                found[_RUNNERS[each.kind], each.service].add(each.environment)
        return dict(found)

    @cached_property
    def _charts(self) -> Mapping[str, set[str]]:
        """The workloads of each chart, by its folder; an empty name stands for one that is not known."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for each in self.of("deployed"):
            folder, is_template, _ = each.path.partition("/templates/")
            if is_template and each.kind == "kubernetes":
                found[folder].add(each.service)
        return dict(found)

    @cached_property
    def _by_name(self) -> dict[str, list[Setting]]:
        found: defaultdict[str, list[Setting]] = defaultdict(list)
        for setting in self.items:
            found[setting.name].append(setting)
        return dict(found)

    @cached_property
    def _patterns(self) -> list[Setting]:
        return [setting for setting in self.items if setting.is_pattern]

    def named(self, name: str, roles: Iterable[Role] | None = None) -> list[Setting]:
        """Those that speak of `name`, patterns included, with one of `roles` (None: any)."""
        shaped = (each for each in self._patterns if each.matches(name) and not self._hands_out_tables(each, name))
        candidates = [*self._by_name.get(name, ()), *shaped]
        return [each for each in candidates if roles is None or each.role in roles]

    def _hands_out_tables(self, setting: Setting, name: str) -> bool:
        """Whether a deploy command hands over what tables of Python hold, which are read themselves, and nothing else.

        Secrets come from the mapping, other variables from the tables of variables.
        """
        if setting.name != UNKNOWN or setting.kind != "gcloud" or not setting.path.endswith(".py"):
            return False
        return (
            "mapped" if setting.group.endswith("secrets") or may_be_secret(name) else "set"
        ) in self._roles_of_tables

    @cached_property
    def _roles_of_tables(self) -> set[Role]:
        return {each.role for each in self.items if each.kind == "python-mapping"}
