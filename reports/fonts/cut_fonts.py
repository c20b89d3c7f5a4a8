"""Cut the static fonts of the report out of Noto's variable fonts.

Run it only to renew the fonts: `pip download --no-deps manimgx-fonts`, unpack the
wheel, then `python reports/fonts/cut_fonts.py <unpacked>/manimgx_fonts`. It needs
fontTools, and is no part of making a report.
"""

import argparse
import logging
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

log = logging.getLogger("fonts")

# (variable font, family, style, weight); the file is named after family and style.
CUTS = (
    ("NotoSans[wght].ttf", "Noto Sans", "Regular", 400),
    ("NotoSans[wght].ttf", "Noto Sans", "Bold", 700),
    ("NotoSans-Italic[wght].ttf", "Noto Sans", "Italic", 400),
    ("NotoSansArabic[wght].ttf", "Noto Sans Arabic", "Regular", 400),
    ("NotoSansArabic[wght].ttf", "Noto Sans Arabic", "Bold", 700),
    ("NotoSansArmenian[wght].ttf", "Noto Sans Armenian", "Regular", 400),
    ("NotoSansArmenian[wght].ttf", "Noto Sans Armenian", "Bold", 700),
    ("NotoSansGeorgian[wght].ttf", "Noto Sans Georgian", "Regular", 400),
    ("NotoSansGeorgian[wght].ttf", "Noto Sans Georgian", "Bold", 700),
    ("NotoEmoji[wght].ttf", "Noto Emoji", "Regular", 400),
)
OLD_NAMES = (1, 2, 3, 4, 6, 16, 17, 21, 22, 25)


def cut_font(source: Path, family: str, style: str, weight: int) -> TTFont:
    """One static font at `weight`, named so that Typst and matplotlib find it."""
    variable = TTFont(source, recalcTimestamp=False)
    font = instancer.instantiateVariableFont(variable, {"wght": weight})
    name_font(font, family, style)
    is_bold, is_italic = weight >= 600, style == "Italic"
    font["OS/2"].usWeightClass = weight
    selection = font["OS/2"].fsSelection & ~0b1100001
    selection |= is_italic | is_bold << 5 | (not is_bold and not is_italic) << 6
    font["OS/2"].fsSelection = selection
    font["head"].macStyle = is_bold | is_italic << 1
    return font


def name_font(font: TTFont, family: str, style: str) -> None:
    """Replace the variable font's names; the licence and copyright names stay."""
    names = font["name"]
    for name_id in OLD_NAMES:
        names.removeNames(nameID=name_id)
    postscript = f"{family.replace(' ', '')}-{style}"
    full = f"{family} {style}"
    texts = {1: family, 2: style, 3: f"{postscript};static", 4: full, 6: postscript}
    for name_id, text in texts.items():
        names.setName(text, name_id, 3, 1, 0x409)


def main() -> None:
    """Write every font of `CUTS` beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="folder with the variable fonts")
    folder: Path = parser.parse_args().source
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    for file_name, family, style, weight in CUTS:
        path = Path(__file__).parent / f"{family.replace(' ', '')}-{style}.ttf"
        cut_font(folder / file_name, family, style, weight).save(path)
        log.info("%s: %d KB", path.name, path.stat().st_size // 1024)


if __name__ == "__main__":
    main()
