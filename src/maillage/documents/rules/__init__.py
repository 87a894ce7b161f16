"""Pure rules of the room: what a convention becomes with time, what an adaptation may hold."""
