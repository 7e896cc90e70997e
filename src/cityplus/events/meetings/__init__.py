"""Meetings of organisations at an event: suggestions, wishes, the run that proposes a timetable, and its publication.

docs/matching.md tells the rules in words; they stand in ``lib.matching`` and ``lib.slots``.
"""
