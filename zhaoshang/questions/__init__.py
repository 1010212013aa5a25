"""Ask (问数): a question over payments or projects by rows, columns, measure and filters, answered as a table whose every cell opens.

A question is what its address says and nothing else (ADR 0009); a saved one is that address under a title. A subject is one file in
``subjects/``. Stands above every noun that may be asked about.
"""
