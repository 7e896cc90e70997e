from cityplus.limits.models.tally import Tally

__all__ = ["Tally"]
