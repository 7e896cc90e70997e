"""Limits: how often somebody may do something, counted exactly, whatever the number of processes and machines.

Words: a **limit** is a number of times in a period that begins with the first time; a **count** is a limit for one key (a
network, a person, both); who takes one time too many gets :class:`TooMany`, which says for how long. Pages answer it with 429.
"""

from cityplus.limits.counting import Count, Limit, Taken, TooMany, take, take_along
from cityplus.limits.visitors import address, network

__all__ = ["Count", "Limit", "Taken", "TooMany", "address", "network", "take", "take_along"]
