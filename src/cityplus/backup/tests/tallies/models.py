from django.db import models


class Odd(models.Model):
    """A column of every kind that Django has and both engines know."""

    key = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100, unique=True)
    day = models.DateField(null=True)
    hour = models.TimeField(null=True)
    moment = models.DateTimeField(null=True)
    blob = models.BinaryField(null=True)
    price = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    lasts = models.DurationField(null=True)
    address = models.GenericIPAddressField(null=True)
    true = models.BooleanField(null=True)
    big = models.BigIntegerField(null=True)
    real = models.FloatField(null=True)
    data = models.JSONField(null=True)
    friends = models.ManyToManyField("self")

    def __str__(self) -> str:
        return self.name
