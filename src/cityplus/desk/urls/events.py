from cityplus.desk.views.events import at_desk
from cityplus.events.planning.urls import addresses

urlpatterns = addresses("@<handle:handle>/events/", at_desk)
