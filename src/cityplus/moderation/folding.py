"""Making alike what is to be found alike: width, case, characters that nobody sees, and letters that look like others."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that take no room or show nothing: joiners, marks of direction, variation selectors, tags, fillers."""
UNSPACED = (
    "\u3005-\u3007\u3041-\u309f\u30a0-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1780-\u17d3"
)
"""Scripts that write no spaces between words: Han, kana, Thai, Lao, Burmese, Khmer."""
_UNSPACED = re.compile(f"[{UNSPACED}]")


def fold(text: str) -> str:
    """The text in one form: compatibility composed, small letters, without what nobody sees, blanks as one space."""
    seen = _UNSEEN.sub("", text)
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", unicodedata.normalize("NFKC", seen).casefold()))
    return " ".join(folded.split())


def is_unspaced(text: str) -> bool:
    """Whether it is written without spaces, at least in part: then it is found also inside of a run."""
    return bool(_UNSPACED.search(text))


def contains(folded: str, word: str) -> bool:
    """Whether a folded word stands in a folded text: as a whole word, or anywhere where its script has no spaces."""
    if is_unspaced(word):
        return word in folded or word.replace(" ", "") in folded.replace(" ", "")
    if word not in folded:
        return False
    before = r"(?<!\w)" if word[0].isalnum() or word[0] == "_" else ""
    after = r"(?!\w)" if word[-1].isalnum() or word[-1] == "_" else ""
    # What stands beside a word in a script without spaces does not make it longer.
    around = before and rf"(?:{before}|(?<=[{UNSPACED}]))"
    behind = after and rf"(?:{after}|(?=[{UNSPACED}]))"
    return re.search(around + re.escape(word) + behind, folded) is not None
