"""First files for a trainer: a plan, a scenario or a drill that is complete, commented, and plays as it is."""

from drills.skeletons.answers import KINDS, Answers, Kind, channels, name_of, people, slug
from drills.skeletons.fill import fill
from drills.skeletons.place import beside, folder_of, part, place, title_of, write

__all__ = [
    "KINDS",
    "Answers",
    "Kind",
    "beside",
    "channels",
    "fill",
    "folder_of",
    "name_of",
    "part",
    "people",
    "place",
    "slug",
    "title_of",
    "write",
]
