"""Numbers, dates and distances as each of the seven languages writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.languages import formats
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.lib.hours import parse

SEVEN = [language.tag for language in UI_LANGUAGES]
seven = st.sampled_from(SEVEN)
MORNING = datetime(2018, 12, 3, 2, 5, tzinfo=UTC)


def say(kind: str, *args: object) -> dict[str, str]:
    """The same thing in all seven, with no-break spaces shown as spaces."""
    said = {tag: getattr(formats, kind)(*args, tag) for tag in SEVEN}
    return {tag: words.replace("\xa0", " ").replace("\u202f", " ") for tag, words in said.items()}


def test_numbers() -> None:
    assert say("number", 17494398) == {
        "en": "17,494,398",
        "zh-Hans": "17,494,398",
        "ar": "17,494,398",
        "ja": "17,494,398",
        "fr": "17 494 398",
        "bg": "17 494 398",
        "nl": "17.494.398",
    }


def test_distances_in_kilometres() -> None:
    assert say("distance", 12345.6) == {
        "en": "12.3 km",
        "zh-Hans": "12.3公里",
        "ar": "12.3 كم",
        "ja": "12.3 km",
        "fr": "12,3 km",
        "bg": "12,3 km",
        "nl": "12,3 km",
    }


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "0 m"),
        (344, "340 m"),
        (994, "990 m"),
        (996, "1.0 km"),  # not “1,000 m”
        (1000, "1.0 km"),
        (99_940, "99.9 km"),
        (99_970, "100 km"),  # not “100.0 km”
        (9_312_345, "9,312 km"),
    ],
)
def test_how_exactly_a_distance_is_said(metres: float, words: str) -> None:
    assert formats.distance(metres, "en") == words


def test_durations() -> None:
    assert say("duration", 160) == {
        "en": "2 hr 40 min",
        "zh-Hans": "2小时 40分钟",
        "ar": "2 س 40 د",
        "ja": "2 時間 40 分",
        "fr": "2 h 40 min",
        "bg": "2 ч 40 мин",
        "nl": "2 uur 40 min",
    }
    assert formats.duration(0, "en") == "0 min"
    assert formats.duration(35, "en") == "35 min"
    assert formats.duration(120, "en") == "2 hr"


def test_a_whole_date() -> None:
    assert say("partial_date", "2018-12-03") == {
        "en": "December 3, 2018",
        "zh-Hans": "2018年12月3日",
        "ar": "3 ديسمبر 2018",
        "ja": "2018年12月3日",
        "fr": "3 décembre 2018",
        "bg": "3 декември 2018 г.",
        "nl": "3 december 2018",
    }
    assert say("day", date(2018, 12, 3)) == say("partial_date", "2018-12-03")


def test_a_month_of_which_the_day_is_not_known() -> None:
    assert say("partial_date", "1992-06") == {
        "en": "June 1992",
        "zh-Hans": "1992年6月",
        "ar": "يونيو 1992",
        "ja": "1992年6月",
        "fr": "juin 1992",
        "bg": "юни 1992 г.",
        "nl": "juni 1992",
    }


def test_a_year_of_which_the_month_is_not_known() -> None:
    assert say("partial_date", "2014") == {
        "en": "2014",
        "zh-Hans": "2014年",
        "ar": "2014",
        "ja": "2014年",
        "fr": "2014",
        "bg": "2014 г.",
        "nl": "2014",
    }


def test_lists() -> None:
    assert say("comma_list", ["A", "B", "C"]) == {
        "en": "A, B, and C",
        "zh-Hans": "A、B和C",
        "ar": "A وB وC",
        "ja": "A、B、C",
        "fr": "A, B et C",
        "bg": "A, B и C",
        "nl": "A, B en C",
    }
    assert formats.comma_list([], "en") == ""
    assert formats.comma_list(["A"], "ja") == "A"
    assert formats.comma_list(["A", "B"], "ar") == "A وB"


def test_clocks_of_a_winter_morning() -> None:
    assert say("clock", MORNING, "Asia/Shanghai") == {
        "en": "10:05 AM",
        "zh-Hans": "10:05",
        "ar": "10:05 ص",
        "ja": "10:05",
        "fr": "10:05",
        "bg": "10:05",
        "nl": "10:05",
    }
    assert formats.clock(MORNING, "Asia/Kolkata", "nl") == "07:35"  # half an hour off the whole ones
    assert formats.clock(MORNING, "Asia/Kathmandu", "nl") == "07:50"


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("Asia/Shanghai", "UTC+8"),
        ("Europe/Amsterdam", "UTC+1"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/St_Johns", "UTC−3:30"),
        ("America/Los_Angeles", "UTC−8"),
        ("UTC", "UTC"),
    ],
)
def test_how_far_a_zone_is_from_utc(zone: str, offset: str) -> None:
    assert formats.offset(MORNING, zone) == offset


def test_summer_moves_the_offset() -> None:
    assert formats.offset(datetime(2018, 7, 1, tzinfo=UTC), "Europe/Amsterdam") == "UTC+2"


def test_countries() -> None:
    assert say("country", "NL") == {
        "en": "Netherlands",
        "zh-Hans": "荷兰",
        "ar": "هولندا",
        "ja": "オランダ",
        "fr": "Pays-Bas",
        "bg": "Нидерландия",
        "nl": "Nederland",
    }
    assert formats.country("XX", "en") == "XX"


def test_opening_days() -> None:
    hours = parse("Mo 13:00-18:00; Tu-Su 10:00-12:00,14:00-18:00; PH,Mo off")
    assert formats.opening_days(hours, "en", "holidays") == [
        ("Mon", [("13:00", "18:00")]),
        ("Tue–Sun", [("10:00", "12:00"), ("14:00", "18:00")]),
        ("holidays and Mon", []),
    ]
    assert formats.opening_days(hours, "zh-Hans", "节假日")[1][0] == "周二–周日"


def test_a_day_and_hours_are_joined_as_each_language_does() -> None:
    joined = {tag: formats.day_and_hours("DAY", "HOURS", tag) for tag in SEVEN}
    assert {tag for tag, said in joined.items() if said == "DAY HOURS"} == {"zh-Hans", "ja"}
    assert joined["ar"] == "DAY، HOURS" and joined["nl"] == "DAY, HOURS"
    assert formats.moment(MORNING, "Asia/Shanghai", "zh-Hans") == "2018年12月3日 10:05 UTC+8"


def test_the_city_of_a_zone_is_said_in_the_language_of_the_reader() -> None:
    said = {tag: formats.zone_city("America/Los_Angeles", tag) for tag in ("en", "zh-Hans", "bg")}
    assert said == {"en": "Los Angeles", "zh-Hans": "洛杉矶", "bg": "Лос Анджелис"}


@given(st.floats(0, 2e7), seven)
def test_no_distance_breaks(metres: float, tag: str) -> None:
    assert any(sign.isdigit() for sign in formats.distance(metres, tag))


@given(st.integers(0, 10_000), seven)
def test_no_duration_breaks(minutes: int, tag: str) -> None:
    assert any(sign.isdigit() for sign in formats.duration(minutes, tag))


@given(st.dates(date(1000, 1, 1)), seven, st.sampled_from([4, 7, 10]))
def test_no_date_breaks_and_every_one_says_its_year(value: date, tag: str, known: int) -> None:
    assert str(value.year) in formats.partial_date(value.isoformat()[:known], tag)


@pytest.mark.parametrize(
    ("tag", "day"), [("en", 6), ("ar", 5), ("ja", 6), ("fr", 0), ("bg", 0), ("nl", 0), ("zh-Hans", 0)]
)
def test_weeks_begin_where_readers_of_a_language_begin_them(tag: str, day: int) -> None:
    assert formats.week_start(tag) == day
