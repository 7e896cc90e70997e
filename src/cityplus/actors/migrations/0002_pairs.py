"""Pairs can be followed; actors can be limited and gone; what is shown of them has a revision."""

import cityplus.actors.handles
from django.db import migrations, models

KINDS = [("city", "City"), ("person", "Person"), ("organisation", "Organisation"), ("pair", "Pair")]


class Migration(migrations.Migration):
    dependencies = [("actors", "0001_initial")]

    operations = [
        migrations.AlterField(
            "actor",
            "handle",
            models.CharField(max_length=61, unique=True, validators=[cityplus.actors.handles.check_handle]),
        ),
        migrations.AlterField("actor", "kind", models.CharField(choices=KINDS, max_length=12)),
        migrations.AddField("actor", "revision", models.PositiveIntegerField(default=1)),
        migrations.AddField("actor", "limited_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("actor", "gone_at", models.DateTimeField(blank=True, null=True)),
    ]
