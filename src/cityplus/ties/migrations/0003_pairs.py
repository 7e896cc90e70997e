"""Accepted ties get their pair as an actor."""

from django.db import migrations


def found(apps, schema_editor):
    actors, ties = apps.get_model("actors", "Actor"), apps.get_model("ties", "Tie")
    for tie in ties.objects.filter(state="accepted").select_related("first__actor", "second__actor"):
        one, other = tie.first.actor, tie.second.actor
        handle = f"{one.handle}+{other.handle}"
        if actors.objects.filter(handle=handle).exists():
            continue
        tags = dict.fromkeys([*one.names.languages, *other.names.languages])
        words = {tag: f"{one.names.in_language(tag)} · {other.names.in_language(tag)}" for tag in tags}
        versions = {tag: {"text": text, "state": "machine"} for tag, text in words.items()}
        actors.objects.create(handle=handle, kind="pair", names={"original": one.names.original, "versions": versions})


class Migration(migrations.Migration):
    dependencies = [("ties", "0002_found_in_large_networks"), ("actors", "0002_pairs")]

    operations = [migrations.RunPython(found, migrations.RunPython.noop)]
