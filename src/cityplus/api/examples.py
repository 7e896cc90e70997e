"""Example answers, made from a schema: each field has an example of its own, and these make the whole."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def example(schema: Json, schemas: Json) -> Any:
    """A value that this schema describes. What may be null is shown with a value; ``schemas`` holds what is referred to.

    Raises:
        ValueError: a plain field has no example.
    """
    if "$ref" in schema and "examples" not in schema:
        return example(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "examples" in schema:
        return schema["examples"][0]
    if "anyOf" in schema:
        return example(next(part for part in schema["anyOf"] if part.get("type") != "null"), schemas)
    if schema.get("type") == "object":
        return {name: example(part, schemas) for name, part in schema["properties"].items() if _always(name, schema)}
    if schema.get("type") == "array":
        return [example(schema["items"], schemas)] * schema.get("minItems", 1)
    raise ValueError(f"{schema.get('title', schema)} has no example")


def _always(name: str, schema: Json) -> bool:
    """Whether every answer has it: what one must ask for is shown where it is described."""
    return name in schema.get("required", [])
