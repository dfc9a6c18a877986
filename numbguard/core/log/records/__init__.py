"""The log's records, a module a subject: episodes, sitting and breaks, habits, answers about warning signs.

Frozen dataclasses and enums only, used by every layer on any thread. Durations are in seconds, moments are aware
``datetime`` objects with the local offset, and ids are UUIDs as text, so that two logs can merge. ``numbguard log``
loads the episode alone: building the classes of the others would take longer than writing it.
"""
