"""The configuration: what may be written, and what a run takes from it.

The `…Keys` are the tables as they stand in TOML, and the only place that says which keys there are, of which type and
for what: validation, the JSON schema and `docs/configuration.md` come from them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec import Meta

from ssot_lint.config.document import Document
from ssot_lint.findings import Certainty, Level, Phase

BASELINE_FILE = ".ssot-lint-baseline.json"

ContractCode: TypeAlias = Literal["SSOT101", "SSOT102", "SSOT105", "SSOT106", "SSOT107", "SSOT108"]
DriftCode: TypeAlias = Literal[
    "SSOT201",
    "SSOT202",
    "SSOT203",
    "SSOT204",
    "SSOT205",
    "SSOT206",
    "SSOT207",
    "SSOT208",
    "SSOT209",
    "SSOT210",
    "SSOT211",
]
Text: TypeAlias = Annotated[str, Meta(min_length=1)]
Texts: TypeAlias = tuple[Text, ...]
Levels: TypeAlias = Annotated[Level | None, Meta(description="The level of its findings, instead of the rule's own.")]


class _Keys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """A table of the configuration."""


class Example(_Keys, frozen=True, kw_only=True):
    """Code that a contract must report, or must not: `ssot-lint test` tries it."""

    code: Annotated[Text, Meta(description="Python source: a whole module.")]
    reported: Annotated[bool, Meta(description="Whether the contract must report something in it.")]


class ContractKeys(_Keys, frozen=True, kw_only=True):
    """A contract about calls."""

    name: Annotated[Text, Meta(description="What it is called in findings.")]
    code: Annotated[ContractCode, Meta(description="The rule that checks it: `ssot-lint explain CODE`.")]
    targets: Annotated[Texts, Meta(description="Globs over the qualified names of what is called.")] = ()
    requires: Annotated[Text | None, Meta(description="The parameter that must be given and not None.")] = None
    phases: Annotated[tuple[Phase, ...], Meta(description="The phases in which it holds. Default: the rule's.")] = ()
    from_: Annotated[
        Texts, Meta(description="Globs over the functions that it starts from; `async:*` takes the async ones only.")
    ] = msgspec.field(default=(), name="from")
    unless_through: Annotated[
        Texts, Meta(description="Globs over functions: a chain that goes through one of them is fine.")
    ] = ()
    unless_argument: Annotated[Texts, Meta(description="Parameters: a call that gives one of them is fine.")] = ()
    inside: Annotated[Texts, Meta(description="Globs over the guards, one of which must be around the call.")] = ()
    first: Annotated[Texts, Meta(description="Globs over the functions that initialise.")] = ()
    then: Annotated[Texts, Meta(description="Globs over the functions that may be called only after those.")] = ()
    except_: Annotated[Texts, Meta(description="Globs over targets that it does not speak of.")] = msgspec.field(
        default=(), name="except"
    )
    allow: Annotated[Texts, Meta(description="Globs over functions in which such a call is fine.")] = ()
    replace_with: Annotated[Text | None, Meta(description="The function that `--fix` calls instead.")] = None
    level: Levels = None
    why: Annotated[str, Meta(description="The reason, shown with the finding.")] = ""
    examples: Annotated[
        tuple[Example, ...], Meta(description="Code that it must report, and code that it must not.")
    ] = ()


class ContractShape(NamedTuple):
    """Which of the keys of a contract its rule needs, and which others it knows."""

    needs: frozenset[str]
    knows: frozenset[str]


_ANY_CONTRACT = {"name", "code", "level", "why", "examples", "except", "allow"}


def _shape(needs: str, knows: str = "") -> ContractShape:
    return ContractShape(frozenset(needs.split()), frozenset({*needs.split(), *knows.split(), *_ANY_CONTRACT}))


CONTRACT_SHAPES: dict[ContractCode, ContractShape] = {
    "SSOT101": _shape("targets requires", "phases replace-with"),
    "SSOT102": _shape("targets", "replace-with"),
    "SSOT105": _shape("first then"),
    "SSOT106": _shape("targets"),
    "SSOT107": _shape("targets", "from phases unless-through unless-argument"),
    "SSOT108": _shape("targets inside", "from phases"),
}


class SourceKeys(_Keys, frozen=True, kw_only=True):
    """A file that settings are read from."""

    name: Annotated[Text, Meta(description="What relations and findings call it.")]
    kind: Annotated[Text, Meta(description="The reader: `env-file`, `python-mapping`, …")]
    path: Annotated[Text, Meta(description="The file, relative to the project root; a glob for several.")]
    symbol: Annotated[Text | None, Meta(description="The name in a Python file that holds the settings.")] = None
    environment: Annotated[Text | None, Meta(description="The environment that it describes, such as `staging`.")] = (
        None
    )


class FilesExample(_Keys, frozen=True, kw_only=True):
    """A small project whose settings must be reported, or must not: `ssot-lint test` tries it."""

    files: Annotated[
        dict[Text, str], Meta(min_length=1, description='Its files by path: `"staging.env" = "TIMEOUT=30"`.')
    ]
    reported: Annotated[bool, Meta(description="Whether something must be reported in them.")]


class DriftExample(FilesExample, frozen=True, kw_only=True):
    """A small project in which a rule about drift must report something, with the sources of this file, or must not."""

    code: Annotated[DriftCode, Meta(description="The rule that is tried.")]


class RelationKeys(_Keys, frozen=True, kw_only=True):
    """A relation that the settings of a source must keep."""

    code: Annotated[Literal["SSOT301"], Meta(description="The rule that checks it.")]
    source: Annotated[
        Text | None, Meta(description="The name of the source whose settings it compares. Default: every place.")
    ] = None
    expression: Annotated[Text, Meta(description="A comparison, such as `HEARTBEAT * 2 <= TIMEOUT <= 900`.")]
    level: Levels = None
    why: Annotated[str, Meta(description="The reason, shown with the finding.")] = ""
    examples: Annotated[
        tuple[FilesExample, ...], Meta(description="Settings that break it, and settings that keep it.")
    ] = ()


class ConfigKeys(_Keys, frozen=True, kw_only=True):
    """The top level of `ssot-lint.toml`, and `[tool.ssot-lint]` in `pyproject.toml`."""

    source_roots: Annotated[
        Texts, Meta(description="The folders that imports start from. Default: found from the tree.")
    ] = ()
    exclude: Annotated[
        Texts, Meta(description="Files to leave out beside what `.gitignore` names, as gitignore does.")
    ] = ()
    entry_points: Annotated[
        Texts,
        Meta(
            description="What starts: `pkg.mod`, `pkg.mod:func`, with `*` and `?` globs. Default: found from the tree."
        ),
    ] = ()
    packs: Annotated[Texts, Meta(description="Rule packs: names of shipped ones, or paths to your own.")] = ()
    models: Annotated[
        Texts,
        Meta(description="Files with models of libraries that you use (`docs/models.md`), beside the shipped ones."),
    ] = ()
    python_environment: Annotated[
        Text | None,
        Meta(
            description="A virtual environment, relative to this file: the sources and stubs of its packages are read"
            " where no model speaks of them, never imported."
        ),
    ] = None
    select: Annotated[Texts, Meta(description="Codes, or prefixes of codes, to check. Default: all.")] = ()
    ignore: Annotated[Texts, Meta(description="Codes, or prefixes of codes, not to check.")] = ()
    min_certainty: Annotated[Certainty, Meta(description="Findings that are less certain are left out.")] = "likely"
    require_suppression_reason: Annotated[
        bool, Meta(description="Whether a suppression comment counts only with a reason.")
    ] = False
    contracts: Annotated[tuple[ContractKeys, ...], Meta(description="Contracts about calls.")] = ()
    sources: Annotated[tuple[SourceKeys, ...], Meta(description="The files that settings are read from.")] = ()
    relations: Annotated[tuple[RelationKeys, ...], Meta(description="Relations that settings must keep.")] = ()
    examples: Annotated[
        tuple[DriftExample, ...], Meta(description="Settings in which rules about drift must report, or must not.")
    ] = ()


class PackKeys(_Keys, frozen=True, kw_only=True):
    """A rule pack: contracts, sources and relations that many projects share; its sources may match nothing."""

    name: Annotated[Text, Meta(description="The file's name without `.toml`.")]
    description: Annotated[Text, Meta(description="What it is for, in a sentence.")]
    contracts: Annotated[tuple[ContractKeys, ...], Meta(description="Contracts about calls.")] = ()
    sources: Annotated[tuple[SourceKeys, ...], Meta(description="Files that settings are usually read from.")] = ()
    relations: Annotated[tuple[RelationKeys, ...], Meta(description="Relations that settings must keep.")] = ()
    examples: Annotated[
        tuple[DriftExample, ...], Meta(description="Settings in which rules about drift must report, or must not.")
    ] = ()


class Contract(ContractKeys, frozen=True, kw_only=True):
    """A contract, and the `file:line` where it is written."""

    origin: str


class SourceSpec(SourceKeys, frozen=True, kw_only=True):
    """A source of settings, the `file:line` where it is written, and whether its path may match nothing."""

    origin: str
    optional: bool = False


class Relation(RelationKeys, frozen=True, kw_only=True):
    """A relation between settings, the `file:line` where it is written, and whether its settings may be missing."""

    origin: str
    optional: bool = False


class Drift(DriftExample, frozen=True, kw_only=True):
    """An example of drift, the `file:line` where it is written, and the sources that stand in the same file."""

    origin: str
    sources: tuple[SourceSpec, ...] = ()


class Config(ConfigKeys, frozen=True, kw_only=True):
    """What a run goes by: the keys, the packs' contracts among its own, and where it all stands.

    `root` is the project root, absolute. `document` is None where no configuration file was read.
    """

    root: Path
    document: Document | None
    contracts: tuple[Contract, ...] = ()
    sources: tuple[SourceSpec, ...] = ()
    relations: tuple[Relation, ...] = ()
    examples: tuple[Drift, ...] = ()

    @property
    def directory(self) -> Path:
        """The directory of the configuration file, or the project root without one."""
        return self.document.path.parent if self.document else self.root

    @property
    def own_contracts(self) -> tuple[Contract, ...]:
        """The contracts of the configuration file itself, which come before those of packs."""
        return self.contracts[: len(self.document.table.get("contracts", ()))] if self.document else ()

    @property
    def baseline_file(self) -> Path:
        """Where the baseline stands, unless another one is named."""
        return self.directory / BASELINE_FILE

    @property
    def model_files(self) -> tuple[Path, ...]:
        """The paths of the models that `models` names."""
        return tuple(self.directory / name for name in self.models)

    @property
    def environment_directory(self) -> Path | None:
        """The virtual environment, if one is named."""
        return self.directory / self.python_environment if self.python_environment is not None else None

    def where(self, *path: str | int) -> str:
        """`file:line` of a key, such as `where("entry-points", 2)`, for a `ConfigurationError`."""
        return self.document.where(path) if self.document else "built-in configuration"
