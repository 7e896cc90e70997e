"""Notices of this room: its kinds, and who is told."""

from cityplus.social.notices import telling  # noqa: F401 - it follows the journal
from cityplus.social.notices.kinds import plug

__all__ = ["plug"]
