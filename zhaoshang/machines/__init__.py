"""Other programs: what they were answered, so that a repeated request does nothing twice."""
