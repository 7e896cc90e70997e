"""First tables of this room."""

import cityplus.languages.fields
import cityplus.languages.text
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0002_pairs"),
        ("cities", "0006_admission"),
        ("media", "0005_found_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(choices=[("confirmed", "confirmed"), ("waiting", "waiting")], max_length=9)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "title",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "about",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("languages", models.JSONField(default=list)),
                ("capacity", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("name", cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                ("time_zone", models.CharField(help_text="IANA name", max_length=64)),
                (
                    "access",
                    cityplus.languages.fields.MultilingualField(
                        blank=True,
                        default=cityplus.languages.text.Text,
                        help_text="How one gets in without steps, hears and sees there",
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        blank=True, help_text="Address of the stream; a venue without a hall is online", max_length=300
                    ),
                ),
                ("capacity", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["place", "id"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("promotion", "promotion meeting"),
                            ("opening", "opening of a route"),
                            ("ceremony", "ceremony"),
                            ("festival", "festival"),
                            ("talk", "talk"),
                            ("exchange", "exchange"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("published", "published"),
                            ("held", "held"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                (
                    "title",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "story",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "bring",
                    cityplus.languages.fields.MultilingualField(
                        blank=True, default=cityplus.languages.text.Text, help_text="What to bring"
                    ),
                ),
                ("languages", models.JSONField(default=list, help_text="BCP 47 tags of those that are spoken")),
                (
                    "sectors",
                    models.JSONField(
                        default=list, help_text="Sections and divisions of ISIC of the companies that are wanted"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "opens_at",
                    models.DateTimeField(
                        blank=True, help_text="When registration opens; none: when published", null=True
                    ),
                ),
                (
                    "closes_at",
                    models.DateTimeField(
                        blank=True, help_text="When registration ends; none: when the event ends", null=True
                    ),
                ),
                (
                    "approval",
                    models.BooleanField(
                        default=False, help_text="Whether the organisers look at each registration first"
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, help_text="RFC 5545 SEQUENCE: grows with what calendars must hear of"
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
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
            ],
            options={
                "ordering": ["starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Organiser",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("asked_by", models.CharField(max_length=150)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("agreed_by", models.CharField(blank=True, max_length=150)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hosting", to="actors.actor"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hosting", to="events.event"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="organisers",
            field=models.ManyToManyField(related_name="events", through="events.Organiser", to="actors.actor"),
        ),
        migrations.CreateModel(
            name="Presenter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "names",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "title",
                    cityplus.languages.fields.MultilingualField(
                        blank=True, default=cityplus.languages.text.Text, help_text="Office or profession"
                    ),
                ),
                (
                    "about",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("languages", models.JSONField(default=list)),
                ("sample", models.BooleanField(default=False, help_text="Invented, for a sample network")),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="presenters",
                        to="cities.city",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "picture",
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
            name="Appearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(default=0)),
                (
                    "presenter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appearances", to="events.presenter"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(help_text="UI language of the letters", max_length=10)),
                (
                    "time_zone",
                    models.CharField(
                        blank=True, help_text="IANA name, for letters; none: that of the venue", max_length=64
                    ),
                ),
                (
                    "answers",
                    models.JSONField(
                        blank=True, default=dict, help_text="To the organisers' own questions, by their ids"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("waiting", "waiting"),
                            ("confirmed", "confirmed"),
                            ("cancelled", "cancelled"),
                            ("refused", "refused"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "digest",
                    models.CharField(help_text="SHA-256 of the token, in hexadecimal", max_length=64, unique=True),
                ),
                (
                    "consent_until",
                    models.DateField(
                        blank=True, help_text="Until when the organisers may keep what was said", null=True
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="registrations", to="events.event"
                    ),
                ),
            ],
        ),
    ]
