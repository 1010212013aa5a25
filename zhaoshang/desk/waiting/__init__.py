"""What waits for a person today: each room names its work in a module of its own here."""
