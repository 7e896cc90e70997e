from cityplus.drafts.errors import NotReady
from cityplus.routes.models.delivery import Delivery
from cityplus.routes.models.gaps import gaps
from cityplus.routes.models.route import Mode, Route
from cityplus.routes.models.stop import Stop, StopMedium

__all__ = ["Delivery", "Mode", "NotReady", "Route", "Stop", "StopMedium", "gaps"]
