"""Makes the subset of STIX Two Math that the notes embed; needs fonttools and brotli.

npm pack @fontsource/stix-two-math@5.3.0 && tar xzf fontsource-stix-two-math-5.3.0.tgz
python subset.py package/files/stix-two-math-latin-400-normal.woff2
"""

import sys
from pathlib import Path

from fontTools import subset

#: Letters, operators and mathematical alphabets that the notation prints, with all that MathML may ask for: ASCII,
#: Latin-1, Greek, accents, punctuation, super- and subscripts, arrows, operators, brackets and their pieces, and bold,
#: italic and bold italic letters and digits.
UNICODES = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x2B0, 0x2E0),
    *range(0x300, 0x310),
    *range(0x370, 0x400),
    *range(0x2010, 0x2065),
    *range(0x2070, 0x2095),
    0x210E, 0x210F, 0x2113, 0x211D, 0x2202,
    *range(0x2190, 0x2198),
    *range(0x2200, 0x2270),
    *range(0x2295, 0x22A6),
    *range(0x2308, 0x230C),
    *range(0x239B, 0x23B8),
    0x23DE, 0x23DF, 0x25CB, 0x2713, 0x2717,
    *range(0x27E6, 0x27EC),
    *range(0x1D400, 0x1D434),
    *range(0x1D434, 0x1D468),
    *range(0x1D6A4, 0x1D6A6),
    *range(0x1D6A8, 0x1D71C),
    *range(0x1D7CE, 0x1D7D8),
]  # fmt: skip
OPTIONS = subset.Options(layout_features=["ssty", "dtls", "flac", "kern", "mark", "mkmk", "ccmp"], flavor="woff2")


def main(source: str) -> None:
    font = subset.load_font(source, OPTIONS)
    maker = subset.Subsetter(OPTIONS)
    maker.populate(unicodes=UNICODES)
    maker.subset(font)
    subset.save_font(font, str(Path(__file__).with_name("stix-two-math-subset.woff2")), OPTIONS)


if __name__ == "__main__":
    main(sys.argv[1])
