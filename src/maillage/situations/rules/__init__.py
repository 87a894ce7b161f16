"""What the room allows, and why not. Pure: the day, the lists and the roles are passed in."""
