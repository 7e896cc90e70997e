"""From plain text with a few marks to HTML that cannot hurt."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.languages.markup import ALLOWED, paragraphs


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("The sea.", "<p>The sea.</p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("The *great* sea, **really**", "<p>The <em>great</em> sea, <strong>really</strong></p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        (r"2 \* 3 \* 4", "<p>2 * 3 * 4</p>"),
        ("# no head", "<p># no head</p>"),
        ("- no list", "<p>- no list</p>"),
        ("`no code`", "<p>`no code`</p>"),
        ("![no](/picture.png)", '<p>!<a href="/picture.png" rel="nofollow noopener">no</a></p>'),
        ("", ""),
    ],
)
def test_marks(text: str, html: str) -> None:
    assert paragraphs(text).strip() == html


def test_a_link_leads_out_without_giving_anything_away() -> None:
    assert paragraphs("[here](https://example.org/?a=1&b=2)").strip() == (
        '<p><a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">here</a></p>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java\tscript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
    ],
)
def test_links_that_run_are_dead(address: str) -> None:
    html = paragraphs(f"[press]({address})")
    assert not re.search(r"""href\s*=\s*["']?\s*(javascript|vbscript|data|file|&#)""", html, re.I)


@pytest.mark.parametrize(
    "vector",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "<style>*{display:none}</style>",
        "<iframe src=//evil.example></iframe>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[x](https://a.example 'title\" onmouseover=\"alert(1)')",
        "<p style=position:fixed>over all</p>",
        "**<b onclick=alert(1)>bold</b>**",
        "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    ],
)
def test_what_would_run_is_shown_as_it_was_typed(vector: str) -> None:
    html = paragraphs(vector)
    assert set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", html)) <= ALLOWED
    for opened in re.findall(r"<[^>]*>", html):
        assert not re.search(r"\s(on\w+|style|src|title)\s*=", opened)


@given(st.text(alphabet=st.sampled_from("ab<>/\"'&;:()[]*_\\`#!\n =jsrcipt"), max_size=80))
def test_no_text_makes_other_tags(text: str) -> None:
    html = paragraphs(text)
    assert set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", html)) <= ALLOWED
    assert html == paragraphs(text)
    for opened in re.findall(r"<[a-z][^>]*>", html):
        assert re.fullmatch(r'<(p|em|strong|br)>|<a( href="[^"]*")? rel="nofollow noopener">', opened)
