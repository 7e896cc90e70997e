"""What tests of invitations share: the post, the office, a link out of a letter."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMultiAlternatives

from cityplus.people.models import Person
from cityplus.people.tests.conftest import postman

__all__ = ["postman"]


@pytest.fixture
def office(db: None) -> Person:
    """Somebody of the network office."""
    return Person.enrol("foundation", "office@example.org", "a long password", office=True)


def invitation_link(letter: EmailMultiAlternatives) -> str:
    """The path of the link in the letter of an invitation."""
    found = re.search(r"^https?://[^/\s]+(/\S*invitations/\S+/)$", str(letter.body), re.M)
    assert found, letter.body
    return found[1]
