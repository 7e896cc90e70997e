"""Indexes by which ties are listed a page at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cities", "0003_found_in_large_networks"),
        ("ties", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="tie",
            index=models.Index(fields=["since", "id", "state"], name="ties_oldest"),
        ),
        migrations.AddIndex(
            model_name="tie",
            index=models.Index(fields=["-accepted_at", "-id", "state"], name="ties_newest"),
        ),
    ]
