"""Files for translators: XLIFF 2 and PO, as other programs read them, and what of them is taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType

import pytest
from lxml import etree
from translate.storage import pypo, xliff2

from cityplus.cities.models import City
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.routes.models import Route
from cityplus.translation.exchange import po, xliff
from cityplus.translation.exchange.judging import Judgement, judge
from cityplus.translation.exchange.units import FileRefused, unit_of
from cityplus.translation.glossary import Pair
from cityplus.translation.rows import rows_of
from cityplus.translation.saving import save

OF = "@thehague/routes/to-the-sea"
BOTH = pytest.mark.parametrize("kind", [xliff, po], ids=["xliff", "po"])
STORY = "stops/pier/story"
NS = {"x": xliff.CORE}
PAIRS = [Pair("Vredespaleis", "和平宫", "zoals op de borden")]


def draft_of(route: Route) -> Draft:
    return Draft.on("route", route.pk, route.city.actor)


def write(route: Route, path: str, words: object) -> None:
    draft = draft_of(route)
    was = mark(draft.does.shape.at(path).value(draft.document))
    draft.edit([Edit(path, was, words)], by="anna")


def out(route: Route, kind: ModuleType, tag: str = "zh-Hans") -> bytes:
    draft = draft_of(route)
    rows = rows_of(draft.does.shape, draft.document, tag)
    units = [unit_of(row, PAIRS) for row in rows]
    content: bytes = kind.written(units, original=OF, source="nl", target=tag)
    return content


def back(route: Route, kind: ModuleType, content: bytes, tag: str = "zh-Hans") -> Judgement:
    draft = draft_of(route)
    return judge(rows_of(draft.does.shape, draft.document, tag), kind.read(content, original=OF, target=tag))


def translated(content: bytes, kind: ModuleType, words: dict[str, str], state: str = "translated") -> bytes:
    """The file as another program gives it back, with these words in it."""
    if kind is po:
        store = pypo.pofile.parsestring(content)
        for unit in store.units:
            if unit.getcontext() in words:
                unit.target = words[unit.getcontext()]
                unit.markfuzzy(False)
        return bytes(store)
    tree = etree.fromstring(content)
    for unit in tree.iterfind(".//x:unit", NS):
        if unit.get("name") in words:
            segment = unit.find("x:segment", NS)
            target = segment.find("x:target", NS)
            if target is None:
                target = etree.SubElement(segment, f"{{{xliff.CORE}}}target")
            target.text = words[unit.get("name")]
            segment.set("state", state)
            segment.attrib.pop("subState", None)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))


def test_another_program_reads_our_xliff(route: Route) -> None:
    write(route, f"{STORY}/nl", "Het *verhaal*\n\nvan <Pier> & zee \x0b.")
    content = out(route, xliff)
    store = xliff2.Xliff2File.parsestring(content)
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("nl", "zh-Hans")
    units = {unit.xmlelement.getparent().get("name"): unit for unit in store.units}
    assert len(units) == 14
    assert units["title"].target == "到海边去"
    assert units[STORY].source == "Het *verhaal*\n\nvan <Pier> & zee ."


def test_our_xliff_keeps_the_rules_of_its_core(route: Route) -> None:
    """What the schema asks of the elements that we write: their order, their attributes, and names that are unique."""
    write(route, "stops/pier/title/zh-Hans", {"text": "码头", "state": "reviewed"})
    root = etree.fromstring(out(route, xliff))
    assert root.tag == f"{{{xliff.CORE}}}xliff"
    assert root.attrib == {"version": "2.0", "srcLang": "nl", "trgLang": "zh-Hans"}
    (file,) = root
    allowed = {"id", "original", "canResegment", "{http://www.w3.org/XML/1998/namespace}space"}
    assert set(file.attrib) <= allowed
    identities = [unit.get("id") for unit in file]
    assert len(set(identities)) == len(identities) == 14
    assert all(re.fullmatch(r"[\w.:-]+", identity) for identity in identities), "an id is an NMTOKEN"
    for unit in file:
        assert [etree.QName(child).localname for child in unit] == ["notes", "segment"]
        segment = unit.find("x:segment", NS)
        names = [etree.QName(child).localname for child in segment]
        assert names in (["source"], ["source", "target"])
        assert segment.get("state") in {"initial", "translated", "reviewed", "final"}
        assert segment.get("state") == "initial" or "target" in names
        assert re.fullmatch(r"[\w-]+:[\w-]+", segment.get("subState", "a:b"))
    states = {unit.get("name"): unit.find("x:segment", NS).get("state") for unit in file}
    assert (states["title"], states["stops/pier/title"], states[STORY]) == ("initial", "reviewed", "initial")
    notes = [note.text for note in root.iterfind(".//x:unit[@name='stops/vredespaleis/story']//x:note", NS)]
    assert "Stop 2 (Peace Palace): Story" in notes
    assert "At most 20000 characters." in notes
    assert "“Vredespaleis” is “和平宫”. zoals op de borden" in notes


def test_another_program_reads_our_po(route: Route) -> None:
    write(route, f"{STORY}/nl", 'Het "verhaal"\n\nvan \\Pier\t.')
    store = pypo.pofile.parsestring(out(route, po))
    units = {unit.getcontext(): unit for unit in store.units if not unit.isheader()}
    assert len(units) == 14
    assert store.parseheader()["Language"] == "zh_Hans"
    assert units[STORY].source == 'Het "verhaal"\n\nvan \\Pier\t.'
    assert (units["title"].target, units["title"].isfuzzy()) == ("到海边去", True)
    assert "Stop 3 (Pier): Story" in units[STORY].getnotes("developer")


@BOTH
def test_what_a_translator_wrote_is_taken_and_the_untouched_is_not(route: Route, kind: ModuleType) -> None:
    words = {STORY: "码头的故事。\n\n第二段。", "title": "到海边去", "summary": "从池塘到海浪，一路走。"}
    judgement = back(route, kind, translated(out(route, kind), kind, words))
    assert not judgement.troubles
    assert {edit.path: edit.value["state"] for edit in judgement.edits} == {
        f"{STORY}/zh-Hans": "author",
        "title/zh-Hans": "author",  # the machine's words, which somebody has read
        "summary/zh-Hans": "author",
    }
    assert save(draft_of(route), judgement.edits, by="mei").whole
    held = draft_of(route).document["stops"]["pier"]["story"]["versions"]["zh-Hans"]
    assert (held["text"], held["by"]) == (words[STORY], "person:mei")
    again = back(route, kind, out(route, kind))
    assert (again.edits, again.same + again.empty) == ([], 14)


def test_what_is_reviewed_or_final_in_xliff_is_approved_here(route: Route) -> None:
    for state in ("reviewed", "final"):
        content = translated(out(route, xliff), xliff, {"title": "到海边去"}, state)
        (edit,) = back(route, xliff, content).edits
        assert edit.value == {"text": "到海边去", "state": "reviewed"}


@BOTH
def test_what_does_not_fit_is_told_line_by_line(route: Route, kind: ModuleType) -> None:
    link = "Zie [de pier](https://example.org/pier)."
    write(route, "stops/hofvijver/story/nl", link)
    content = translated(
        out(route, kind), kind,
        {
            STORY: "旧的故事。", "title": "长" * 201, "stops/hofvijver/story": "看码头。", "stops/pier/title": "码头",
            "summary": "好。",
        },
    )  # fmt: skip
    write(route, f"{STORY}/nl", "Een ander verhaal.")
    write(route, "stops/vredespaleis", None)
    judgement = back(route, kind, content)
    told = {line.place: line.words for line in judgement.troubles}
    assert told["Stop 2 (Pier): Story"] == "The original was changed since the file was made."
    assert told["Title"] == "The text is too long: at most 200 characters."
    assert told["Stop 1 (Court Pond): Story"] == "It has lost an address of the original: https://example.org/pier"
    assert told["stops/vredespaleis/title"] == "There is no such text here."
    lines = [line.line for line in judgement.troubles]
    assert lines == sorted(lines)
    assert min(lines) > 1
    assert {edit.path for edit in judgement.edits} == {"stops/pier/title/zh-Hans", "summary/zh-Hans"}


def test_a_unit_that_is_there_twice_or_holds_codes_is_told(route: Route) -> None:
    content = translated(out(route, xliff), xliff, {"title": "去海边", "summary": "好"}).decode()
    twice = re.search(r"<unit [^>]*name=\"title\">.*?</unit>", content, re.S)
    assert twice
    doubled = content.replace(twice[0], twice[0] + twice[0].replace('id="u1-', 'id="u99-'))
    assert [line.words for line in back(route, xliff, doubled.encode()).troubles] == [
        "The file has this text more than once."
    ] * 2
    coded = content.replace(">好<", '>好<ph id="1"/><').encode()
    assert [line.words for line in back(route, xliff, coded).troubles] == [
        "It holds codes of a program, which would be lost."
    ]


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="nl" trgLang="zh-Hans"><file id="f">&b;</file></xliff>"""
XXE = BOMB.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/passwd"')
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.mark.parametrize(
    ("kind", "content", "says"),
    [
        (xliff, BOMB, "document type"),
        (xliff, XXE, "document type"),
        (xliff, "", "ends before it says anything"),
        (xliff, "<xliff", "not well formed|cut off"),
        (xliff, "<html></html>", "no XLIFF 2"),
        (xliff, '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', "XLIFF 1.2"),
        (xliff, f'<xliff xmlns="{xliff.CORE}" trgLang="fr"/>', "for fr, and here is zh-Hans"),
        (xliff, f'<xliff xmlns="{xliff.CORE}"><file original="@liege/profile"/></xliff>', "of @liege/profile"),
        (xliff, '<?xml version="1.0" encoding="UTF-7"?><xliff/>', "UTF-7"),
        (xliff, f'<xliff xmlns="{xliff.CORE}">' + "<a>" * 100, "nested more than"),
        (xliff, f'<xliff xmlns="{xliff.CORE}">' + '<unit id="u" name="x"/>' * 10_001 + "</xliff>", "more than 10000"),
        (po, "msgid oh\n", "no PO file"),
        (po, HEAD + 'msgctxt "a"\nmsgid "b\nmsgstr "c"\n', "no PO file"),
        (po, HEAD.replace("UTF-8", "KLINGON") + 'msgid "b"\nmsgstr "c"\n', "encoding"),
        (po, HEAD + '"Language: fr\\n"\n', "for fr, and here is zh-Hans"),
        (po, HEAD + '"X-CityPlus-Piece: @liege/profile\\n"\n', "of @liege/profile"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(kind: ModuleType, content: str, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        kind.read(content.encode(), original=OF, target="zh-Hans")


def test_a_po_file_in_another_encoding_than_it_says_is_refused() -> None:
    content = HEAD.encode() + 'msgctxt "a"\nmsgid "b"\nmsgstr "déjà"\n'.encode("latin-1")
    with pytest.raises(FileRefused, match="encoding"):
        po.read(content, original=OF, target="fr")


@pytest.mark.parametrize("encode", [lambda text: text.encode("utf-16"), lambda text: text.encode("utf-8-sig")])
def test_xliff_in_other_encodings_of_its_own_is_read(
    route: Route, thehague: City, encode: Callable[[str], bytes]
) -> None:
    content = translated(out(route, xliff), xliff, {"title": "去海边"}).decode()
    bare = content[content.index("?>") + 2 :]
    (edit,) = back(route, xliff, encode(bare)).edits
    assert edit.value["text"] == "去海边"


def test_texts_of_many_segments_are_put_together_again(route: Route) -> None:
    content = translated(out(route, xliff), xliff, {"title": "去海边"}).decode()
    parted = re.sub(
        r"去海边</target>\s*</segment>",
        '去</target></segment><segment state="initial"><source></source><target>海边</target></segment>',
        content,
    )
    assert parted != content
    (edit,) = back(route, xliff, parted.encode()).edits
    assert edit.value["text"] == "去海边"
