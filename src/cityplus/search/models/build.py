from django.db import models


class Build(models.Model):
    """Which tokenizer the index in use was made by. There is one row, or none before the first build."""

    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"index of tokenizer {self.version}"
