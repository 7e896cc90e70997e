"""The fonts with which the server draws cards and sets booklets: TrueType files, made from the web fonts of the npm packages.

They are read by :mod:`cityplus.web.lettering` and :mod:`cityplus.routes.formats.press`, so they go into the package, not to browsers.
What is set at length is lighter than what stands on a card, and has an italic; names of guests need more scripts than the interface.
Source is a reserved name: a changed font must not bear it, so all of ours are called CityPlus. SIL Open Font License 1.1, kept beside them.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

BUILT = Path(__file__).resolve().parent.parent / "src" / "cityplus" / "web" / "fonts" / "built"
WIDTHS, LETTERS, LICENCE = "faces.json", "letters.json", "OFL.txt"

EUROPE = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext")
FACES = {  # name: (package, its parts, weight), those of cards
    "serif": ("@fontsource-variable/source-serif-4", EUROPE, 400),
    "sans": ("@fontsource-variable/source-sans-3", EUROPE, 400),
    "arabic": ("@fontsource/noto-sans-arabic", ("arabic", "latin", "latin-ext"), 600),
    "chinese": ("@fontsource/noto-sans-sc", ("chinese-simplified",), 600),
    "japanese": ("@fontsource/noto-sans-jp", ("japanese",), 600),
}
BOOK = {  # those that only booklets and papers need
    "book-italic": ("@fontsource-variable/source-serif-4", EUROPE, 400),
    "book-strong": ("@fontsource-variable/source-sans-3", EUROPE, 600),
    "book-arabic": ("@fontsource/noto-sans-arabic", ("arabic", "latin", "latin-ext"), 400),
    "book-chinese": ("@fontsource/noto-sans-sc", ("chinese-simplified",), 400),
    "book-japanese": ("@fontsource/noto-sans-jp", ("japanese",), 400),
    "book-korean": ("@fontsource/noto-sans-kr", ("korean",), 400),
    "book-thai": ("@fontsource/noto-sans-thai", ("thai",), 400),
    "book-devanagari": ("@fontsource/noto-sans-devanagari", ("devanagari",), 400),
    "book-hebrew": ("@fontsource/noto-sans-hebrew", ("hebrew",), 400),
    "book-georgian": ("@fontsource/noto-sans-georgian", ("georgian",), 400),
    "book-armenian": ("@fontsource/noto-sans-armenian", ("armenian",), 400),
}
RARE, RARE_WEIGHT = "book-rare", 500  # stands beside letters of 400 and of 600
HAN = ("@fontsource/noto-sans-sc", "@fontsource/noto-sans-jp")
"""Their numbered files have the letters that are in names rather than in texts."""
BULGARIAN = ("serif", "sans")
NAMES = (*FACES, *(f"{face}-bg" for face in BULGARIAN), *BOOK, RARE)
FILES = tuple(str(BUILT / name) for name in (*(f"{face}.ttf" for face in NAMES), WIDTHS, LETTERS, LICENCE))

UNUSED = ("BASE", "DSIG", "STAT", "gasp", "prep", "vhea", "vmtx")  # vertical setting, hints, style menus
KEPT_NAMES = {0, 13, 14}  # copyright, licence and its address


def make(root: Path, out: Path) -> None:
    """Writes the fonts, what each letter of them is wide, and their licences into the package."""
    del out  # is copied to browsers, who have no use for these
    BUILT.mkdir(parents=True, exist_ok=True)
    widths, known = {}, set[int]()
    for face in FACES | BOOK:
        font = drawn(root, face)
        if face == "arabic":
            hide_embeddings(font)
        width = keep(font, face)
        known |= font.getBestCmap().keys()
        if face in FACES:
            widths[face] = width
        if face in BULGARIAN:
            turn_bulgarian(font)
            widths[f"{face}-bg"] = keep(font, f"{face}-bg")
    rare = joined(list(rare_parts(root, known)))
    keep(rare, RARE)
    known |= rare.getBestCmap().keys()
    (BUILT / WIDTHS).write_text(json.dumps(widths, separators=(",", ":")))
    (BUILT / LETTERS).write_text(json.dumps(rows_of(known), separators=(",", ":")))
    packages = sorted({package for package, _, _ in (FACES | BOOK).values()})
    texts = [f"{package}\n\n{(root / 'node_modules' / package / 'LICENSE').read_text()}" for package in packages]
    (BUILT / LICENCE).write_text("\n\n".join(texts))


def drawn(root: Path, face: str) -> Any:
    """A face as one font, from the files of its package."""
    package, parts, weight = (FACES | BOOK)[face]
    family, slope = package.split("/")[1], "italic" if face.endswith("italic") else "normal"
    # An old WOFF is opened in a fraction of the time of a WOFF2, but variable fonts have none.
    kind = f"wght-{slope}.woff2" if "variable" in package else f"{weight}-{slope}.woff"
    files = [root / "node_modules" / package / "files" / f"{family}-{part}-{kind}" for part in parts]
    return joined([plain(file, weight) for file in files])


def plain(path: Path, weight: int) -> Any:
    """The web font as a plain TrueType font of one weight."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 only a stale build needs fontTools
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    font = TTFont(path, recalcBBoxes=False)
    font.flavor = None
    if "fvar" in font:
        font = instantiateVariableFont(font, {"wght": weight})
    for table in UNUSED:
        if table in font:
            del font[table]
    return font


def joined(fonts: list[Any]) -> Any:
    """One font of the parts into which the web font was cut."""
    from fontTools.merge import Merger  # noqa: PLC0415

    if len(fonts) == 1:
        return fonts[0]
    with tempfile.TemporaryDirectory() as bench:
        paths = [str(Path(bench) / f"{number}.ttf") for number in range(len(fonts))]
        for font, path in zip(fonts, paths, strict=True):
            font.save(path)
        return Merger().merge(paths)


def rare_parts(root: Path, known: set[int]) -> Iterable[Any]:
    """Fonts of the Chinese letters that none of the others has, each letter once. Such letters stand alone: nothing joins them."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415

    options = Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables = [*options.drop_tables, *UNUSED, "GSUB", "GPOS", "GDEF"]
    seen = set(known)
    for package in HAN:
        folder = root / "node_modules" / package
        for part, letters in json.loads((folder / "unicode.json").read_text()).items():
            wanted = {code for code in codes_of(letters) if is_han(code)} - seen
            if not part.startswith("[") or not wanted:
                continue
            font = plain(
                folder / "files" / f"{package.split('/')[1]}-{part[1:-1]}-{RARE_WEIGHT}-normal.woff", RARE_WEIGHT
            )
            wanted &= font.getBestCmap().keys()
            if wanted:
                subsetter = Subsetter(options)
                subsetter.populate(unicodes=wanted)
                subsetter.subset(font)
                seen |= wanted
                yield font


def codes_of(letters: str) -> set[int]:
    """The letters of ``U+4E00-4E10,U+5000``, as style sheets write them."""
    found: set[int] = set()
    for part in letters.split(","):
        first, _dash, last = part.strip().removeprefix("U+").partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def is_han(code: int) -> bool:
    return 0x2E80 <= code <= 0xA4CF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF


def turn_bulgarian(font: Any) -> None:
    """Gives Cyrillic letters their Bulgarian shapes, which elsewhere come by the language of a text; our drawer cannot say it."""
    table = font["GSUB"].table
    shapes: dict[str, str] = {}
    for script in table.ScriptList.ScriptRecord:
        for language in script.Script.LangSysRecord:
            if (script.ScriptTag, language.LangSysTag.strip()) != ("cyrl", "BGR"):
                continue
            records = [table.FeatureList.FeatureRecord[index] for index in language.LangSys.FeatureIndex]
            lookups = [n for record in records if record.FeatureTag == "locl" for n in record.Feature.LookupListIndex]
            for number in lookups:
                for subtable in table.LookupList.Lookup[number].SubTable:
                    shapes |= getattr(subtable, "ExtSubTable", subtable).mapping
    for encoding in font["cmap"].tables:
        encoding.cmap = {code: shapes.get(glyph, glyph) for code, glyph in encoding.cmap.items()}


def hide_embeddings(font: Any) -> None:
    """Gives the letters that begin and end a right-to-left embedding the empty shape of the left-to-right mark."""
    for encoding in font["cmap"].tables:
        encoding.cmap |= {0x202B: encoding.cmap[0x200E], 0x202C: encoding.cmap[0x200E]}


def keep(font: Any, face: str) -> list[tuple[int, int, int]]:
    """Writes the font under a name of its own, and as of ordinary weight, so that its family is all that its user must ask for.

    Returns the widths of its letters.
    """
    names, family = font["name"], f"CityPlus {face}"
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    for number, text in ((1, family), (2, "Regular"), (4, family), (6, family.replace(" ", "-"))):
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    font.save(BUILT / f"{face}.ttf")
    return width_runs(font)


def rows_of(codes: Iterable[int]) -> list[tuple[int, int]]:
    """``(first, last)`` for letters in a row."""
    rows = [[code for _, code in row] for _, row in groupby(enumerate(sorted(codes)), lambda pair: pair[1] - pair[0])]
    return [(row[0], row[-1]) for row in rows]


def width_runs(font: Any) -> list[tuple[int, int, int]]:
    """``(first letter, last letter, width)`` for letters in a row of one width; widths in thousandths of the size."""
    units, glyphs = font["head"].unitsPerEm, font["hmtx"]
    letters = [(code, round(1000 * glyphs[name][0] / units)) for code, name in sorted(font.getBestCmap().items())]
    runs = []
    for _, group in groupby(enumerate(letters), key=lambda item: (item[1][0] - item[0], item[1][1])):
        row = [letter for _, letter in group]
        runs.append((row[0][0], row[-1][0], row[0][1]))
    return runs
