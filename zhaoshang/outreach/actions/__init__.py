"""What happens in the room: the only writers of its tables."""
