"""What every page is made of: layouts, components, charts, maps and static files. Knows no noun of the bureau."""
