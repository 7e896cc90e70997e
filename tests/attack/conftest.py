"""Attacks on the door have the cast of the room that keeps it."""

from __future__ import annotations

from cityplus.people.tests.conftest import anna, at_home, bram, postman, with_app

__all__ = ["anna", "at_home", "bram", "postman", "with_app"]
