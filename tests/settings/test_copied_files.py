"""Files that Dockerfiles copy and that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

FILES = {
    "web/main.py": "",
    "shared/env.py": "",
    "requirements.txt": "",
    "static/x.css": "",
    ".gitignore": "static/made\n",
}
IMAGE = "FROM node AS built\nFROM python:3.11\nCOPY requirements.txt .\nCOPY --chown=a:b web ./web\n{}\n"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("COPY shared ./shared", ""),
        ("COPY . .", ""),
        ("COPY shard ./shared", "shard"),
        ("COPY shared/envs.py shared/env.py ./", "shared/envs.py"),
        ('COPY ["shared/envs.py", "./"]', "shared/envs.py"),
        ("ADD shared/envs.py /app/", "shared/envs.py"),
        ("ADD https://example.com/x.txt /app/", ""),
        ("COPY --from=built /app/gone ./gone", ""),
        ("COPY gone* ./", ""),
        ("COPY $GONE ./", ""),
        ("COPY dist/x.whl ./", ""),
        ("COPY static/made ./static", ""),
        ("COPY gone ./gone\nCOPY lost ./lost", ""),  # another context
        ("COPY <<EOF /etc/x\nhello\nEOF", ""),
    ],
)
def test_what_an_image_copies(tmp_path: Path, line: str, path: str) -> None:
    write(tmp_path, {**FILES, "docker/web.Dockerfile": IMAGE.format(line)})
    told = said(tmp_path, "SSOT211")
    assert [f"there is no `{path}`, and this image copies it" in each for each in told] == [True] * bool(path)


@pytest.mark.parametrize(
    "files",
    [
        {"PKG-INFO": ""},
        {"ci.sh": "uv export > constraints.txt\n"},
        {"web/constraints.txt": ""},  # where its context may be
    ],
)
def test_what_is_made_or_elsewhere(tmp_path: Path, files: dict[str, str]) -> None:
    image = IMAGE.format("COPY constraints.txt .").replace("COPY --chown=a:b web ./web", "COPY main.py .")
    write(tmp_path, {**FILES, "main.py": "", "web/Dockerfile": image})
    assert len(said(tmp_path, "SSOT211")) == 1
    write(tmp_path, files)
    assert not said(tmp_path, "SSOT211")


@pytest.mark.parametrize(("name", "is_told"), [("requirements-web.txt", True), ("lock.txt", False)])
def test_one_of_two_files_has_another_name(tmp_path: Path, name: str, *, is_told: bool) -> None:
    write(tmp_path, {**FILES, "docker/web.Dockerfile": f"FROM python\nCOPY {name} .\nCOPY web ./web\n"})
    assert bool(said(tmp_path, "SSOT211")) is is_told
