"""Indexes for networks of any size, and the languages of cities as rows."""

import django.db.models.deletion
from django.db import migrations, models


def speak(apps, schema_editor):
    city, spoken = apps.get_model("cities", "City"), apps.get_model("cities", "Spoken")
    rows = (
        spoken(city_id=pk, tag=tag)
        for pk, tags in city.objects.values_list("pk", "languages").iterator()
        for tag in dict.fromkeys(tags)
    )
    spoken.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0001_initial"),
        ("cities", "0002_initial"),
        ("media", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Spoken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tag", models.CharField(help_text="BCP 47", max_length=35)),
            ],
        ),
        migrations.AddIndex(
            model_name="city",
            index=models.Index(fields=["number", "stage"], name="cities_in_order"),
        ),
        migrations.AddIndex(
            model_name="city",
            index=models.Index(fields=["country", "number", "stage"], name="cities_of_country"),
        ),
        migrations.AddIndex(
            model_name="city",
            index=models.Index(fields=["-population", "id", "stage"], name="cities_largest"),
        ),
        migrations.AddIndex(
            model_name="city",
            index=models.Index(fields=["lat", "lon", "stage"], name="cities_north_south"),
        ),
        migrations.AddIndex(
            model_name="city",
            index=models.Index(fields=["lon", "stage"], name="cities_east_west"),
        ),
        migrations.AddIndex(
            model_name="strength",
            index=models.Index(fields=["section", "city"], name="cities_strong_in"),
        ),
        migrations.AddField(
            model_name="spoken",
            name="city",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="spoken", to="cities.city"
            ),
        ),
        migrations.AddConstraint(
            model_name="spoken",
            constraint=models.UniqueConstraint(fields=("tag", "city"), name="cities_spoken_once"),
        ),
        migrations.RunPython(speak, migrations.RunPython.noop, elidable=True),
    ]
