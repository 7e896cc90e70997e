"""First tables of this room."""

import cityplus.languages.fields
import cityplus.languages.text
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0001_initial"),
        ("media", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(max_length=10)),
                (
                    "on",
                    models.CharField(blank=True, help_text="ISO date of the city, empty when not known", max_length=10),
                ),
                ("by", models.CharField(max_length=150)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Strength",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("A", "A"),
                            ("B", "B"),
                            ("C", "C"),
                            ("D", "D"),
                            ("E", "E"),
                            ("F", "F"),
                            ("G", "G"),
                            ("H", "H"),
                            ("I", "I"),
                            ("J", "J"),
                            ("K", "K"),
                            ("L", "L"),
                            ("M", "M"),
                            ("N", "N"),
                            ("O", "O"),
                            ("P", "P"),
                            ("Q", "Q"),
                            ("R", "R"),
                            ("S", "S"),
                            ("T", "T"),
                            ("U", "U"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "sentence",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "strengths",
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="City",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveIntegerField(
                        blank=True, help_text="Member number, given at launch", null=True, unique=True
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("preparing", "preparing"),
                            ("ready", "ready"),
                            ("launched", "launched"),
                            ("dormant", "dormant"),
                        ],
                        default="invited",
                        max_length=10,
                    ),
                ),
                ("country", models.CharField(help_text="ISO 3166-1 alpha-2", max_length=2)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("time_zone", models.CharField(help_text="IANA name", max_length=64)),
                ("population", models.PositiveIntegerField(default=0)),
                ("population_year", models.PositiveSmallIntegerField(default=0)),
                (
                    "population_scope",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("city", "the city proper"),
                            ("municipality", "the municipality"),
                            ("metropolis", "the metropolitan area"),
                            ("region", "the wider region"),
                        ],
                        max_length=12,
                    ),
                ),
                ("population_source", models.CharField(blank=True, max_length=200)),
                ("languages", models.JSONField(default=list)),
                ("hue", models.PositiveSmallIntegerField(default=75, help_text="The city's own light, 0 to 359")),
                (
                    "tagline",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                (
                    "profile",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("sources", models.JSONField(blank=True, default=list)),
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="city", to="actors.actor"
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
            ],
            options={
                "verbose_name_plural": "cities",
                "ordering": ["number", "id"],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("website", "Website"),
                            ("email", "Email"),
                            ("phone", "Phone"),
                            ("address", "Address"),
                        ],
                        max_length=8,
                    ),
                ),
                ("value", models.CharField(max_length=300)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="cities.city"
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "owner"),
                            ("editor", "editor"),
                            ("translator", "translator"),
                            ("presenter", "presenter"),
                            ("analyst", "analyst"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="team", to="cities.city"
                    ),
                ),
            ],
        ),
    ]
