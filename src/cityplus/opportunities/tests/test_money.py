"""Amounts as their reader writes them."""

from __future__ import annotations

import unicodedata

from cityplus.opportunities import money


def shown(words: str) -> str:
    """With spaces of every kind as one, and without marks that nobody sees."""
    seen = (" " if sign.isspace() else sign for sign in words if unicodedata.category(sign) != "Cf")
    return "".join(seen)


def test_whole_amounts_have_no_digits_behind_the_point() -> None:
    assert money.spoken(4_500_000, "CNY", "en") == "CN¥45,000"
    assert money.spoken(4_500_050, "CNY", "en") == "CN¥45,000.50"
    assert shown(money.spoken(1_800_000, "EUR", "ar")) == "18,000 €"


def test_a_sign_of_letters_is_kept_together_where_one_reads_from_right_to_left() -> None:
    assert "CN¥\N{LEFT-TO-RIGHT MARK}" in money.spoken(4_500_000, "CNY", "ar")
    assert "\N{LEFT-TO-RIGHT MARK}" not in money.spoken(4_500_000, "CNY", "nl")
