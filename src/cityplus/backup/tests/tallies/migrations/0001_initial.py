from django.db import migrations, models


def tables(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(
        f"CREATE TABLE tally (day text, visitor bigint, seen {'blob' if sqlite else 'bytea'}, PRIMARY KEY (day, visitor))"
    )
    schema_editor.execute(
        "CREATE VIRTUAL TABLE tallies_words USING fts5(word)" if sqlite else "CREATE TABLE tallies_words (word text)"
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [("jobs", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Odd",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, unique=True)),
                ("day", models.DateField(null=True)),
                ("hour", models.TimeField(null=True)),
                ("moment", models.DateTimeField(null=True)),
                ("blob", models.BinaryField(null=True)),
                ("price", models.DecimalField(max_digits=20, decimal_places=6, null=True)),
                ("lasts", models.DurationField(null=True)),
                ("address", models.GenericIPAddressField(null=True)),
                ("true", models.BooleanField(null=True)),
                ("big", models.BigIntegerField(null=True)),
                ("real", models.FloatField(null=True)),
                ("data", models.JSONField(null=True)),
                ("friends", models.ManyToManyField(to="tallies.odd")),
            ],
        ),
        migrations.RunPython(tables, migrations.RunPython.noop),
    ]
