"""Makes the window's fonts from Debian's fonts-inter and fonts-noto-core; run by hand after a new release, never by the product.

Writes `resources/fonts/ui/`. Name records 16 and 17 stay: without them weight 600 silently becomes 400.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

INTER, NOTO = Path("/usr/share/fonts/opentype/inter"), Path("/usr/share/fonts/truetype/noto")
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), *range(0x2B9, 0x2DE), *range(0x300, 0x330), 0x1E9E]
GREEK = [*range(0x370, 0x400)]
CYRILLIC = [*range(0x400, 0x530)]
SIGNS = [*range(0x2000, 0x2070), *range(0x20A0, 0x20C1), *range(0x2100, 0x2150), *range(0x2190, 0x21BC)]
SIGNS += [0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CF, 0x2713]
GEORGIAN = [*range(0x10A0, 0x1100), *range(0x1C90, 0x1CC0), *range(0x2D00, 0x2D30)]
ARMENIAN = [*range(0x530, 0x590), *range(0xFB13, 0xFB18)]
SOURCES = {
    "Inter-Regular.otf": (INTER / "Inter-Regular.otf", [*LATIN, *GREEK, *CYRILLIC, *SIGNS]),
    "Inter-Medium.otf": (INTER / "Inter-Medium.otf", [*LATIN, *GREEK, *CYRILLIC, *SIGNS]),
    "Inter-SemiBold.otf": (INTER / "Inter-SemiBold.otf", [*LATIN, *GREEK, *CYRILLIC, *SIGNS]),
    "NotoSansGeorgian-Regular.ttf": (NOTO / "NotoSansGeorgian-Regular.ttf", GEORGIAN),
    "NotoSansArmenian-Regular.ttf": (NOTO / "NotoSansArmenian-Regular.ttf", ARMENIAN),
}


def main() -> int:
    """Write every subset; the exit code is 0."""
    target = Path(__file__).parent / "ui"
    for name, (source, characters) in SOURCES.items():
        options = Options()
        options.hinting = False
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
        options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
        font = load_font(str(source), options)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        font["head"].modified = font["head"].created  # the same input gives the same bytes
        save_font(font, str(target / name), options)
        print(name, (target / name).stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
