from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.config.load import load, load_pack, shipped_packs
from ssot_lint.config.resources import rules_directory
from ssot_lint.errors import ConfigurationError

PACK = 'name = "mine"\ndescription = "mine"\n[[contracts]]\nname = "x"\ncode = "SSOT102"\ntargets = ["*.f"]\n'


def test_the_rules_are_found_in_a_checkout() -> None:
    assert (rules_directory() / "packs" / "websocket-context.toml").is_file()


@pytest.mark.parametrize("path", shipped_packs().values(), ids=str)
def test_every_shipped_pack_is_valid_and_its_contracts_carry_examples_of_both_kinds(path: Path) -> None:
    pack = load_pack(path, path.parent)
    assert pack.contracts or pack.sources or pack.relations
    for contract in pack.contracts:
        assert {example.reported for example in contract.examples} == {True, False}


def test_a_shipped_pack_adds_its_contracts_to_those_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_text(
        'packs = ["websocket-context"]\n' + PACK.partition("[[")[1] + PACK.partition("[[")[2]
    )
    config = load([tmp_path])
    assert [contract.code for contract in config.contracts] == ["SSOT102", "SSOT101", "SSOT102"]
    assert config.contracts[0].origin == "ssot-lint.toml:2"
    assert config.contracts[1].origin == "websocket-context.toml:4"


def test_a_pack_of_ones_own_stands_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/mine.toml").write_text(PACK)
    (tmp_path / "ssot-lint.toml").write_text('packs = ["./rules/mine.toml"]')
    assert [contract.origin for contract in load([tmp_path]).contracts] == ["rules/mine.toml:3"]


def test_an_error_in_a_pack_names_the_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text(PACK + 'requires = "x"\n')
    (tmp_path / "ssot-lint.toml").write_text('packs = ["mine.toml"]')
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=r"^mine\.toml:7: a contract for SSOT102 has no key `requires`"):
        load([tmp_path])
