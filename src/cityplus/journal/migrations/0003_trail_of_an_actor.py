"""An index by which the entries of one actor are read from the newest on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_found_by_subject"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="handle",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["handle", "-id"], name="journal_of_handle"),
        ),
    ]
