"""The room's only writers: standards issued, projects appraised, texts read, reviews recorded, promises made and settled."""
