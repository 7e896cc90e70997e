"""Sealing pushes: by the example of RFC 8291, and opened by a browser that was written beside it."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from hypothesis import given
from hypothesis import strategies as st

from cityplus.notifications.push.sealing import LONGEST, SealError, decode, encode, seal
from cityplus.notifications.tests.push_service import BrowserKeys

MESSAGE = b"When I grow up, I want to be a watermelon"
AS_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
UA_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
UA_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
"""Section 5 of RFC 8291, with the values of its appendix A."""


def test_the_example_of_the_standard_byte_by_byte() -> None:
    private = derive_private_key(int.from_bytes(decode(AS_PRIVATE), "big"), SECP256R1())
    assert encode(seal(MESSAGE, UA_PUBLIC, AUTH, private=private, salt=decode(SALT))) == SEALED


def test_the_browser_of_these_tests_opens_the_example_too() -> None:
    browser = BrowserKeys()
    browser.private = derive_private_key(int.from_bytes(decode(UA_PRIVATE), "big"), SECP256R1())
    browser.point, browser.auth = decode(UA_PUBLIC), decode(AUTH)
    assert browser.open(decode(SEALED)) == MESSAGE


@given(st.binary(max_size=LONGEST))
def test_what_is_sealed_is_opened_by_its_browser_alone(message: bytes) -> None:
    mine, other = BrowserKeys(), BrowserKeys()
    body = seal(message, *mine.pair)
    assert len(body) <= 4096
    assert mine.open(body).rstrip(b"\0") == message.rstrip(b"\0")
    with pytest.raises(InvalidTag):
        other.open(body)


def test_no_two_are_alike() -> None:
    browser = BrowserKeys()
    assert seal(b"x", *browser.pair) != seal(b"x", *browser.pair)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (UA_PUBLIC, ""),
        (UA_PUBLIC[:-4], AUTH),
        ("A" * 87, AUTH),
        (encode(b"\4" + b"\1" * 64), AUTH),
        (UA_PUBLIC, "AAAA"),
        ("é", AUTH),
    ],
)
def test_keys_that_are_none_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(SealError):
        seal(b"x", p256dh, auth)


def test_a_message_that_no_service_carries_is_refused() -> None:
    with pytest.raises(SealError, match="at most 3993"):
        seal(b"x" * (LONGEST + 1), *BrowserKeys().pair)
