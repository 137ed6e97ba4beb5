"""The published JSON Schema of each answer."""

from __future__ import annotations

from typing import Any

from detente.questions.answers import (
    AcceptAnswer,
    Answer,
    AverageAnswer,
    AveragesAnswer,
    Check,
    Comply,
    DutyAnswer,
    PanelAnswer,
    PlayAnswer,
    ReadAnswer,
    SolveAnswer,
    Status,
    TalkAnswer,
    Tension,
    Timeline,
    WorldCheckAnswer,
    WorldList,
    WorldShow,
)

_ANSWERS: dict[str, type[Answer]] = {
    "status": Status,
    "timeline": Timeline,
    "check": Check,
    "comply": Comply,
    "duty": DutyAnswer,
    "average": AverageAnswer,
    "averages": AveragesAnswer,
    "panel": PanelAnswer,
    "play": PlayAnswer,
    "read": ReadAnswer,
    "accept": AcceptAnswer,
    "solve": SolveAnswer,
    "talk": TalkAnswer,
    "tension": Tension,
    "world list": WorldList,
    "world show": WorldShow,
    "world check": WorldCheckAnswer,
}


def schema_of(command: str) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what `detente COMMAND --json` prints."""
    from pydantic import TypeAdapter  # only for the schema: answering a question does without

    answer = _ANSWERS[command] if command in _ANSWERS else _picture()
    schema = TypeAdapter(answer).json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _picture() -> type[Answer]:
    from detente.questions.pictures import Picture  # brings arrays and the economy

    return Picture
