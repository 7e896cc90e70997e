from cityplus.pulse.models.salt import Salt
from cityplus.pulse.models.seen import Seen
from cityplus.pulse.models.tally import Day, Hour, Total

__all__ = ["Day", "Hour", "Salt", "Seen", "Total"]
