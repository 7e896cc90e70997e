"""What tells which is the newer: hours before an event was moved, revisions of registrations, codes of tickets that were replaced."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_doors")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="was_at",
            field=models.DateTimeField(
                blank=True, help_text="When it was to begin, if it was moved once public", null=True
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="revision",
            field=models.PositiveIntegerField(
                default=0, help_text="Of its entry in calendars; added to the event's sequence"
            ),
        ),
        migrations.CreateModel(
            name="OldCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.CharField(help_text="128 bits of the SHA-256 of the code", max_length=32, unique=True),
                ),
                ("ended_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="old_codes",
                        to="events.registration",
                    ),
                ),
            ],
        ),
    ]
