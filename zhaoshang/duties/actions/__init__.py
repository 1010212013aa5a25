"""The only writers of duties: rules and days, who answers for what, clocks, problems and orders."""
