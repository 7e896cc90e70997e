"""Invitations of delegates, languages as rows, and what a city said."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "owner"), ("editor", "editor"), ("representative", "representative")],
                        max_length=14,
                    ),
                ),
                ("language", models.CharField(help_text="UI language of the letter", max_length=10)),
                (
                    "digest",
                    models.CharField(help_text="SHA-256 of the token, in hexadecimal", max_length=64, unique=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "sent"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("revoked", "revoked"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                ("sent_by", models.CharField(max_length=150)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Tongue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tag", models.CharField(help_text="BCP 47", max_length=35)),
            ],
        ),
        migrations.AddField(
            model_name="organisation",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["code", "organisation"], name="organisations_in_division"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="tongue",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tongues", to="organisations.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "sent")),
                fields=("organisation", "email"),
                name="organisations_one_open_invitation",
            ),
        ),
        migrations.AddConstraint(
            model_name="tongue",
            constraint=models.UniqueConstraint(fields=("tag", "organisation"), name="organisations_tongue_once"),
        ),
    ]
