"""First tables of this room."""

import cityplus.actors.handles
import cityplus.languages.fields
import cityplus.languages.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Actor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "handle",
                    models.CharField(max_length=30, unique=True, validators=[cityplus.actors.handles.check_handle]),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("city", "City"), ("person", "Person"), ("organisation", "Organisation")],
                        max_length=12,
                    ),
                ),
                (
                    "names",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
