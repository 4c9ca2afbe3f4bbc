"""A chain that ends with "= 0": a derivative is set to 0 to find where it vanishes, or is said to be 0.

Both are written in the same way. Where the text speaks of a minimum, of setting or of solving, it is a condition. Where
it does not, a person is asked, and nobody is accused: what is meant shows in what the author does next.
"""

from __future__ import annotations

import re

from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

#: What is said of a final 0 of which the text does not speak.
ASKED = "is it set to 0, as at a minimum, or is the result said to be 0? the text does not say"
_SETTING = re.compile(
    r"zero|vanish|stationar|minim|maxim|optim|extrem|critical|normal equation|solv|equilibri|saddle"
    r"|\\overset\s*\{\s*!|\\stackrel\s*\{\s*!|\\Rightarrow|\\implies|\\Longrightarrow|\\iff|⇒"
    r"|令|为零|等于零|为 ?\$?0|极值|极小|极大|最小|最大|驻点|最优|求解|解得|解出|必要条件",
    re.IGNORECASE,
)


def speaks_of_setting(text: str) -> bool:
    """Whether a text says anywhere that something is set to 0, or what for."""
    return _SETTING.search(text) is not None


def ends_in_zero(members: list[Node]) -> bool:
    """Whether a chain goes on from a result to 0."""
    return len(members) > 2 and members[-1] == s.Number("0")
