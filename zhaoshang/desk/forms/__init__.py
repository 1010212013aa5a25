"""Forms of the desk: what a person may type, checked before any room below is asked."""
