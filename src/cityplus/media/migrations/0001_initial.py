"""First tables of this room."""

import cityplus.languages.fields
import cityplus.languages.text
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Medium",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("picture", "Picture"), ("film", "Film"), ("sound", "Sound")], max_length=8
                    ),
                ),
                (
                    "name",
                    models.CharField(help_text="Where it lay in its pack, such as media/cover.svg", max_length=200),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("original", models.CharField(help_text="Key of the original in the store", max_length=200)),
                ("bytes", models.BigIntegerField()),
                ("content_type", models.CharField(max_length=60)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
                ("alt", cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text)),
                (
                    "title",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "transcript",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("credit", models.CharField(max_length=200)),
                ("licence", models.CharField(help_text="SPDX identifier, such as CC-BY-4.0", max_length=40)),
                ("colour", models.CharField(blank=True, help_text="Mean colour, as #rrggbb", max_length=7)),
                (
                    "first_paint",
                    models.TextField(
                        blank=True, help_text="A tiny WebP as a data address, seen until the picture is here"
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="media", to="actors.actor"
                    ),
                ),
                (
                    "poster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.medium",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Caption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[("author", "author"), ("machine", "machine"), ("reviewed", "reviewed")],
                        default="author",
                        max_length=10,
                    ),
                ),
                ("vtt", models.TextField()),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="captions", to="media.medium"
                    ),
                ),
            ],
            options={
                "ordering": ["language"],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_type", models.CharField(max_length=60)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("bytes", models.BigIntegerField()),
                ("key", models.CharField(help_text="Key of the file in the store", max_length=200)),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="renditions", to="media.medium"
                    ),
                ),
            ],
            options={
                "ordering": ["content_type", "width", "height"],
            },
        ),
        migrations.AddConstraint(
            model_name="medium",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="media_name_per_owner"),
        ),
        migrations.AddConstraint(
            model_name="caption",
            constraint=models.UniqueConstraint(fields=("medium", "language"), name="media_caption_language"),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.UniqueConstraint(fields=("medium", "key"), name="media_rendition_key"),
        ),
    ]
