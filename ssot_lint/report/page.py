"""What the HTML pages share: each is self-contained, light or dark as its reader prefers, and runs no script."""

from __future__ import annotations

from collections.abc import Iterable

_STYLE = """
:root { color-scheme: light dark; --error: #b3261e; --warning: #8a5a00; --note: #0b62a8; --line: #8884; --code: #8881 }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffc95c; --note: #82c4ff } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h2 { font-size: 1.1rem; overflow-wrap: anywhere }
code, pre { font: .875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
""".strip()


def page(title: str, style: str, body: Iterable[str]) -> str:
    """A page under a title, with its own style and the lines of its body; title and lines are HTML."""
    lines = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>ssot-lint: {title}</title>\n<style>\n{_STYLE}\n{style}\n</style>\n</head>\n<body>",
        f"<h1>ssot-lint: {title}</h1>",
        *body,
        "</body>\n</html>",
    )
    return "".join(f"{line}\n" for line in lines)
