"""Files are looked up by their key: who may see one hangs on the media that it belongs to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="rendition",
            name="key",
            field=models.CharField(db_index=True, help_text="Key of the file in the store", max_length=200),
        ),
    ]
