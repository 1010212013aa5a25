"""All addresses of all doors, read from the URL configuration, with what each asks of its caller."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from zhaoshang.api.gate import Gate
from zhaoshang.people.rules import CAPABILITIES, Can, Role


@dataclass(frozen=True, slots=True)
class Route:
    """One address and verb. ``needs``: capabilities of which one suffices; None: public; empty: anybody logged in."""

    name: str
    pattern: str
    verb: str
    needs: tuple[Can, ...] | None
    converters: tuple[str, ...]

    @property
    def roles(self) -> set[Role]:
        """Roles that may call it."""
        if not self.needs:
            return set(Role)
        return {role for role in Role if CAPABILITIES[role] & set(self.needs)}

    def row(self) -> str:
        """The route's line in ``docs/permissions.md``."""
        who = (
            "public" if self.needs is None else "anybody logged in" if not self.needs else ", ".join(sorted(self.roles))
        )
        return f"| `{self.name}` | {self.verb} | {who} |"


def _patterns(items: Any, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    for item in items:
        path = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from _patterns(item.url_patterns, path, item.namespace or space)
        else:
            yield path, space, item


def _operation(item: URLPattern) -> Any | None:
    """Ninja's operation behind an address: ninja writes one pattern for each, over a closure on the address's view."""
    cells = getattr(item.callback, "__closure__", None) or ()
    view = next((cell.cell_contents for cell in cells if isinstance(cell.cell_contents, PathView)), None)
    return next((one for one in view.operations if _called(one) == item.name), None) if view else None


def _called(operation: Any) -> str:
    """The name of its address: given, where its function's name is another operation's too."""
    return str(getattr(operation, "url_name", operation.view_func.__name__))


def routes() -> list[Route]:
    """Every address × verb, in a fixed order. A view that does not say what it needs is public and must be on the public list."""
    found = []
    for path, space, item in _patterns(get_resolver().url_patterns):
        converters = tuple(item.pattern.converters)
        if operation := _operation(item):
            gates = [gate for gate in operation.auth_callbacks if isinstance(gate, Gate)]
            needs = gates[0].any_of if gates else None
            found += [Route(f"{space}:{item.name}", path, verb, needs, converters) for verb in operation.methods]
            continue
        needs = getattr(item.callback, "required_capabilities", None)
        for verb in getattr(item.callback, "allowed_methods", ("GET",)):
            found.append(Route(f"{space}:{item.name}", path, verb, needs, converters))
    return sorted(found, key=lambda route: (route.name, route.verb))


def written_matrix() -> str:
    """The page ``docs/permissions.md``, as it should stand."""
    head = [
        "# Who may call what",
        "",
        "Generated from the URL configuration by `make docs`; a test fails when an address is missing here, and another calls every",
        "address as every role, on rows of the caller's own unit and of another's. A row of another unit looks absent (404).",
        "",
        "| address | verb | roles |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *(route.row() for route in routes())]) + "\n"
