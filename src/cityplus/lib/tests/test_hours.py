"""Opening hours in OpenStreetMap's syntax."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.lib.hours import DAYS, HoursError, Rule, parse


def test_the_hours_of_a_museum() -> None:
    hours = parse("Mo 13:00-18:00; Tu-Su 10:00-18:00")
    assert not hours.always
    assert hours.rules == (
        Rule(((0, 0),), (("13:00", "18:00"),)),
        Rule(((1, 6),), (("10:00", "18:00"),)),
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("10:00-18:00", Rule(((0, 6),), (("10:00", "18:00"),))),
        ("Mo,We-Fr 09:00-12:00,13:00-17:30", Rule(((0, 0), (2, 4)), (("09:00", "12:00"), ("13:00", "17:30")))),
        ("Mo 09:00-12:00, 13:00-17:00", Rule(((0, 0),), (("09:00", "12:00"), ("13:00", "17:00")))),
        ("PH off", Rule(((7, 7),), ())),
        ("Su closed", Rule(((6, 6),), ())),
        ("Sa-Mo 20:00-02:00", Rule(((5, 0),), (("20:00", "02:00"),))),
        ("Fr 10:00-24:00", Rule(((4, 4),), (("10:00", "24:00"),))),
    ],
)
def test_rules(text: str, rule: Rule) -> None:
    assert parse(text).rules == (rule,)


def test_always_open() -> None:
    assert parse(" 24/7 ").always
    assert parse("24/7").rules == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "empty"),
        (" ; ", "empty"),
        ("Mon 10:00-18:00", "“Mon” in “Mon 10:00-18:00” is not a day"),
        ("Mo-Xx 10:00-18:00", "“Mo-Xx” in"),
        ("off", "“off” in “off” is not a day"),
        ("Mo", "“” in “Mo” is not a span"),
        ("Mo 10-18", "“10-18” in"),
        ("Mo 10:00", "“10:00” in"),
        ("Mo 9:00-17:00", "“9:00-17:00” in"),
        ("Mo 10:60-18:00", "“10:60-18:00” in"),
        ("Mo 10:00-24:30", "“10:00-24:30” in"),
        ("Mo 24:00-25:00", "“24:00-25:00” in"),
        ("Mo 10:00-12:00,", "“” in"),
        ("24/7; PH off", "“24/7” in"),
        ("Tu-Su 10:00-18:00; Mo vrij", "“vrij” in “Mo vrij”"),
        ("Mo 10:00-12:00\n,13:00-14:00", "in “Mo 10:00-12:00"),
    ],
)
def test_what_cannot_be_read_is_refused_and_says_where(text: str, names: str) -> None:
    with pytest.raises(HoursError, match=names):
        parse(text)


days = st.sampled_from(DAYS)
times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
spans = st.lists(st.tuples(times, times), min_size=1, max_size=3)


@given(st.lists(st.tuples(days, days, spans), min_size=1, max_size=4))
def test_what_is_written_is_what_is_read(rules: list[tuple[str, str, list[tuple[str, str]]]]) -> None:
    text = "; ".join(f"{a}-{b} " + ",".join(f"{x}-{y}" for x, y in spans) for a, b, spans in rules)
    assert parse(text).rules == tuple(Rule(((DAYS.index(a), DAYS.index(b)),), tuple(spans)) for a, b, spans in rules)


@given(st.text(max_size=40))
def test_any_other_text_is_read_or_refused_but_never_breaks(text: str) -> None:
    try:
        parse(text)
    except HoursError as error:
        assert str(error)
