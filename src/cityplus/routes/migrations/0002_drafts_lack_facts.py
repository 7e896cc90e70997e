"""Drafts may lack what only publishing needs; a route says whose its words are, and from which file it came."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
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
    ]
