from cityplus.portal.views.about import about
from cityplus.portal.views.card import city_card, home_card
from cityplus.portal.views.city import city_page
from cityplus.portal.views.home import home
from cityplus.portal.views.machines import favicon, manifest, robots, security, sitemap, sitemap_part
from cityplus.portal.views.pulse import pulse

__all__ = [
    "about",
    "city_card",
    "city_page",
    "favicon",
    "home",
    "home_card",
    "manifest",
    "pulse",
    "robots",
    "security",
    "sitemap",
    "sitemap_part",
]
