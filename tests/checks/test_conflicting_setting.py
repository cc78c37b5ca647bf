"""SSOT209: keys that a file gives twice."""

from __future__ import annotations

from pathlib import Path

from tests.settings.projects import said, write


class TestConflictingSetting:
    def test_the_same_key_twice(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            {"staging.env": "A=1\nB=1\nA=2\nB=1\n", "compose.yaml": "services: {w: {environment: {C: 1, C: 2}}}\n"},
        )
        assert said(tmp_path, "SSOT209") == [
            "warning compose.yaml:1 `C` stands here twice with different values; the last one is used",
            "warning staging.env:3 `A` stands here twice with different values; the last one is used",
        ]

    def test_the_same_key_twice_behind_an_anchor(self, tmp_path: Path) -> None:
        compose = "x-env: &env {A: 1, A: 2}\nservices: {web: {environment: *env}, jobs: {environment: *env}}\n"
        write(tmp_path, {"compose.yaml": compose})
        assert len(said(tmp_path, "SSOT209")) == 1

    def test_the_same_key_twice_in_one_flag(self, tmp_path: Path) -> None:
        flags = "--set-env-vars=A=1,A=2,B=1 --set-env-vars=B=2 --update-secrets=C=c:1,C=c:1"
        write(tmp_path, {"deploy.sh": f"gcloud run deploy web {flags}\n"})
        assert said(tmp_path, "SSOT209") == ["warning deploy.sh:1 `A` and `B` stand here twice with different values"]

    def test_a_command_in_a_loop_gives_no_key_twice(self, tmp_path: Path) -> None:
        loop = 'for e in a b; do gcloud run deploy "$(name $e)" --set-env-vars=A=$e,B=1; done\n'
        write(tmp_path, {"deploy.sh": loop})
        assert said(tmp_path, "SSOT209") == []

    def test_the_same_key_twice_in_a_dict(self, tmp_path: Path) -> None:
        mapping = """SECRET_MAPPINGS = {
    "A_KEY": "a-key-staging",
    "B_KEY": "b-key-staging",
    "A_KEY": "a-key-new-staging",
    "B_KEY": "b-key-staging",
}
ENV_VARS = {"LEVEL": "debug", "LEVEL": "info"}
def deploy():
    secrets = ",".join(f"{k}={v}:latest" for k, v in SECRET_MAPPINGS.items())
    variables = ",".join(f"{k}={v}" for k, v in ENV_VARS.items())
    return ["gcloud", "run", "deploy", "web", "--set-secrets", secrets, "--set-env-vars", variables]
"""
        write(tmp_path, {"mapping.py": mapping})
        assert said(tmp_path, "SSOT205") == []
        assert said(tmp_path, "SSOT209") == [
            "warning mapping.py:4 `A_KEY` stands here twice with different values; the last one is used",
            "warning mapping.py:7 `LEVEL` stands here twice with different values; the last one is used",
        ]

    def test_different_blocks_are_different_places(self, tmp_path: Path) -> None:
        compose = "services: {web: {environment: {A: 1}}, worker: {environment: {A: 2}}}\n"
        write(tmp_path, {"compose.yaml": compose, "Dockerfile": "FROM x\nENV A=1\nFROM y\nENV A=2\n"})
        assert said(tmp_path, "SSOT209") == []

    def test_a_secret_and_a_variable_of_one_name(self, tmp_path: Path) -> None:
        write(tmp_path, {"deploy.sh": "gcloud run deploy web --set-env-vars=A=1,B=2 --set-secrets=A=a:1,C=c:1\n"})
        assert said(tmp_path, "SSOT209") == ["warning deploy.sh:1 `A` stands here twice with different values"]
