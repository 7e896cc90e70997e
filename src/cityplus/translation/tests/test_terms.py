"""The terms of a city, alone and with its friends; and as a sheet."""

from __future__ import annotations

import pytest

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.ties.models import Tie
from cityplus.translation import sheets
from cityplus.translation.glossary import Pair
from cityplus.translation.models import Term, TermError

PALACE = {"source_language": "nl", "source": "Vredespaleis", "target_language": "zh-Hans", "target": "和平宫"}


def test_a_term_of_a_pair_is_kept_by_both_and_holds_in_both_directions(
    thehague: City, shenzhen: City, tie: Tie
) -> None:
    Term.keep(shenzhen, thehague, by="li", **PALACE)
    Term.keep(thehague, shenzhen, by="anna", **PALACE | {"source": " VREDESPALEIS ", "target": "和平宫殿"})
    (term,) = Term.objects.all()
    assert (term.first, term.second) == (shenzhen, thehague)
    assert (term.target, term.by) == ("和平宫殿", "anna")
    assert list(Term.objects.of(thehague)) == list(Term.objects.of(shenzhen)) == [term]
    assert Term.pairs(thehague, "nl", "zh-Hans") == [Pair("VREDESPALEIS", "和平宫殿")]
    assert Term.pairs(shenzhen, "zh-Hans", "nl") == [Pair("和平宫殿", "VREDESPALEIS")]
    assert Term.pairs(shenzhen, "zh-Hans", "fr") == []
    assert list(Entry.objects.filter(verb="term.kept").order_by("id").values_list("by", flat=True)) == ["li", "anna"]


def test_a_city_s_own_terms_are_nobody_else_s(thehague: City, shenzhen: City) -> None:
    term, changed = Term.keep(thehague, by="anna", **PALACE)
    assert changed
    assert not Term.keep(thehague, by="jan", **PALACE)[1], "the same again is no deed"
    assert not Term.objects.of(shenzhen).exists()
    term.drop(thehague, by="anna")
    assert not Term.objects.exists()
    assert Entry.objects.filter(verb="term.dropped", data__source="Vredespaleis").count() == 1


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"target_language": "chinese"}, "is not a language tag"),
        ({"target_language": "nl"}, "from one language to another"),
        ({"target": "  "}, "has words in both languages"),
        ({"source": "x" * 201}, "at most 200 characters"),
        ({"target": "a\x00b"}, "no text"),
        ({"note": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_is_no_term_is_refused_with_a_sentence(thehague: City, values: dict[str, str], says: str) -> None:
    with pytest.raises(TermError, match=says):
        Term.keep(thehague, by="anna", **PALACE | values)
    assert not Term.objects.exists()


def test_a_sheet_goes_out_and_comes_back_and_runs_nothing(thehague: City, shenzhen: City, tie: Tie) -> None:
    Term.keep(thehague, shenzhen, by="anna", **PALACE)
    danger = {"source": '=HYPERLINK("x")', "target": "-1+1", "note": '@SUM(A1), "so"'}
    Term.keep(thehague, by="anna", **PALACE | danger)
    Term.keep(thehague, by="anna", **PALACE | {"source": "'s-Gravenhage", "target": "海牙"})
    out = sheets.written(Term.objects.of(thehague).with_cities(), thehague)
    text = out.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert ",'-1+1," in text
    assert ",shenzhen\r\n" in text
    before = set(Term.objects.values_list("source", "target", "note", "second"))
    Term.objects.all().delete()
    brought = sheets.brought(out, thehague, [shenzhen], by="anna")
    assert (brought.changed, brought.same) == (3, 0)
    assert set(Term.objects.values_list("source", "target", "note", "second")) == before
    assert sheets.brought(out, thehague, [shenzhen], by="anna").same == 3


def test_a_sheet_of_another_program(thehague: City) -> None:
    text = "Source_Language;Source;target_language;target\nnl;Pier;zh-Hans;码头\n;;;\n"
    assert sheets.brought(text.encode("utf-16"), thehague, [], by="anna").changed == 1
    assert sheets.brought(text.replace(";", "\t").encode(), thehague, [], by="anna").same == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "lacks: source_language, source"),
        (b"source,target\nPier,x\n", "lacks: source_language, target_language"),
        (b"source_language,source,target_language,target\nnl,Pi\xe9r,fr,x\n", "not in UTF-8"),
        (b'source_language,source,target_language,target\nnl,"Pier,fr,x\n', "no sheet of values"),
        (
            b"source_language,source,target_language,target,with\nnl,Pier,fr,Jetee,\nnl,Zee,NL,x,\nnl,Zee,fr,Mer,atlantis\n",
            "Line 3: .*not a language tag.*Line 4: “atlantis” is no city",
        ),
        (b"x" * (sheets.MOST_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_a_sheet_that_does_not_fit_is_told_line_by_line_and_nothing_is_kept(
    thehague: City, content: bytes, says: str
) -> None:
    with pytest.raises(sheets.SheetError, match=says):
        sheets.brought(content, thehague, [], by="anna")
    assert not Term.objects.exists()
