"""Django's ``migrate``, by the executor of the house."""

from __future__ import annotations

from django.core.management.commands import migrate

from cityplus.lib.migrating import Executor

migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]  # Django's command has no other door for it
Command = migrate.Command
