"""The sweeper remembers since when a file has no row."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0002_rendition_key_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Stray",
            fields=[
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
