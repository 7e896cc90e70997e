"""First tables of this room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Cursor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subscriber", models.CharField(max_length=120, unique=True)),
                ("last_id", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("handle", models.CharField(blank=True, db_index=True, max_length=40)),
                ("by", models.CharField(blank=True, max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("public", models.BooleanField(default=False)),
                ("data", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["public", "-id"], name="journal_public")],
            },
        ),
    ]
