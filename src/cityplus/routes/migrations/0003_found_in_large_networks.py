"""Indexes by which the newest routes are found among many."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cities", "0003_found_in_large_networks"),
        ("media", "0001_initial"),
        ("routes", "0002_drafts_from_files"),
    ]

    operations = [
        migrations.AlterField(
            model_name="stop",
            name="route",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="stops", to="routes.route"
            ),
        ),
        migrations.AddIndex(
            model_name="route",
            index=models.Index(fields=["-published_at", "-id", "state"], name="routes_newest"),
        ),
        migrations.AddIndex(
            model_name="route",
            index=models.Index(fields=["city", "-published_at", "-id", "state"], name="routes_newest_of_city"),
        ),
    ]
