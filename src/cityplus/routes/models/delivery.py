from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.urls import reverse

from cityplus import jobs
from cityplus.cities.models import City
from cityplus.lib.lifecycle import LifeCycle
from cityplus.routes.models.route import Route


class Delivery(models.Model):
    """A file that was sent in to become a draft and is too large to be read while its sender waits; or one of any size whose stops
    go ``into`` the draft of a route that there is.

    ``key`` is where the file lies until it is read, empty where it was read at once; ``wish`` what the sender says of it;
    ``report`` what became of it, ``problem`` the sentence that says why nothing did.
    """

    LIFE = LifeCycle("""
        waiting -> drafted
        waiting -> refused
    """)

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="deliveries")
    by = models.CharField(max_length=150)
    key = models.CharField(max_length=200, blank=True)
    wish = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="en", help_text="In which the report is written")
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    percent = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    route = models.ForeignKey(Route, null=True, on_delete=models.SET_NULL, related_name="+")
    into = models.ForeignKey(Route, null=True, on_delete=models.CASCADE, related_name="deliveries")
    report = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.wish.get('name', '')} for {self.city} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("routes:delivery", args=[self.city.handle, self.pk])

    @classmethod
    def receive(
        cls, city: City, key: str, wish: dict[str, Any], *, by: str, language: str, into: Route | None = None
    ) -> Delivery:
        """Take a file that lies in the store under ``key``, and have the worker read it; without a key its taker does at once."""
        with transaction.atomic():
            delivery = cls.objects.create(city=city, key=key, wish=wish, by=by, language=language, into=into)
            if key:
                jobs.enqueue("routes.draft", key=str(delivery.pk), priority=4, delivery=delivery.pk)
        return delivery

    def progress(self, percent: int, rows: int) -> None:
        """Say how far the reading is."""
        Delivery.objects.filter(pk=self.pk, state="waiting").update(percent=percent, rows=rows)

    def end(self, state: str, **facts: Any) -> None:
        """Say what became of it, in the transaction of what was written; a delivery that has ended stays as it is.

        Raises:
            LifeCycleError: it has ended already, by another worker.
        """
        with transaction.atomic():
            delivery = Delivery.objects.select_for_update(no_key=True).get(pk=self.pk)
            self.LIFE.check(delivery.state, state)
            for name, value in {"state": state, "percent": 100, **facts}.items():
                setattr(delivery, name, value)
            delivery.save()
