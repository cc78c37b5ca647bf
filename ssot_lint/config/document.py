"""A TOML file, read, with the lines of its keys."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import tomli

from ssot_lint.config.lines import KeyPath, key_lines
from ssot_lint.errors import ConfigurationError


class Document:
    """The table of a TOML file that holds the configuration: the file itself, or the table under `prefix`.

    `present` says whether there is such a table; without one, `table` is empty. Raises `ConfigurationError` where the
    file can't be read or is not TOML.
    """

    def __init__(self, path: Path, prefix: tuple[str, ...] = ()) -> None:
        self.path = path
        self._prefix = prefix
        try:
            self._text = path.read_bytes().decode("utf-8-sig")
            table: Any = tomli.loads(self._text)
        except OSError as error:
            raise ConfigurationError(self._shown, f"can't be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise ConfigurationError(self._shown, "is not UTF-8, as TOML must be") from error
        except tomli.TOMLDecodeError as error:
            raise ConfigurationError(
                f"{self._shown}:{error.lineno}", f"not valid TOML: {error.msg} (column {error.colno})"
            ) from error
        self.present = True
        for key in prefix:
            if key not in table:
                self.present, table = False, {}
                break
            table = table[key]
            if not isinstance(table, dict):
                raise ConfigurationError(self.where(), f"`{'.'.join(prefix)}` must be a table")
        self.table: dict[str, Any] = table

    def where(self, path: KeyPath = ()) -> str:
        """`file:line` of a key, for a person in the working directory; of what is around it if it isn't there."""
        return f"{self._shown}:{self.line(path)}"

    def line(self, path: KeyPath) -> int:
        """The 1-based line of a key; of the nearest table around it that is there."""
        path = (*self._prefix, *path)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    @property
    def _shown(self) -> str:
        working_directory = Path.cwd()
        below = self.path.is_relative_to(working_directory)
        return (self.path.relative_to(working_directory) if below else self.path).as_posix()

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        return key_lines(self._text)
