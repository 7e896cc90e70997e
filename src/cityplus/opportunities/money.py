"""Ranges of money: whole numbers of the smallest unit of a currency of ISO 4217."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Protocol

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision, get_currency_symbol
from django.utils.translation import gettext as _

from cityplus.opportunities.errors import OpportunityError

CURRENCIES = ("EUR", "CNY", "AED", "AUD", "BGN", "CHF", "GBP", "HKD", "JPY", "USD", "ZAR")
"""What is proposed: the currencies of the first members and of trade between them."""
LARGEST = 10**15
"""Of the smallest unit: ten trillion in most currencies, and a whole number for every program."""


class Valued(Protocol):
    """What has a range of money, or none: then both ends are None."""

    value_from: int | None
    value_to: int | None
    currency: str


def minor(said: str, currency: str) -> int:
    """What somebody typed in units of a currency (``12500.50``), in its smallest unit.

    Raises:
        OpportunityError: that is no amount of this currency.
    """
    digits = get_currency_precision(currency)
    plain = "".join(said.split()).replace(",", ".")
    # 12.500 is twelve and a half to some and twelve thousand five hundred to others, so it is neither.
    if not re.fullmatch(rf"-?\d+(\.\d{{1,{digits}}})?" if digits else r"-?\d+", plain):
        raise OpportunityError(
            _("“%(said)s” is no amount of %(currency)s: write it in figures, such as 12500 or 12500.50.")
            % {"said": said[:40], "currency": currency}
        )
    scaled = Decimal(plain).scaleb(digits)
    if not 0 <= scaled <= LARGEST:
        raise OpportunityError(_("Write an amount from 0 to %(most)s.") % {"most": f"{LARGEST // 10**digits:,}"})
    return int(scaled)


def major(amount: int, currency: str) -> Decimal:
    """An amount in units of its currency, with all its digits."""
    return Decimal(amount).scaleb(-get_currency_precision(currency))


def spoken(amount: int, currency: str, tag: str) -> str:
    """An amount for a reader; without the digits behind the point where they are all 0."""
    value, locale = major(amount, currency), _locale(tag)
    whole = value == value.to_integral_value()
    said = format_currency(
        value, currency, locale=locale, currency_digits=not whole, format=_whole(locale) if whole else None
    )
    if locale.character_order == "left-to-right":
        return said
    symbol = get_currency_symbol(currency, locale)
    return said.replace(symbol, f"{symbol}\N{LEFT-TO-RIGHT MARK}")  # else CN¥ would be read as ¥CN


def range_of(thing: Valued, tag: str) -> str:
    """``€5,000 – €20,000``, or one amount; empty where there is none."""
    ends = [spoken(end, thing.currency, tag) for end in (thing.value_from, thing.value_to) if end is not None]
    return " – ".join(dict.fromkeys(ends))


def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _whole(locale: Locale) -> str:
    """The pattern of the language for money, without digits behind the point."""
    return str(locale.currency_formats["standard"].pattern).replace(".00", "")
