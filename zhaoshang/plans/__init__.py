"""Plans (targets only): what each unit and the city are to reach in a year, by document. A change is a new document; the old stays."""
