"""The reference inside one city. Apart from the models, since the database backends read it while they load."""

from typing import Any

from django.db import models


class TenantForeignKey(models.ForeignKey[Any, Any]):
    """A reference inside one city: joins on both columns, and the database holds (city, id) → (city, id)."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.pop("db_constraint", None)  # the composite key is written by the schema editor
        kwargs.setdefault("related_name", "+")
        kwargs.setdefault("db_index", False)  # an index that helps leads with the city: written in the model's Meta
        super().__init__(to, on_delete, db_constraint=False, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs

    def get_joining_fields(self, reverse_join: bool = False) -> Any:
        """The id pair and the city pair."""
        cities = (self.model._meta.get_field("city"), self.remote_field.model._meta.get_field("city"))
        return (*super().get_joining_fields(reverse_join), cities[::-1] if reverse_join else cities)

    def get_extra_descriptor_filter(self, instance: Any) -> dict[str, Any]:
        """``payment.project`` asks for the project by city and id."""
        return {"city_id": instance.city_id}
