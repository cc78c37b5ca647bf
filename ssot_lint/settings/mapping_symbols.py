"""What a symbol of a Python file says of settings: tables of `NAME: secret-id`, lists of names, tables of variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from ssot_lint.settings.commands import PORT, TIMEOUT, UNMISTAKABLE
from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id, environment_of_variable, is_environment, normalize
from ssot_lint.settings.exposure import is_value
from ssot_lint.settings.model import UNKNOWN, Role, Setting
from ssot_lint.settings.python_file import Symbol
from ssot_lint.settings.tables import Constant, Items, Table, Text
from ssot_lint.settings.values import COMPUTED, Value, classify

KIND = "python-mapping"
_NAME = re.compile(r"^[A-Z][A-Z0-9]*(?:__?[A-Z0-9*]+)*$")
_ID = re.compile(r"^(?!https?:)[A-Za-z*][\w*]*(?:[-/.#*][\w*]+)+$")
KEBAB = re.compile(r"^[a-z*][a-z0-9*]*(?:-[a-z0-9*]+)+$")
_CREATES = re.compile(
    r"create_secret|add_secret_version|secrets[\"',\s]+(?:create|versions)|SecretManagerServiceClient"
)
_MANAGES = re.compile(r"gcloud.{0,20}secrets|secret_?manager|secretsmanager", re.IGNORECASE | re.DOTALL)
_KEYS_OF_NAME = ("name", "env_var", "env_name", "env", "variable", "key", "setting")
_KEYS_OF_ID = ("secret_id", "secret", "secret_name", "gsm_id", "gcp_secret", "id")
_WORDS_OF_IDS = frozenset({"secret", "secrets", "key", "token", "password", "credential", "credentials", "dsn"})
_NAMING = re.compile(r"^(?:name|service|app|\w+_name)$")
_VARIABLES = re.compile(r"(?:^|_)(?:env(?:ironment)?_?(?:vars?|variables)|envs)$", re.IGNORECASE)
_SECRETS = re.compile(r"^secrets?(?:_(?:env|env_vars|variables|refs|mappings?))?$")
_REQUIRED = re.compile(r"required_(?:\w+_)?(?:vars?|variables|env(?:_?vars?)?|settings|keys)(?:_by_\w+)?$")
"""The end of a name of tables that say what each environment must have."""
_FLAGS = {TIMEOUT: ("timeout", "timeout_seconds", "request_timeout"), PORT: ("port", "container_port")}
"""The flags of a deployment that stand beside the variables of a service, with the keys that give them."""
_MAX_DEPTH = 6


class About:
    """What a file as a whole does; it is long, and looked through once."""

    def __init__(self, text: str) -> None:
        self._text = text

    def is_deployed_by(self, module: str) -> bool:
        """Whether the file deploys what that module of its folder holds."""
        return self.deploys and re.search(rf"\bimport\b.*\b{module}\b|\b{module} import\b", self._text) is not None

    @cached_property
    def creates_secrets(self) -> bool:
        """Whether it creates secrets, by a command or a client."""
        return _CREATES.search(self._text) is not None

    @cached_property
    def manages_secrets(self) -> bool:
        """Whether it speaks of a store of secrets."""
        return _MANAGES.search(self._text) is not None

    @property
    def runs(self) -> bool:
        """Whether it may create something, or hand something over."""
        return self.deploys or self.creates_secrets

    @cached_property
    def deploys(self) -> bool:
        """Whether it runs `gcloud` to deploy or to create something."""
        return "gcloud" in self._text and any(flag in self._text for flag in (*UNMISTAKABLE, "deploy", "secrets"))


class Reading:
    """What one symbol says. Levels of nested tables are environments, services and categories, told by their keys."""

    def __init__(self, document: Document, symbol: Symbol, about: About) -> None:
        self._document = document
        self._about = about
        self._symbol = symbol
        self._optional = "optional" in symbol.name.lower()
        self.names_secrets = False
        """Whether a record of it has a field for the secrets of a service, as in `Service(secrets={"NAME": "id"})`."""

    def settings(self) -> Iterator[Setting]:
        """All that the symbol says, in source order; a name may come several times."""
        words = re.split(r"[._]", self._symbol.name.lower())
        environments = {normalize(word) for word in words if is_environment(word)} - {"test"}
        environment = environments.pop() if len(environments) == 1 else self._document.environment
        last = self._symbol.name.lower().rpartition(".")[2]
        if isinstance(self._symbol.constant, Table) and _REQUIRED.search(last):
            yield from self._required_by_environment(self._symbol.constant)
            return
        is_of_variables = _VARIABLES.search(last) or (self._about.deploys and last.endswith("variables"))
        if isinstance(self._symbol.constant, Table) and is_of_variables:
            yield from self._variables(self._symbol.constant, environment, "", 0)
            return
        if isinstance(self._symbol.constant, Table) and last.endswith(("project", "projects", "project_ids")):
            yield from self._projects(self._symbol.constant)
        yield from self._walk(self._symbol.constant, environment, "", 0)

    def _required_by_environment(self, table: Table) -> Iterator[Setting]:
        """What `REQUIRED_VARS = {"staging": ["API_KEY"]}` says; a table with other keys says nothing."""
        for key, names in table.pairs if all(is_environment(key.text) for key, _ in table.pairs) else ():
            for name in names.items if isinstance(names, Items) else ():
                if isinstance(name, Text) and _NAME.match(name.text):
                    yield replace(self._setting(name, "", "required", normalize(key.text), ""), need="required")

    def _projects(self, table: Table) -> Iterator[Setting]:
        """The environments that the projects of environments tell: `PROJECTS = {"staging": "shop-staging-1"}`."""
        for key, value in table.pairs:
            told = environment_of_id(value.text) if isinstance(value, Text) and is_environment(key.text) else ""
            if told and self._about.deploys:
                yield self._document.setting(
                    "--project", Value("computed", tells=told), "deployed", key.line, KIND,
                    environment=normalize(key.text), group=self._symbol.group, shown=key.text,
                )  # fmt: skip

    def _walk(self, constant: Constant, environment: str, service: str, depth: int) -> Iterator[Setting]:
        if depth > _MAX_DEPTH:
            return
        if isinstance(constant, Items):
            for item in constant.items:
                yield from self._item(item, environment, service)
        elif isinstance(constant, Table) and any(
            _is_of_secrets(*each) or _is_of_variables(*each) for each in constant.pairs
        ):
            yield from self._record(constant, environment, service)
        elif isinstance(constant, Table):
            names_environments = _names_environments(constant)
            for key, value in constant.pairs:
                if is_environment(key.text) and not isinstance(value, Text) and names_environments and not environment:
                    yield from self._walk(value, normalize(key.text), service, depth + 1)
                else:
                    yield from self._entry(key, value, environment, service, depth)

    def _item(self, item: Constant, environment: str, service: str) -> Iterator[Setting]:
        if isinstance(item, Table):
            yield from self._record(item, environment, service)
        elif isinstance(item, Text):
            yield from self._listed(item, environment, service)
        elif len(texts := [part for part in item.items if isinstance(part, Text)]) > 1:
            # A tuple: (NAME, id) or (id, description).
            if _NAME.match(texts[0].text) and _is_id(texts[1].text):
                yield self._mapped(texts[0], texts[1], environment, service)
            else:
                yield from self._listed(texts[0], environment, service)

    def _entry(self, key: Text, value: Constant, environment: str, service: str, depth: int) -> Iterator[Setting]:
        if isinstance(value, Text):
            if _NAME.match(key.text) and _is_id(value.text):
                yield self._mapped(key, value, environment, service)
            elif KEBAB.match(key.text) and _NAME.match(value.text):
                yield self._mapped(value, key, environment, service)
            elif KEBAB.match(key.text):
                yield from self._listed(key, environment, service)
        elif isinstance(value, Table) and _NAME.match(key.text) and (identifier := value.text(*_KEYS_OF_ID)):
            yield self._mapped(key, identifier, environment, service)
        elif isinstance(value, Table) and _NAME.match(key.text) and _is_required(value):
            yield from self._rule(key, value, environment, service)
        elif (
            isinstance(value, Table)
            and KEBAB.match(key.text)
            and all(not isinstance(each, Table) for _, each in value.pairs)
        ):
            yield from self._listed(key, environment, service)
        else:
            lower = key.text.islower() and not service
            yield from self._walk(value, environment, key.text if lower else service, depth + 1)

    def _record(self, record: Table, environment: str, service: str) -> Iterator[Setting]:
        named = record.text("name", "service", "service_name")
        own = named.text if named and named.text.islower() else service
        environment = environment or _environment_of_record(record)
        for key, value in record.pairs:
            if _is_of_secrets(key, value):
                self.names_secrets = True
                for setting, secret in _secrets_in(value):
                    if isinstance(secret, Text) and _is_id(secret.text):
                        yield self._mapped(setting, secret, environment, own)
            elif isinstance(value, Table) and _is_of_variables(key, value):
                yield from self._variables(value, environment, own, _MAX_DEPTH)
                environment = environment or _environment_told(value)
                for flag, keys in _FLAGS.items():
                    if given := record.text(*keys):
                        yield self._document.setting(
                            flag, given.text, "deployed", given.line, KIND,
                            service=own, environment=environment, group=self._symbol.group, shown=given.text,
                        )  # fmt: skip
        name, identifier = _name_and_id(record)
        if name and identifier and _NAME.match(name.text):
            for each in _services(record) or (service,):
                yield self._mapped(name, identifier, environment, each)
        elif name and KEBAB.match(name.text):
            yield from self._listed(name, environment, service)
        elif name and _NAME.match(name.text) and _is_required(record):
            yield from self._rule(name, record, environment, service)

    def _rule(self, name: Text, record: Table, environment: str, service: str) -> Iterator[Setting]:
        """What the rule of a validator requires, in the environments that it names."""
        told = {} if environment else dict.fromkeys(_environments(record))
        for each in told or (environment,):
            yield replace(self._setting(name, "", "required", each, service), need="required")

    def _variables(self, table: Table, environment: str, service: str, depth: int) -> Iterator[Setting]:
        """The plain values that a deployment is given: `env_vars={"LOG_LEVEL": "info"}`.

        Tables in it are of the environments and services that their keys name.
        """
        for key, value in table.pairs if depth < _MAX_DEPTH else ():
            if isinstance(value, Table) and is_environment(key.text) and not environment:
                yield from self._variables(value, normalize(key.text), service, depth + 1)
            elif isinstance(value, Table) and key.text.islower() and not service:
                yield from self._variables(value, environment, key.text, depth + 1)
        environment = environment or _environment_told(table)
        for name, value in table.pairs:
            if (_NAME.match(name.text) or name.text == UNKNOWN) and isinstance(value, Text):
                known = COMPUTED if UNKNOWN in value.text else classify(name.text, value.text)
                yield self._document.setting(
                    name.text, known, "set", name.line, KIND,
                    service=service, environment=environment, group=self._symbol.group,
                )  # fmt: skip

    def _mapped(self, name: Text, identifier: Text, environment: str, service: str) -> Setting:
        return self._setting(name, identifier.text, "mapped", environment, service)

    def _listed(self, item: Text, environment: str, service: str) -> Iterator[Setting]:
        if _NAME.match(item.text) and "_" in item.text and not self._optional:
            yield self._setting(item, "", "required", environment, service)
        elif KEBAB.match(item.text):
            # A script that creates secrets lists what there is; any other lists what there should be.
            creates = self._about.creates_secrets
            yield self._setting(item, item.text, "provisioned" if creates else "required", environment, service)

    def _setting(self, item: Text, secret: str, role: Role, environment: str, service: str) -> Setting:
        value = Value("secret", secret=secret) if secret else None
        return self._document.setting(
            item.text, value, role, item.line, KIND,
            service=service, environment=environment, group=self._symbol.group,
        )  # fmt: skip


def _name_and_id(record: Table) -> tuple[Text | None, Text | None]:
    """The setting and the secret of a record; `name` may be either: `name="db-password", env_var="DB_PASSWORD"`."""
    identifier, called, told = record.text(*_KEYS_OF_ID), record.text("name"), record.text(*_KEYS_OF_NAME[1:])
    if identifier is None and called and told and _NAME.match(told.text) and KEBAB.match(called.text):
        return told, called
    return record.text(*_KEYS_OF_NAME), identifier


def _is_of_secrets(key: Text, value: Constant) -> bool:
    """Whether a field of a record maps names to the ids of secrets."""
    return _SECRETS.match(key.text) is not None and _maps_names(_secrets_in(value))


def _secrets_in(value: Constant) -> list[tuple[Text, Constant]]:
    """The names that a table maps, or a list of records, with what each is mapped to."""
    if isinstance(value, Table):
        return list(value.pairs)
    records = value.items if isinstance(value, Items) else ()
    pairs = [_name_and_id(each) for each in records if isinstance(each, Table)]
    known = [(name, identifier) for name, identifier in pairs if name is not None and identifier is not None]
    return [(name, identifier) for name, identifier in known] if len(known) == len(records) else []


def _is_of_variables(key: Text, value: Constant) -> bool:
    """Whether a field of a record gives the variables of a service."""
    return isinstance(value, Table) and _VARIABLES.search(key.text) is not None


def _environment_of_record(record: Table) -> str:
    """The environment that the name of what a record deploys speaks of: `cloud_run_name="shop-web-production"`."""
    names = (value.text for key, value in record.pairs if isinstance(value, Text) and _NAMING.search(key.text))
    return next(filter(None, map(environment_of_id, names)), "")


def _environment_told(variables: Table) -> str:
    """The environment that one of the variables tells the program."""
    told = (environment_of_variable(key.text, value.text) for key, value in variables.pairs if isinstance(value, Text))
    return next(filter(None, told), "")


def _services(record: Table) -> list[str]:
    """The services that a record says to be given a secret: `services=["web", "worker"]`, `service="web"`."""
    listed = next((value for key, value in record.pairs if key.text in {"service", "services"}), None)
    items = listed.items if isinstance(listed, Items) else (listed,)
    return [each.text for each in items if isinstance(each, Text) and each.text.islower()]


def _maps_names(pairs: list[tuple[Text, Constant]]) -> bool:
    return bool(pairs) and all(isinstance(value, Text) and _NAME.match(key.text) is not None for key, value in pairs)


def _is_required(record: Table) -> bool:
    """Whether a rule of a validator says so: `required=True`, `requirement=Requirement.REQUIRED`."""
    return any(
        isinstance(value, Text)
        and ((key.text == "required" and value.text == "True") or value.text.lower().startswith("required"))
        for key, value in record.pairs
    )


def _environments(record: Table) -> Iterator[str]:
    """The environments for which a rule of a validator holds."""
    for key, value in record.pairs:
        if key.text.startswith("environment") and isinstance(value, Items):
            texts = (item.text for item in value.items if isinstance(item, Text))
            yield from (normalize(text) for text in texts if is_environment(text))


def _names_environments(table: Table) -> bool:
    """Whether the keys of a table are environments; `testing` beside `database` is a category."""
    told = [normalize(key.text) for key, _ in table.pairs if is_environment(key.text)]
    return any(each != "test" for each in told) or len(told) == len(table.pairs)


def are_values(found: list[Setting]) -> bool:
    """Whether a table maps names to what hardly looks like ids: to the secrets themselves, which must not be shown."""
    mapped = [setting for setting in found if setting.role == "mapped"]
    return sum(map(_is_alike, mapped)) * 2 < len(mapped)


def _is_alike(mapped: Setting) -> bool:
    """Whether an id speaks of its name, of a secret or of an environment, as no password does."""
    words = set(re.split(r"[^a-z]+", mapped.secret.lower()))
    named = set(re.split(r"[^a-z]+", mapped.name.lower()))
    return (
        bool(words & (named | _WORDS_OF_IDS) - {""}) or bool(environment_of_id(mapped.secret)) or "*" in mapped.secret
    )


def _is_id(text: str) -> bool:
    """Whether a text may be the id of a secret."""
    return _ID.match(text) is not None and not is_value(text)
