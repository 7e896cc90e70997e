from django.db import models


class Cursor(models.Model):
    """How far one subscriber has read."""

    subscriber = models.CharField(max_length=120, unique=True)
    last_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.subscriber} at {self.last_id}"
