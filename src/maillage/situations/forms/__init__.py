"""Forms of the room: closed lists first, short guarded texts, dates. Nothing here decides a right."""
