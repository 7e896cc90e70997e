"""A letter may bring what belongs into a calendar."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_letter_headers")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="calendar",
            field=models.TextField(
                blank=True, help_text="iCalendar that comes with it; its METHOD is said in the type of the part"
            ),
        ),
    ]
