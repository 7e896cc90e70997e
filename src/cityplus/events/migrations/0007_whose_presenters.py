import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0002_pairs"),
        ("events", "0006_diary"),
    ]

    operations = [
        migrations.AddField(
            model_name="presenter",
            name="introduced_for",
            field=models.ForeignKey(
                blank=True,
                help_text="The organisation of the city that introduced them, and may write of them; none: the city alone",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="actors.actor",
            ),
        ),
    ]
