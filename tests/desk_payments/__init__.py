"""The desk's pages of payments, months, rules and people, asked as a browser asks."""
