from django.db import migrations, models


class CreateKeyed(migrations.CreateModel):
    """A table that is nothing but its key and a few numbers. On SQLite it is stored in its key (WITHOUT ROWID): one tree
    to write instead of two."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "sqlite":
            return super().database_forwards(app_label, schema_editor, from_state, to_state)
        sql, params = schema_editor.table_sql(to_state.apps.get_model(app_label, self.name))
        schema_editor.execute(f"{sql} WITHOUT ROWID", params or None)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateKeyed(
            name="Day",
            fields=[
                ("kind", models.CharField(max_length=8)),
                ("ref", models.CharField(max_length=32)),
                ("language", models.CharField(max_length=12)),
                ("views", models.BigIntegerField()),
                ("visitors", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day", "kind", "ref", "language", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.IntegerField(help_text="Days since 1970")),
            ],
            options={
                "abstract": False,
            },
        ),
        CreateKeyed(
            name="Hour",
            fields=[
                ("kind", models.CharField(max_length=8)),
                ("ref", models.CharField(max_length=32)),
                ("language", models.CharField(max_length=12)),
                ("views", models.BigIntegerField()),
                ("visitors", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "hour", "kind", "ref", "language", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("hour", models.IntegerField(help_text="Hours since 1970")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Salt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.IntegerField(help_text="Days since 1970 in UTC; 0 when the salt is gone")),
                ("value", models.BinaryField()),
            ],
        ),
        CreateKeyed(
            name="Seen",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day", "visitor", "subject", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.IntegerField()),
                ("visitor", models.BigIntegerField()),
                ("subject", models.CharField(max_length=40)),
                ("at", models.BigIntegerField()),
            ],
        ),
        CreateKeyed(
            name="Total",
            fields=[
                ("kind", models.CharField(max_length=8)),
                ("ref", models.CharField(max_length=32)),
                ("language", models.CharField(max_length=12)),
                ("views", models.BigIntegerField()),
                ("visitors", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "language", "ref", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
