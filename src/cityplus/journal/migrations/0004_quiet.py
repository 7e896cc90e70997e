"""Entries that change no page that is kept for everybody: a post, a favourite, a follow."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_trail_of_an_actor")]

    operations = [
        migrations.AddField("entry", "quiet", models.BooleanField(default=False)),
        migrations.AddIndex(
            "entry", models.Index(fields=["-id"], name="journal_loud", condition=models.Q(("quiet", False)))
        ),
    ]
