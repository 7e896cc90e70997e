from cityplus.ties.models.tie import Tie

__all__ = ["Tie"]
