"""Annotations of GitHub Actions: one workflow command a line, which shows a message beside the source.

What stands in a document may look like such a command, so that every text is escaped.
"""

from __future__ import annotations


def annotation(level: str, message: str, **where: str | int) -> str:
    """The command that shows a message as an error, a warning or a notice at a place (file, line, col, title)."""
    inside = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in where.items())
    return f"::{level} {inside}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    plain = "".join(letter if letter.isprintable() or letter in "\r\n" else "�" for letter in text)
    for letter in "%\r\n" + more:
        plain = plain.replace(letter, f"%{ord(letter):02X}")
    return plain
