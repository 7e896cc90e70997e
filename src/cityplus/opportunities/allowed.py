"""How often one may do what here. How many there are of each at one time stands with its model."""

from cityplus.limits import Limit

WRITING = Limit("opportunities.writing", 60, 3600)
"""Messages that a person writes in an hour, for a side or at a desk."""
BEGINNING = Limit("opportunities.beginning", 20, 24 * 3600)
"""Opportunities that an organisation answers in a day."""
DRAFTING = Limit("opportunities.drafting", 30, 24 * 3600)
"""Opportunities that are begun for a host in a day."""
TELLING = Limit("opportunities.telling", 30, 24 * 3600)
"""Outcomes that a person tells in a day."""
PROVING = Limit("opportunities.proving", 60, 24 * 3600)
"""Files that a person adds to outcomes in a day."""
