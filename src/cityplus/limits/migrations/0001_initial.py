"""First tables of this room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("times", models.PositiveIntegerField()),
                ("ends", models.BigIntegerField(db_index=True, help_text="milliseconds since 1970")),
            ],
        ),
    ]
