from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.config.load import load
from ssot_lint.errors import ConfigurationError, UsageError

CONTRACT = '[[contracts]]\nname = "x"\ncode = "SSOT101"\ntargets = ["*.f"]\nrequires = "c"\n'


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of its own, so that nothing above it is looked at."""
    (tmp_path / "project" / ".git").mkdir(parents=True)
    (tmp_path / "project" / "app").mkdir()
    return tmp_path / "project"


def test_without_any_file_the_defaults_hold_and_the_repository_is_the_root(project: Path) -> None:
    config = load([project / "app"])
    assert config.root == project
    assert config.document is None
    assert config.min_certainty == "likely"
    assert config.contracts == ()


def test_a_pyproject_without_our_table_is_the_root_but_no_configuration(project: Path) -> None:
    write(project / "app/pyproject.toml", "[project]\n")
    write(project / "ssot-lint.toml", 'exclude = ["x"]')
    assert load([project / "app"]).exclude == ("x",)
    (project / "ssot-lint.toml").unlink()
    assert load([project / "app"]).root == project / "app"


def test_without_a_repository_or_a_pyproject_the_path_is_the_root(tmp_path: Path) -> None:
    assert load([tmp_path]).root == tmp_path


def test_ssot_lint_toml_comes_before_pyproject(project: Path) -> None:
    write(project / "pyproject.toml", '[tool.ssot-lint]\nexclude = ["pyproject"]')
    assert load([project]).exclude == ("pyproject",)
    write(project / "ssot-lint.toml", 'exclude = ["own"]')
    assert load([project]).exclude == ("own",)


def test_the_nearest_configuration_counts_and_makes_the_root(project: Path) -> None:
    write(project / "ssot-lint.toml", 'exclude = ["outer"]')
    write(project / "app/pyproject.toml", '[tool.ssot-lint]\nexclude = ["inner"]')
    (project / "app/deep").mkdir()
    config = load([project / "app/deep"])
    assert (config.exclude, config.root) == (("inner",), project / "app")


def test_a_configuration_outside_the_repository_is_not_looked_for(project: Path) -> None:
    write(project.parent / "ssot-lint.toml", 'exclude = ["outside"]')
    assert load([project]).exclude == ()


def test_a_given_file_leaves_the_path_as_the_root(project: Path, tmp_path: Path) -> None:
    write(project / "ssot-lint.toml", 'exclude = ["own"]')
    file = write(tmp_path / "other.toml", 'exclude = ["given"]')
    config = load([project / "app"], file=file)
    assert (config.exclude, config.root) == (("given",), project / "app")
    assert config.directory == tmp_path


def test_isolated_reads_nothing_and_leaves_the_path_as_the_root(project: Path) -> None:
    write(project / "ssot-lint.toml", "nonsense = 1")
    config = load([project / "app"], isolated=True)
    assert (config.exclude, config.root) == ((), project / "app")


def test_several_paths_share_the_root_above_them(project: Path) -> None:
    write(project / "other/a.py", "")
    write(project / "ssot-lint.toml", "")
    assert load([project / "other/a.py", project / "app"]).root == project


def test_paths_of_two_repositories_are_not_one_project(project: Path) -> None:
    other = write(project.parent / "other/a.py", "")
    with pytest.raises(UsageError, match="app: in a repository that does not hold the other paths"):
        load([other, project / "app"])
    write(project / "module/.git", "gitdir: elsewhere")  # that of a submodule
    assert load([project / "app", project / "module"]).root == project


def test_a_configuration_that_leads_nowhere(project: Path) -> None:
    (project / "ssot-lint.toml").symlink_to("gone.toml")
    with pytest.raises(ConfigurationError, match="can't be read: No such file or directory"):
        load([project])


def test_a_path_that_is_not_there(project: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: no such file or directory"):
        load([project / "nowhere"])


def test_contracts_say_where_they_are_written(project: Path) -> None:
    write(project / "pyproject.toml", "[tool.ssot-lint]\n\n" + CONTRACT.replace("[[", "[[tool.ssot-lint."))
    assert [contract.origin for contract in load([project]).contracts] == ["pyproject.toml:3"]


def test_sources_and_relations_say_where_they_are_written(project: Path) -> None:
    write(
        project / "ssot-lint.toml",
        '[[sources]]\nname = "s"\nkind = "env-file"\npath = "x.env"\n'
        '[[relations]]\ncode = "SSOT301"\nsource = "s"\nexpression = "A < B"\n',
    )
    config = load([project])
    assert [source.origin for source in config.sources] == ["ssot-lint.toml:1"]
    assert [relation.origin for relation in config.relations] == ["ssot-lint.toml:5"]


def test_a_byte_order_mark_and_crlf_are_no_error(project: Path) -> None:
    (project / "ssot-lint.toml").write_bytes(b'\xef\xbb\xbfexclude = ["x"]\r\n')
    assert load([project]).exclude == ("x",)


# What is written, and what must be said of it: the line, and the nearest thing that may be written.
ERRORS = [
    ("\nentry-point = []", "2: unknown key `entry-point`; did you mean `entry-points`?"),
    ("\n[tool.ssot-lint]\npacks = []", "2: unknown key `tool`; `[tool.ssot-lint]` is for pyproject.toml"),
    (CONTRACT + 'levl = "error"', "6: unknown key `levl` in `contracts[0]`; did you mean `level`?"),
    (CONTRACT + 'origin = "x:1"', "6: unknown key `origin` in `contracts[0]`; known are"),
    (CONTRACT + 'phases = [\n"import",\n"startp"]',
     "8: `startp` can't stand in `contracts[0].phases[1]`; did you mean `startup`?"),
    (CONTRACT + 'phases = "import"', "6: expected an array, got a string in `contracts[0].phases`"),
    (CONTRACT + 'level = "fatal"',
     "6: `fatal` can't stand in `contracts[0].level`; known are `error`, `note`, `warning`"),
    (CONTRACT.replace("SSOT101", "SSOT1O1"),
     "3: `SSOT1O1` can't stand in `contracts[0].code`; did you mean `SSOT101`?"),
    (CONTRACT.replace('name = "x"\n', ""), "1: the key `name` is missing in `contracts[0]`"),
    (CONTRACT.replace('requires = "c"\n', ""), "1: a contract for SSOT101 needs the key `requires`"),
    (CONTRACT.replace('"*.f"', ""), "1: a contract for SSOT101 needs the key `targets`"),
    (CONTRACT + 'inside = ["retry"]', "6: a contract for SSOT101 has no key `inside`; known are"),
    (CONTRACT + "[[contracts.examples]]\ncode = 'f()'\nreported = 1", "8: expected a boolean, got an integer in"),
    ('min-certainty = "sure"', "1: `sure` can't stand in `min-certainty`; known are `certain`, `likely`, `possible`"),
    ('exclude = ["a",\n""]', "2: an empty string can't stand in `exclude[1]`"),
    ('packs = ["websocket-contxt"]', "1: no pack is named `websocket-contxt`; did you mean `websocket-context`?"),
    ('packs = ["./my.toml"]', "my.toml: can't be read: No such file or directory"),
    ("a = 1\nb = [1,,]", "2: not valid TOML: Invalid value (column 8)"),
    ('[[relations]]\ncode = "SSOT301"\nsource = "s"\nexpression = "A < B"', "3: no source is named `s`"),
    (2 * '[[sources]]\nname = "s"\nkind = "env-file"\npath = "x"\n', "6: a second source named `s`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), ERRORS)
def test_what_cannot_be_followed_is_said_with_its_line(
    project: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    write(project / "ssot-lint.toml", text)
    monkeypatch.chdir(project)
    with pytest.raises(ConfigurationError) as caught:
        load([project])
    expected = said if said.startswith("my.toml") else f"ssot-lint.toml:{said}"
    assert str(caught.value).startswith(expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[project]\n[tool.ssot-lint]\nexclud = []", "pyproject.toml:3: unknown key `exclud`; did you mean `exclude`?"),
        ("[project]\n[tool]\nssot-lint = 3", "pyproject.toml:3: `tool.ssot-lint` must be a table"),
    ],
)
def test_lines_in_pyproject_are_those_of_the_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    write(project / "pyproject.toml", text)
    monkeypatch.chdir(project)
    with pytest.raises(ConfigurationError) as caught:
        load([project])
    assert str(caught.value) == said


def test_a_given_pyproject_must_have_our_table(project: Path) -> None:
    file = write(project / "pyproject.toml", "[project]\n")
    with pytest.raises(ConfigurationError, match=r"pyproject\.toml:1: has no table `\[tool\.ssot-lint\]`"):
        load([project], file=file)


def test_a_file_that_is_not_utf_8(project: Path) -> None:
    (project / "ssot-lint.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(ConfigurationError, match="is not UTF-8"):
        load([project])
