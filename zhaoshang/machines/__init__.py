"""Other programs: what they were answered, so that a repeated request does nothing twice; what they are told; the scanner of files."""
