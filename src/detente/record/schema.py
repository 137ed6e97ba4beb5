"""The published JSON Schema of a record: one schema for each file of a dispute folder."""

from __future__ import annotations

from typing import Any


def record_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the parts of a record, by the name of the file without its ending."""
    from pydantic import TypeAdapter  # the models and the YAML reader are not needed to answer a question

    from detente.record.entries import Header
    from detente.record.folder import SECTIONS

    parts: dict[str, Any] = {"dispute": Header.model_json_schema(by_alias=True)}
    for name, model in SECTIONS.items():
        parts[name] = TypeAdapter(list[model]).json_schema(by_alias=True)  # type: ignore[valid-type]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A dispute folder, file by file",
        "type": "object",
        "properties": parts,
    }
