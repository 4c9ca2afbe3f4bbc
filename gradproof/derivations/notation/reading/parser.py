"""The parser: chains of relations, sums, products and factors, by precedence.

Each method takes what it understands and leaves the rest; whoever opened a bracket expects its end. What begins with a
command stands in `commands`, brackets and bars in `brackets`, scripts in `scripts`.
"""

from __future__ import annotations

from . import alphabet, brackets, commands, environments, indicators, inline, scripts, stacks, words
from .stream import Stream
from .syntax import Chain, Evaluated, Factorial, Listing, Name, Node, Number, Product, Sum
from .tokens import Token
from .unreadable import LIMITS, Limits, Unreadable

#: Separators of listings; the bar is one only where it is no bracket.
SEPARATORS = (",", ";", ":")


class Parser(Stream):
    """One formula. `inside` holds the brackets and bars that are open, the innermost last."""

    def __init__(self, stream: list[Token], end: int, limits: Limits = LIMITS) -> None:
        super().__init__(stream, end, limits)
        self.inside: list[str] = []

    # Chains and listings

    def listing(self) -> Node:
        """Chains with separators between them; a single one is itself."""
        start = self.place
        items, separators = [self.chain()], []
        while True:
            token = self.peek()
            if token.kind == "symbol" and token.text in SEPARATORS:
                if self.peek(1).kind in ("row", "align", "end"):  # a comma at the end of a case
                    break
                separators.append(self.take().text)
            elif brackets.separates(self):
                separators.append(brackets.take_separator(self))
            else:
                break
            items.append(self.chain())
        if len(items) == 1:
            return items[0]
        return Listing(tuple(items), tuple(separators), span=self.since(start))

    def chain(self) -> Node:
        """Members with relations between them; a single one is itself."""
        self.deeper()
        start = self.place
        members: list[Node | None] = []
        signs: list[str] = []
        sign = self.relation()
        if sign:
            members.append(None)
        else:
            members.append(self.sum())
            sign = self.relation()
        while sign:
            signs.append(sign)
            members.append(self.sum())
            sign = self.relation()
        self.higher()
        first = members[0]
        return first if first is not None and not signs else Chain(tuple(members), tuple(signs), span=self.since(start))

    def relation(self) -> str:
        """Takes a relation, if one stands here; empty otherwise."""
        negated = self.sees("command", "not")
        token = self.peek(int(negated))
        found = alphabet.RELATIONS.get(token.text, "") if token.kind in ("symbol", "command") else ""
        if not found:
            return stacks.stacked_relation(self)
        self.place += 1 + negated
        return {"=": "≠", "∈": "∉"}.get(found, found) if negated else found

    # Sums and products

    def sum(self) -> Node:
        """Terms with signs."""
        self.deeper()
        start = self.place
        signs = [self.sign() or ""]
        terms = [self.term()]
        while sign := self.sign():
            signs.append(sign)
            terms.append(self.term())
        self.higher()
        if signs == [""]:
            return terms[0]
        return Sum(tuple(terms), (signs[0] or "+", *signs[1:]), span=self.since(start))

    def sign(self) -> str:
        """Takes a sign between terms, if one stands here."""
        if self.peek().kind in ("symbol", "command"):
            found = alphabet.SIGNS.get(self.peek().text, "")
            self.place += bool(found)
            return found
        return ""

    def term(self) -> Node:
        """Factors with or without signs between them."""
        start = self.place
        factors, signs = [self.factor()], []
        while True:
            sign = self.product_sign()
            if sign:
                signs.append(sign)
                factors.append(self.signed_factor())
            elif self.begins_factor():
                signs.append("")
                factors.append(self.factor())
            else:
                break
        while len(factors) > 1 and factors[-1] == Name("") and not signs[-1]:  # \\frac{a}{b}{}
            factors.pop()
            signs.pop()
        return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(signs), span=self.since(start))

    def product_sign(self) -> str:
        """Takes a sign between factors, if one stands here."""
        if self.peek().kind in ("symbol", "command"):
            found = alphabet.PRODUCTS.get(self.peek().text, "")
            self.place += bool(found)
            return found
        return ""

    def signed_factor(self) -> Node:
        """A factor behind a written sign, which may have a minus of its own: 2 · −x."""
        start = self.place
        sign = self.sign()
        if not sign:
            return self.factor()
        return Sum((self.signed_factor(),), (sign,), span=self.since(start))

    def begins_factor(self) -> bool:
        """Whether what stands here is a factor that goes on a product."""
        token = self.peek()
        match token.kind:
            case "letter" | "word" | "number":
                return True
            case "begin":
                return token.text in alphabet.ARRAYS or token.text in alphabet.CASES
            case "symbol":
                return token.text in "([{" or brackets.opens_bar(self)
            case "command":
                if token.text in stacks.STACKS and stacks.is_relation(self):
                    return False
                return commands.begins_factor(token.text) or brackets.opens_bar(self)
        return False

    # Factors

    def factor(self) -> Node:
        """An atom with its scripts, and what hangs on it: a bracket right behind a name, an exclamation mark, a bar."""
        self.deeper()
        start = self.place
        node = scripts.scripted(self, self.atom())
        node = brackets.attached(self, node, start)
        while True:
            if self.sees("symbol", "!"):
                self.take()
                node = Factorial(node, span=self.since(start))
            elif brackets.evaluates(self):
                node = Evaluated(node, brackets.take_point(self), span=self.since(start))
            else:
                break
        self.higher()
        return node

    def atom(self) -> Node:
        """The smallest thing that stands by itself."""
        token = self.peek()
        match token.kind:
            case "number":
                self.take()
                return indicators.indicator(self, Number(token.text, span=token.span))
            case "letter":
                found = inline.derivative(self)
                if found is not None:
                    return found
                self.take()
                return brackets.numbered(self, Name(token.text, span=token.span))
            case "word":
                self.take()
                return words.word(self, token)
            case "begin":
                return environments.environment(self)
            case "command":
                return commands.command(self)
            case "words" if self.peek(1).text == "}" and self.peek(-1).text == "{":  # a label: x_{before training}
                self.take()
                return Name(token.text, "roman", span=token.span)
            case "symbol" if token.text in "([{|" or token.text == "||":
                return brackets.group(self)
        raise self.stuck()

    def argument(self) -> Node:
        """The argument of a command or a script: a group in braces, or one sign."""
        if self.sees("symbol", "{"):
            return brackets.braces(self)
        token = self.peek()
        if token.kind == "words":
            self.take()
            return Name(token.text, "roman", span=token.span)
        if token.kind == "number" and len(token.text) > 1:  # \frac12 is 1 over 2
            first = Token("number", token.text[0], token.span)
            self.tokens[self.place : self.place + 1] = [first, Token("number", token.text[1:], token.span)]
        if token.kind in ("letter", "number"):
            self.take()
            text = self.tokens[self.place - 1].text
            return Name(text, span=token.span) if token.kind == "letter" else Number(text, span=token.span)
        return self.atom()

    def stuck(self) -> Unreadable:
        """What to say where nothing can be read."""
        token = self.peek()
        if token.kind == "stop":
            message = "the formula ends where something is expected; what comes after the last sign?"
            return Unreadable(message, token.span)
        if token.kind == "command" and not commands.known(token.text):
            return Unreadable(
                f"the command {token} is not known; if it is a macro of your own, give its \\newcommand", token.span
            )
        if token.text in alphabet.CLOSERS or token.text in (")", "]", "}"):
            return Unreadable(
                f"{token} closes a bracket that is not open, or nothing stands before it; delete it", token.span
            )
        if token.kind == "words":
            return Unreadable(f"{token} stand where a quantity is expected; put words between formulas", token.span)
        return Unreadable(f"{token} stands where a quantity is expected; is something missing before it?", token.span)
