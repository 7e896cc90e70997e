"""What only browsers read; at the root, for a worker sees no more than what lies beside it."""

from django.urls import path

from cityplus.notifications.views import worker

urlpatterns = [path("notices-worker.js", worker.script, name="notices-worker")]
