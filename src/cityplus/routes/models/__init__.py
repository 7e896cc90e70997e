from cityplus.routes.models.route import Route
from cityplus.routes.models.stop import Stop, StopMedium

__all__ = ["Route", "Stop", "StopMedium"]
