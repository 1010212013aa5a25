"""The API's description of itself, OpenAPI 3.1: made once a process, and each of its names stands for one class."""

import re
from functools import cache
from typing import Any

import ninja.openapi.schema
from ninja import NinjaAPI
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import CoreModeRef, CoreRef, DefsRef

OF_A_ROOM = re.compile(r"\bzhaoshang\.(?!api\.)(\w+)\.(?:\w+\.)*(\w+)(?=:\d)")


class Names(NinjaGenerateJsonSchema):
    """Names of components. Bodies are named as their classes in this package are, which differ (a test keeps that).

    A class of a room has the room before its name: ``Kind`` means one thing of payments and another of articles, and the
    generator of the framework lets the last one stand for all. ``zhaoshang.capital.rules.Kind`` is ``CapitalKind``.
    """

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        """The name for a class, of which pydantic tells module, name and identity."""
        reference, mode = core_mode_ref
        named = OF_A_ROOM.sub(lambda found: f"{found[0].rpartition('.')[0]}.{found[1].title()}{found[2]}", reference)
        return super().get_defs_ref((CoreRef(named), mode))


# The framework takes its generator from its own module and offers no other way to give it one.
ninja.openapi.schema.NinjaGenerateJsonSchema = Names  # type: ignore[attr-defined]


class Api(NinjaAPI):
    """An API whose description is made once a process: it is the same for whoever asks, and takes seconds to make."""

    @cache  # noqa: B019 - there is one, which lives as long as the process
    def _described(self, path_prefix: str) -> Any:
        return super().get_openapi_schema(path_prefix=path_prefix)

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> Any:
        """The description under the prefix; under the API's own address if none is given."""
        return self._described(self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)
