"""What happened to one project and what was promised: each room tells its lines in a module of its own here."""
