"""First tables of this room."""

import cityplus.languages.fields
import cityplus.languages.text
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cities", "0001_initial"),
        ("media", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Route",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("withdrawn", "withdrawn")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "title",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "summary",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "theme",
                    models.CharField(
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
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("walk", "On foot"),
                            ("cycle", "By bicycle"),
                            ("drive", "By car"),
                            ("transit", "By public transport"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "difficulty",
                    models.CharField(
                        choices=[("easy", "Easy"), ("moderate", "Moderate"), ("hard", "Hard")], max_length=10
                    ),
                ),
                ("minutes", models.PositiveIntegerField()),
                (
                    "step_free",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "season",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "best_time",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("sources", models.JSONField(blank=True, default=list)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="routes", to="cities.city"
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.medium",
                    ),
                ),
                (
                    "film",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.medium",
                    ),
                ),
            ],
            options={
                "ordering": ["city", "id"],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("slug", models.SlugField(max_length=80)),
                (
                    "title",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("address", models.CharField(blank=True, max_length=300)),
                ("address_language", models.CharField(blank=True, max_length=20)),
                (
                    "story",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "look_for",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "access",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "step_free",
                    models.CharField(
                        choices=[
                            ("full", "Step-free"),
                            ("partial", "Partly step-free"),
                            ("none", "Steps"),
                            ("unknown", "Step-free access not known"),
                        ],
                        default="unknown",
                        max_length=8,
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=0)),
                ("opening_hours", models.CharField(blank=True, max_length=200)),
                ("website", models.URLField(blank=True)),
                (
                    "leg_mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("walk", "On foot"),
                            ("cycle", "By bicycle"),
                            ("drive", "By car"),
                            ("transit", "By public transport"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "leg_note",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("leg_track", models.JSONField(blank=True, default=list)),
                ("sources", models.JSONField(blank=True, default=list)),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stops", to="routes.route"
                    ),
                ),
            ],
            options={
                "ordering": ["route", "number"],
            },
        ),
        migrations.CreateModel(
            name="StopMedium",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(blank=True, max_length=12)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="media.medium"
                    ),
                ),
                (
                    "stop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="routes.stop"
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
            },
        ),
        migrations.AddField(
            model_name="stop",
            name="media",
            field=models.ManyToManyField(related_name="stops", through="routes.StopMedium", to="media.medium"),
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.UniqueConstraint(fields=("city", "slug"), name="routes_slug_per_city"),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.UniqueConstraint(fields=("route", "number"), name="routes_stop_number"),
        ),
    ]
