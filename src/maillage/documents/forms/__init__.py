"""What the pages of the room accept."""
