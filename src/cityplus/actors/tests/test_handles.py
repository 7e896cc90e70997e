"""Handles: the names of actors in addresses."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cityplus.actors.handles import RESERVED, check_handle

NINE = ["shenzhen", "sharjah", "tsukuba", "liege", "plovdiv", "capetown", "brisbane", "seattle", "thehague"]


@pytest.mark.parametrize("handle", [*NINE, "ab", "a1", "port_elizabeth", "a" * 30])
def test_good_handles(handle: str) -> None:
    check_handle(handle)


@pytest.mark.parametrize(
    "handle",
    ["", "a", "a" * 31, "TheHague", "the-hague", "1stcity", "_city", "den haag", "köln", "海牙", "city\n", "а1"],
)
def test_bad_handles(handle: str) -> None:
    with pytest.raises(ValidationError, match="2 to 30 small letters"):
        check_handle(handle)


@pytest.mark.parametrize("handle", sorted(RESERVED))
def test_reserved_handles(handle: str) -> None:
    with pytest.raises(ValidationError, match=f"The handle {handle} is reserved"):
        check_handle(handle)


@given(st.from_regex(r"[a-z][a-z0-9_]{1,29}", fullmatch=True))
def test_every_good_handle_can_stand_in_an_address(handle: str) -> None:
    assert reverse("actors:page", args=[handle]) == f"/@{handle}/"
