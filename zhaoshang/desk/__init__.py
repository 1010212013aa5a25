"""The desk: the bureau's and the districts' pages. A door: it reads requests, makes one call into the rooms below, and answers."""
