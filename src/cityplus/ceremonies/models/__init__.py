from cityplus.ceremonies.models.beats import Beats
from cityplus.ceremonies.models.ceremony import Ceremony, NotNow
from cityplus.ceremonies.models.guest import Guest, Item
from cityplus.ceremonies.models.picture import Picture
from cityplus.ceremonies.models.run import Run
from cityplus.ceremonies.models.taking import Taking
from cityplus.ceremonies.models.wiping import Wiping

from cityplus.ceremonies.models.palm import Palm, Step  # isort: skip - they belong to runs

__all__ = ["Beats", "Ceremony", "Guest", "Item", "NotNow", "Palm", "Picture", "Run", "Step", "Taking", "Wiping"]
