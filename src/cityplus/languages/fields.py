"""The model field that holds a :class:`~cityplus.languages.text.Text`, as JSON on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.fields.json import KeyTransform

from cityplus.languages.tags import LanguageError
from cityplus.languages.text import Text

if TYPE_CHECKING:
    _Json = models.JSONField[Text, Text]
else:
    _Json = models.JSONField


class MultilingualField(_Json):
    """A text in several languages. Never null: a text nobody wrote is an empty ``Text``, which is false."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """A text; of a query for a part of it (``values("names__original")``) that part as it is."""
        stored = super().from_db_value(value, expression, connection)
        return stored if isinstance(expression, KeyTransform) else Text.from_json(stored)

    def to_python(self, value: Any) -> Text:
        try:
            return value if isinstance(value, Text) else Text.from_json(value)
        except LanguageError as error:
            raise ValidationError(str(error)) from None

    def validate(self, value: Text, model_instance: models.Model | None) -> None:
        super().validate(value.as_json() if value else {}, model_instance)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.as_json() if isinstance(value, Text) else value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return super().get_db_prep_value(value.as_json() if isinstance(value, Text) else value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        value: Text = self.value_from_object(obj)
        return value.as_json()
