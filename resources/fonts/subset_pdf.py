"""Makes the PDF's fonts from Debian's fonts-noto-core; run by hand after a new release, never by the product.

`python resources/fonts/subset_pdf.py` writes `resources/fonts/pdf/`. Everything about shaping is dropped: the layout places characters
one by one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

NOTO = Path("/usr/share/fonts/truetype/noto")
LETTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2B0, 0x300), *range(0x300, 0x370), *range(0x370, 0x400), *range(0x400, 0x530),
    *range(0x1C80, 0x1C89), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070), *range(0x2070, 0x20A0), *range(0x20A0, 0x20C1),
    *range(0x2100, 0x2190),
    *range(0x2DE0, 0x2E00), *range(0xA640, 0xA6A0),
]  # fmt: skip
GEORGIAN = [0x20, 0xA0, *range(0x10A0, 0x1100), *range(0x1C90, 0x1CC0), *range(0x2D00, 0x2D30)]
ARMENIAN = [0x20, 0xA0, *range(0x530, 0x590), *range(0xFB13, 0xFB18)]
SHAPES = [ord(c) for c in " ●◕◐◔○◌◆◇■□▲▼△▽▶◀★☆☐☑☒⚠⚑✓✔✕✖✗✘❌❗"]
MATHS = [0x20, *range(0x2190, 0x21B0), *range(0x21D0, 0x21D6), *range(0x2200, 0x2270)]

SOURCES: dict[str, list[int]] = {
    **{f"NotoSans-{face}": LETTERS for face in ("Regular", "Bold", "Italic", "BoldItalic")},
    **{f"NotoSansGeorgian-{face}": GEORGIAN for face in ("Regular", "Bold")},
    **{f"NotoSansArmenian-{face}": ARMENIAN for face in ("Regular", "Bold")},
    "NotoSansSymbols2-Regular": SHAPES,
    "NotoSansMath-Regular": MATHS,
}


def main() -> int:
    """Write every subset; the exit code is 0."""
    target = Path(__file__).parent / "pdf"
    target.mkdir(exist_ok=True)
    for name, characters in SOURCES.items():
        options = Options()
        options.hinting = False
        options.layout_features = []
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "MATH", "STAT"]
        font = load_font(str(NOTO / f"{name}.ttf"), options)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        font["head"].modified = font["head"].created  # the same input gives the same bytes
        save_font(font, str(target / f"{name}.ttf"), options)
        print(name, (target / f"{name}.ttf").stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
