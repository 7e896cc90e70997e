"""Letters that wait to be sent; people are found by name or e-mail address."""

import django.utils.timezone
from django.db import migrations, models

import cityplus.people.models.person


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AlterModelManagers(
            name="person", managers=[("objects", cityplus.people.models.person.PersonManager())]
        ),
    ]
