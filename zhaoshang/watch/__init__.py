"""The door of those who run the installation: alive, ready, counted, one line of log a request. No personal data."""
