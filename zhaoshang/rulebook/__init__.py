"""All kinds of local rules together, and what a set would change in what the city has: looks at every room, so it stands above them."""
