"""First tables of this room. Those of the engine are no models, for a rebuild exchanges them."""

from django.db import migrations, models

from cityplus.search.engines import engine


def create(apps, schema_editor):
    engine().create()
    engine().index()


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Build",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
