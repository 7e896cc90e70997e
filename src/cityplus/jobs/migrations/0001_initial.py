"""First tables of this room."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("args", models.JSONField(default=dict)),
                ("key", models.CharField(max_length=200, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("running", "running"), ("done", "done"), ("dead", "dead")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("priority", models.SmallIntegerField(default=5)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("run_after", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(null=True)),
                ("worker", models.CharField(blank=True, max_length=60)),
                ("error", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "priority", "id"], name="jobs_next")],
            },
        ),
    ]
