"""The table of what flows, where the first migration ran before there was one."""

from django.db import migrations

from cityplus.search.engines import FLOW, engine


def create(apps, schema_editor):
    if FLOW not in schema_editor.connection.introspection.table_names():
        engine().create_sets([FLOW])
        if schema_editor.connection.vendor == "postgresql":
            engine().index(only=FLOW)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
