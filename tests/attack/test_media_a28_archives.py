"""A28: archives that unpack without end. The tests are those of the reader itself, in ``cityplus.lib``; that all cases are there is
what is tested here."""

from __future__ import annotations

import pytest

from cityplus.lib.tests import test_archives

CASES = {
    "42.zip": "test_a_bomb_is_refused_before_it_is_unpacked",
    "a million entries": "test_a_million_entries_are_refused_before_they_are_read",
    "a link": "test_a_link_is_refused",
    "../": "test_a_name_that_leads_outside_is_refused",
    "nested": "test_an_archive_in_an_archive_stays_one_file",
    "lying sizes": "test_a_size_that_lies_is_found_while_unpacking",
}


@pytest.mark.parametrize("test", CASES.values(), ids=CASES.keys())
def test_a28_each_case_has_its_test(test: str) -> None:
    assert callable(getattr(test_archives, test))
