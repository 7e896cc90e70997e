"""Letters of names on paper: what our fonts have, and what stands in the place of what they lack."""

from __future__ import annotations

import pytest

from cityplus.web.printable import MARK, lacking, printable

SCRIPTS = (
    "김서연 뷁쮜 สมชาย ใจดี प्रिया क्षमा דוד כהן ნინო Արամ Nguyễn Thị Hằng "
    "Ελένη Щерба ليلى حدّاد 王 陳煒 龔凃 𠮷田 髙橋 﨑 Łukasz O’Neil – ½ №"
)


@pytest.mark.parametrize("name", SCRIPTS.split())
def test_names_of_many_scripts_have_their_letters(name: str) -> None:
    assert lacking(name) == "" and printable(name) is name


@pytest.mark.parametrize(
    ("name", "gone", "set_as"),
    [
        ("Ana 𓀀 Vos", "𓀀", f"Ana {MARK} Vos"),
        ("கவிதா", "கவிதா", MARK * 3),  # a letter with its sign is one
        ("王㛃㛃", "㛃", f"王{MARK}{MARK}"),
        ("e\u0301\u200d Zoe\u0308", "", "e\u0301\u200d Zoe\u0308"),
    ],
)
def test_what_no_font_has_is_marked_and_told(name: str, gone: str, set_as: str) -> None:
    assert set(lacking(name)) == set(gone)
    assert printable(name) == set_as
