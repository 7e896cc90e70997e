from cityplus.routes.views.basemap import basemap
from cityplus.routes.views.card import route_card, stop_card
from cityplus.routes.views.index import index
from cityplus.routes.views.route import route
from cityplus.routes.views.stop import stop

__all__ = ["basemap", "index", "route", "route_card", "stop", "stop_card"]
