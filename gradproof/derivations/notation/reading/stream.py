"""A place in a row of tokens: look, take, expect."""

from __future__ import annotations

from .tokens import Token
from .unreadable import LIMITS, Limits, Span, Unreadable

#: What stands behind the last token.
END = "end of the formula"


class Stream:
    """Tokens with a place among them."""

    def __init__(self, stream: list[Token], end: int, limits: Limits = LIMITS) -> None:
        if len(stream) > limits.tokens:
            raise Unreadable(f"the formula has {len(stream)} signs; at most {limits.tokens} are read", stream[-1].span)
        self.tokens = stream
        self.place = 0
        self.limits = limits
        self._depth = 0
        self._end = Token("stop", END, Span(end, end))

    def peek(self, ahead: int = 0) -> Token:
        at = self.place + ahead
        return self.tokens[at] if 0 <= at < len(self.tokens) else self._end

    def take(self) -> Token:
        token = self.peek()
        if token is self._end:
            raise Unreadable("the formula ends too early; something is missing at its end", token.span)
        self.place += 1
        return token

    def sees(self, kind: str, *texts: str) -> bool:
        token = self.peek()
        return token.kind == kind and (not texts or token.text in texts)

    def skip(self, kind: str, *texts: str) -> bool:
        """Takes the next token if it is one of these."""
        found = self.sees(kind, *texts)
        self.place += found
        return found

    def expect(self, text: str, why: str = "") -> Token:
        token = self.peek()
        if token.kind == "symbol" and token.text == text:
            return self.take()
        place = f" {why}" if why else ""
        met = "the formula ends" if token is self._end else f"{token} stands there"
        raise Unreadable(f"{text} is expected{place}, but {met}; is a bracket missing?", token.span)

    def since(self, start: int) -> Span:
        """The piece of the text from the token at place `start` to the one before this."""
        first, last = self.tokens[min(start, len(self.tokens) - 1)], self.peek(-1)
        return Span(first.span.start, max(last.span.end, first.span.end))

    def matching(self, at: int) -> int:
        """The place of the brace that closes the one at place `at`; the end of the stream if none does."""
        depth = 0
        for place in range(at, len(self.tokens)):
            token = self.tokens[place]
            if token.kind == "symbol" and token.text in "{}":
                depth += 1 if token.text == "{" else -1
                if not depth:
                    return place
        return len(self.tokens)

    def deeper(self) -> None:
        self._depth += 1
        if self._depth > self.limits.depth:
            raise Unreadable(
                f"brackets are nested deeper than {self.limits.depth} levels; define a part under a name of its own",
                self.peek().span,
            )

    def higher(self) -> None:
        self._depth -= 1
