"""The media library: uploads in pieces, focal points, and what a medium is found by."""

import cityplus.media.models.upload
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0001_initial"),
        ("media", "0003_stray"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("medium", "focal_x", models.FloatField(default=0.5)),
        migrations.AddField("medium", "focal_y", models.FloatField(default=0.5)),
        migrations.AddField(
            "medium",
            "found_by",
            models.TextField(
                blank=True, editable=False, help_text="Name and words in small letters, for looking it up"
            ),
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=cityplus.media.models.upload.new_id,
                        editable=False,
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("size", models.BigIntegerField()),
                ("offset", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("receiving", "receiving"),
                            ("joining", "joining"),
                            ("done", "done"),
                            ("refused", "refused"),
                            ("expired", "expired"),
                        ],
                        default="receiving",
                        max_length=10,
                    ),
                ),
                ("credit", models.CharField(blank=True, max_length=200)),
                ("licence", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(default="en", max_length=10)),
                ("problem", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "medium",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.medium",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to="actors.actor"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replacements",
                        to="media.medium",
                    ),
                ),
            ],
            options={"ordering": ["-made_at", "id"]},
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("key", models.CharField(max_length=200, unique=True)),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="media.upload"
                    ),
                ),
            ],
            options={
                "ordering": ["start"],
                "constraints": [models.UniqueConstraint(fields=("upload", "start"), name="media_piece_start")],
            },
        ),
    ]
