"""A letter may bring heads of its own, such as that by which one ends it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_letter")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="headers",
            field=models.JSONField(
                blank=True, default=dict, help_text="more heads of the letter, such as List-Unsubscribe"
            ),
        ),
    ]
