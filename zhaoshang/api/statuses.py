"""How a refusal is told of: by a status, a stable code, and a sentence."""

STRANGER, CONFLICT, INVALID, FORBIDDEN, ABSENT = 401, 409, 422, 403, 404
Told = dict[type[Exception], tuple[int, str, str]]
