"""What media are found by, for those that are there."""

from django.db import migrations


def fill(apps, editor):
    """As ``Medium.save`` writes it."""
    media = apps.get_model("media", "Medium").objects.using(editor.connection.alias)
    for medium in media.iterator():
        texts = [version.text for text in (medium.alt, medium.title) for version in text.versions.values()]
        media.filter(pk=medium.pk).update(found_by="\n".join([medium.name, *sorted(texts)]).casefold())


class Migration(migrations.Migration):
    dependencies = [("media", "0004_library")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
