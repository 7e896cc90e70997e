"""Each new letter takes those away that are too old to be of use: it finds them without reading all that wait."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_letter_calendar")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="written_at",
            field=models.DateTimeField(db_index=True, default=django.utils.timezone.now),
        ),
    ]
