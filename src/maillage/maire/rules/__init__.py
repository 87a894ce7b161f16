"""The pure rules of this room: no Django, no database, the day always given."""
