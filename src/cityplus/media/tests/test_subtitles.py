"""Captions as files: what is taken, what is refused and in which line, and what is advised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.media.subtitles import Cue, CueError, advice, as_srt, as_vtt, parse, read
from cityplus.media.subtitles.cues import MOST_CUES, clock

VTT = """WEBVTT - Den Haag, aan zee

NOTE Written by hand

1
00:00.500 --> 00:02.000 line:10% align:start
<v Anna>Den <i>Haag</i>, aan zee.

00:00:02.000 --> 00:00:04.250
Twee regels
&amp; een teken
"""
SRT = """1
00:00:00,500 --> 00:00:02,000
<font color="red">{\\an8}Den <I>Haag</I>,</font> aan zee.

2
00:00:02,000 --> 00:00:04,250
Twee regels
& 3 < 4

"""


def test_webvtt_is_read() -> None:
    first, second = parse(VTT)
    assert (first.start, first.end, first.name, first.settings) == (0.5, 2.0, "1", "line:10% align:start")
    assert (first.plain, second.plain) == ("Den Haag, aan zee.", "Twee regels\n& een teken")
    assert second.line == 9


def test_subrip_is_read() -> None:
    first, second = read(SRT.encode("utf-8-sig"))
    assert (first.start, first.end, first.text) == (0.5, 2.0, "Den <i>Haag</i>, aan zee.")
    assert second.text == "Twee regels\n&amp; 3 &lt; 4"


def test_lines_may_end_as_on_any_system() -> None:
    for text in (VTT, VTT.replace("\n", "\r\n"), VTT.replace("\n", "\r"), f"\ufeff{VTT}"):
        assert len(parse(text)) == 2
    assert len(read(SRT.replace("\n", "\r\n").encode())) == 2


def test_what_is_written_can_be_read_again() -> None:
    cues = parse(VTT)
    assert [(c.start, c.end, c.text, c.name, c.settings) for c in parse(as_vtt(cues))] == [
        (c.start, c.end, c.text, c.name, c.settings) for c in cues
    ]
    assert [c.plain for c in read(as_srt(cues).encode())] == [c.plain for c in cues]


WRONG = {
    "no head": ("00:00.000 --> 00:01.000\nx", 1, "first line must be “WEBVTT”"),
    "no time": ("WEBVTT\n\nHello", 3, "“Hello” belongs to no time"),
    "a time of minutes alone": ("WEBVTT\n\n1:00 --> 2:00\nx", 3, "is not a time such as"),
    "a time with a comma": ("WEBVTT\n\n00:00,000 --> 00:01,000\nx", 3, "is not a time such as"),
    "seconds beyond sixty": ("WEBVTT\n\n00:60.000 --> 01:01.000\nx", 3, "is not a time such as"),
    "an end before its start": ("WEBVTT\n\n00:02.000 --> 00:01.000\nx", 3, "ends before it begins"),
    "out of order": ("WEBVTT\n\n00:02.000 --> 00:03.000\nx\n\n00:01.000 --> 00:02.000\ny", 6, "before the one above"),
    "no words": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<i> </i>\n", 3, "has no words"),
    "a script": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>", 4, "“<script>” is not markup"),
    "a picture": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<img src=x onerror=alert(1)>", 4, "is not markup"),
    "half a tag": ("WEBVTT\n\n00:01.000 --> 00:02.000\na <b", 4, "is not markup"),
    "a style sheet": ("WEBVTT\n\nSTYLE\n::cue { color: url(//x) }", 3, "“STYLE” is not taken"),
    "a region": ("WEBVTT\n\nREGION\nid:a", 3, "“REGION” is not taken"),
    "a setting of its own": ("WEBVTT\n\n00:01.000 --> 00:02.000 onload:x\na", 3, "is not a setting"),
    "nothing": ("WEBVTT\n", 0, "no captions in it"),
    "a film of days": ("WEBVTT\n\n100:00:00.000 --> 100:00:01.000\nx", 3, "No film is as long"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "why"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(CueError) as told:
        parse(text)
    assert (told.value.problems[0].line, why in told.value.problems[0].words) == (line, True), told.value.problems


def test_every_line_that_is_wrong_is_told() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<x>\n\n00:05.000 --> 00:04.000\nb\n\nlost\n"
    with pytest.raises(CueError) as told:
        parse(text)
    assert [problem.line for problem in told.value.problems] == [4, 6, 9]


ENCODINGS = {
    "UTF-16": ("Den Haag", "utf-16", "UTF-16"),
    "Cyrillic": ("Пловдив е град на седем хълма и на един театър", "windows-1251", "Windows-1251"),
    "Arabic": ("الشارقة مدينة على الخليج", "windows-1256", "Windows-1256"),
    "Japanese": ("つくばは科学の街です。宇宙センターがあります。", "shift_jis", "Shift_JIS"),
    "Chinese": ("深圳市民中心是这座城市的客厅。", "gb18030", "GB18030"),
    "French": ("Liège, un été à la Boverie", "windows-1252", "Windows-1252"),
}


@pytest.mark.parametrize(("words", "encoding", "name"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_older_encodings_are_told_and_refused(words: str, encoding: str, name: str) -> None:
    data = f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n".encode(encoding)
    with pytest.raises(CueError, match=f"{name}.*UTF-8"):
        read(data)


def test_other_files_and_large_ones_are_refused() -> None:
    for data, why in (
        (b"PK\x03\x04zip", "ZIP"),
        (b"%PDF-1.7", "PDF"),
        (b"x" * 300_001, "at most 300 kB"),
        (b"", "no captions"),
    ):
        with pytest.raises(CueError, match=why):
            read(data)
    many = "".join(f"{clock(n)} --> {clock(n + 1)}\nx\n\n" for n in range(MOST_CUES + 1))
    with pytest.raises(CueError, match="too many captions"):
        parse(f"WEBVTT\n\n{many}")
    with pytest.raises(CueError, match="at most 1000 characters"):
        parse(f"WEBVTT\n\n00:00.000 --> 00:09.000\n{'x' * 1001}")


def test_advice_names_what_may_be_right() -> None:
    cues = [
        Cue(0, 4, "Rustig.", line=3),
        Cue(3, 3.5, "Dit is veel te snel om te lezen.", line=6),
        Cue(9, 12, "Na het eind.", line=9),
    ]
    told = [(problem.line, problem.words.split(":")[0]) for problem in advice(cues, seconds=8)]
    assert told == [
        (6, "This caption comes while the one before it still stands."),
        (6, "This caption is too fast to be read with ease"),
        (9, "This caption comes after the film has ended."),
    ]
    assert advice([Cue(0, 2, "深圳市民中心是这座城市的客厅")]) == []
    assert len(advice([Cue(0, 1, "深圳市民中心是这座城市的客厅")])) == 1


@given(st.binary(max_size=400))
def test_whatever_comes_is_cues_or_a_sentence(data: bytes) -> None:
    try:
        assert read(data)
    except CueError as error:
        assert all(problem.words.endswith(".") for problem in error.problems)


@given(st.lists(st.text(alphabet="ab<>&-\n {}/", min_size=1, max_size=30), min_size=1, max_size=5))
def test_whatever_is_taken_from_subrip_is_webvtt(texts: list[str]) -> None:
    blocks = [f"{n + 1}\n{clock(n, ',')} --> {clock(n + 1, ',')}\n{text}\n" for n, text in enumerate(texts)]
    try:
        cues = read("\n".join(blocks).encode())
    except CueError:
        return
    assert [cue.plain for cue in parse(as_vtt(cues))] == [cue.plain for cue in cues]
