"""A shelf keeps what fits, and lets go of what nobody asked for longest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from cityplus.lib.shelf import Shelf


def test_what_nobody_asked_for_longest_goes_first() -> None:
    shelf: Shelf[str, int] = Shelf(3)
    for number, key in enumerate("abc"):
        shelf.put(key, number, 1)
    assert shelf.find("a") == {"a": 0}
    shelf.put("d", 3, 1)
    assert shelf.find("abcd") == {"a": 0, "c": 2, "d": 3}


def test_it_never_weighs_more_than_it_may() -> None:
    shelf: Shelf[str, int] = Shelf(10)
    shelf.put("a", 1, 6)
    shelf.put("a", 2, 4)
    assert (shelf.find("a"), shelf.weight) == ({"a": 2}, 4)
    shelf.put("b", 3, 11)
    assert (len(shelf), shelf.weight) == (1, 4)
    shelf.put("c", 4, 10)
    assert shelf.find("ac") == {"c": 4}


def test_many_use_it_at_a_time() -> None:
    shelf: Shelf[int, int] = Shelf(50)

    def use(number: int) -> None:
        shelf.put(number % 70, number, 1 + number % 3)
        shelf.find(range(70))

    with ThreadPoolExecutor(8) as people:
        list(people.map(use, range(4_000)))
    assert shelf.weight <= 50
    assert shelf.weight == sum(weight for _, weight in shelf._values.values())
