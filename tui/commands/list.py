"""`stormdrill list`: what there is to play."""

from __future__ import annotations

from tui.commands.speech import Json, print_json


def list_(as_json: Json = False) -> None:
    """Drills, with their level, length and people."""
    from drills import library, shelf
    from scenarios import library as scenarios

    found = shelf.drills()
    if as_json:
        print_json(
            {
                "drills": [
                    {
                        "id": drill.id,
                        "title": drill.title,
                        "blurb": drill.file.blurb,
                        "level": drill.file.length,
                        "real_minutes": drill.real_minutes,
                        "people": drill.file.people,
                        "seats": list(drill.file.seats),
                        "scenario": drill.file.scenario,
                        "plan": drill.file.plan,
                        "content_notes": list(drill.scenario.content_notes),
                    }
                    for drill in found
                ],
                "scenarios": scenarios.names(),
                "plans": library.names("plans"),
            }
        )
        return
    width = max(len(drill.id) for drill in found)
    print(f"{'DRILL':{width}}  LEVEL  MINUTES  PEOPLE  TITLE")
    for drill in found:
        file = drill.file
        print(f"{drill.id:{width}}  {file.length:5}  {drill.real_minutes:7}  {file.people:6}  {drill.title}")
    print("\nPlay one with: stormdrill play DRILL")
