"""A23: SVG and XML, of which none is taken from a stranger; and what a pack may carry of it is drawn within bounds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.attack.conftest import Said

from cityplus.media import pictures
from cityplus.media.bounds import Bounds
from cityplus.media.cage import Limits
from cityplus.media.errors import MediumError

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>'
DRAWINGS = {
    "harmless": SVG.format('<rect width="8" height="8"/>'),
    "script": SVG.format("<script>alert(1)</script>"),
    "foreign": SVG.format("<foreignObject><iframe/></foreignObject>"),
    "outside": SVG.format('<image href="http://127.0.0.1/x.png"/>'),
    "entity": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&x;</text>"),
    "laughs": '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + SVG.format("<text>&b;</text>"),
    "plain XML": '<?xml version="1.0"?><x/>',
}


@pytest.mark.parametrize("name", ["x.svg", "x.jpg", "x"])
@pytest.mark.parametrize("svg", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_a23_no_drawing_of_a_stranger_is_taken(refused: Callable[..., Said], svg: str, name: str) -> None:
    for data in (svg.encode(), svg.encode("utf-16")):
        said = refused(data, name, "image/svg+xml", status=415)
        assert "JPEG, PNG, WebP or HEIC" in said.sentence


def nested(levels: int) -> str:
    """A drawing of which each level shows the one below ten times, each time through a veil that needs a canvas of its own."""
    parts = ['<g id="g0"><rect width="8" height="8"/></g>']
    for level in range(1, levels + 1):
        parts.append(f'<g id="g{level}" opacity="0.9">' + f'<use href="#g{level - 1}" opacity="0.9"/>' * 10 + "</g>")
    return SVG.format(f'<defs>{"".join(parts)}</defs><use href="#g{levels}"/>')


@pytest.mark.parametrize("levels", [5, 9])
def test_a23_a_drawing_that_repeats_itself_without_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, levels: int
) -> None:
    monkeypatch.setattr(Bounds, "for_work", Limits(600_000_000, 10**8, seconds=60, processor=5))
    path = tmp_path / "drawing.svg"
    path.write_text(nested(1))
    assert pictures.draw(path, tmp_path, lambda *_: None).files
    path.write_text(nested(levels))
    with pytest.raises(MediumError, match=r"^drawing\.svg: it (needs more time or memory than we give|is damaged)"):
        pictures.draw(path, tmp_path, lambda *_: None)
