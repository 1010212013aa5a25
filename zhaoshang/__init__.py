"""zhaoshang (招商): the working system of a city's investment promotion."""
