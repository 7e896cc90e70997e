"""An index by which the entries about one thing are found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["subject", "subject_id", "-id"], name="journal_of_subject"),
        ),
    ]
