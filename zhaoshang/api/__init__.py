"""The API: the same calls as the desk's, for machines. A door, one file per noun.

OpenAPI 3.1 at ``/api/openapi.json``, read with the browser at ``/api/docs``. Two ways in: the desk's own session (with its CSRF
token) or a bearer token, which acts with its person's rights and only reads unless it was issued for writing.
"""
