"""Text of people, made harmless for a page."""

from __future__ import annotations

from html import escape


def clean(text: str) -> str:
    """The text without characters that are obeyed instead of shown, such as those that turn the direction of writing.

    As long as the text itself, so that places in it stay what they are.
    """
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def safe(text: str) -> str:
    """The text as it stands in HTML, in an element or in an attribute."""
    return escape(clean(text), quote=True)
