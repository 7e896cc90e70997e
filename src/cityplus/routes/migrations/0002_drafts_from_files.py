"""Drafts may lack what only publishing needs; a route says where it came from; large files wait to be read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cities", "0002_initial"),
        ("routes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="route",
            name="credit",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="route",
            name="licence",
            field=models.CharField(blank=True, help_text="SPDX identifier, such as CC-BY-4.0", max_length=40),
        ),
        migrations.AddField(
            model_name="route",
            name="origin",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name="route",
            name="difficulty",
            field=models.CharField(
                blank=True, choices=[("easy", "Easy"), ("moderate", "Moderate"), ("hard", "Hard")], max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="route",
            name="minutes",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="route",
            name="theme",
            field=models.CharField(
                blank=True,
                choices=[
                    ("culture", "Culture"),
                    ("architecture", "Architecture"),
                    ("nature", "Nature"),
                    ("sea", "The sea"),
                    ("innovation", "Innovation"),
                    ("food", "Food"),
                    ("history", "History"),
                ],
                max_length=14,
            ),
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=150)),
                ("key", models.CharField(max_length=200)),
                ("wish", models.JSONField(default=dict)),
                ("language", models.CharField(default="en", help_text="In which the report is written", max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("drafted", "drafted"), ("refused", "refused")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("report", models.JSONField(default=dict)),
                ("problem", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="cities.city"
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="routes.route"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
            },
        ),
    ]
