"""The timeline of one language, however rare, is found in an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("social", "0004_people")]

    operations = [
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["language", "-id"], name="social_entries_spoken", condition=models.Q(("listed", True))
            ),
        ),
    ]
