"""A small authored format, with one of everything that the real ones use."""

from enum import Enum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from scenarios.source import SourceError, loads


class Toy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Mood(Enum):
    CALM = "calm"
    ANGRY = "angry"


class Persona(Toy):
    name: str = Field(max_length=12)
    followers: int = Field(0, ge=0)
    mood: Mood = Mood.CALM
    verified: bool = False


class Say(Toy):
    kind: Literal["say"]
    say: str
    by: str = Field("", alias="from")


class Surge(Toy):
    kind: Literal["surge"]
    rate: float = Field(gt=0, le=10)
    tags: tuple[str, ...] = Field((), max_length=2)


class Play(Toy):
    title: str
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", examples=["lost-luggage"])] = "toy"
    size: Literal["small", "medium", "large"] = "small"
    cast: dict[str, Persona] = {}
    beats: tuple[Annotated[Say | Surge, Field(discriminator="kind")], ...] = ()
    finale: Annotated[Say | Surge, Field(discriminator="kind")] | None = None
    after: int | list[Persona] | Persona = 0
    shares: dict[Literal["fan", "troll"], float] = {}
    inner: "Play | None" = None
    pair: tuple[int, str] = (1, "a")
    old_name: str = ""
    crew: tuple[Persona, ...] = Field((), min_length=2)
    motto: str = Field("x", min_length=1)

    @field_validator("title")
    @classmethod
    def _no_shouting(cls, title: str) -> str:
        if title.isupper():
            raise ValueError(f"a title does not shout, write {title.title()!r}")
        return title

    @model_validator(mode="after")
    def _not_too_many(self) -> "Play":
        if len(self.cast) > 3:
            raise ValueError("a toy has a cast of three at most")
        return self


def play(text: str | bytes) -> Play:
    return loads(text, "toy.yaml", Play).value


def problems(text: str | bytes, model: type[BaseModel] = Play) -> list[str]:
    """What is wrong with a text, each as `line:column: message`."""
    with pytest.raises(SourceError) as caught:
        loads(text, "toy.yaml", model)
    assert list(caught.value.problems) == sorted(caught.value.problems)
    return [str(problem).removeprefix("toy.yaml:") for problem in caught.value.problems]
