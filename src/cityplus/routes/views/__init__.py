from cityplus.routes.views.basemap import basemap
from cityplus.routes.views.booklet import route_booklet
from cityplus.routes.views.card import route_card, stop_card
from cityplus.routes.views.drafting import delivery, drafts
from cityplus.routes.views.files import route_file
from cityplus.routes.views.index import index
from cityplus.routes.views.route import route
from cityplus.routes.views.stop import stop

__all__ = [
    "basemap",
    "delivery",
    "drafts",
    "index",
    "route",
    "route_booklet",
    "route_card",
    "route_file",
    "stop",
    "stop_card",
]
