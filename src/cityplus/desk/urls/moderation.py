from cityplus.desk.views.moderation import at_desk
from cityplus.moderation.queue.urls import DESK, addresses

urlpatterns = addresses("@<handle:handle>/moderation/", DESK, at_desk)
