"""City, and the base class of every table that grows."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import connections, models

from zhaoshang.common.ids import uuid7
from zhaoshang.common.lines import plain_lines
from zhaoshang.tenancy.fields import TenantForeignKey
from zhaoshang.tenancy.going import leaving

_AT_ONCE = 200
ERASED = "erased_at"  # the column of a row whose people were taken away, and when
__all__ = ["City", "TenantForeignKey", "TenantModel", "TenantQuerySet"]


class City(models.Model):
    """A tenant: a city that keeps its account here. A reference table, one row a city. ``days_behind``: of a sample, how far its clock
    stands behind ours (``tenancy.clock``).

    ``restored_from``: of a restored copy, when its backup was made, until an administrator says that it is the live one.
    ``behind_seq``: the published entry that this account does not reach; above 0 nothing is written (``people.copies``).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    gb_code = models.CharField(max_length=6)
    is_sample = models.BooleanField(default=False)
    keeps_secrets = models.BooleanField(default=False)
    days_behind = models.PositiveSmallIntegerField(default=0)
    restored_from = models.DateTimeField(null=True)
    behind_seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(days_behind=0) | models.Q(is_sample=True), name="only_a_sample_is_behind"
            ),
        )

    class Privacy:
        public = frozenset({"id", "code", "name", "name_en", "gb_code", "is_sample"})
        private = frozenset({"keeps_secrets", "days_behind", "restored_from", "behind_seq"})

    def __str__(self) -> str:
        return self.name


class TenantQuerySet(models.QuerySet[Any]):
    """Queries that name their city."""

    def of(self, city: City | UUID) -> Self:
        """Only this city's rows. Every query on a growing table begins here."""
        return self.filter(city_id=city.pk if isinstance(city, City) else city)

    def select_for_update(
        self, nowait: bool = False, skip_locked: bool = False, of: Sequence[str] = ("self",), no_key: bool = False
    ) -> Self:
        """Django's, but only the rows asked for are held, not what is read beside them: who held the city with its
        bulletin would keep every writer of the city waiting, and be caught by the first that it waits for."""
        return super().select_for_update(nowait=nowait, skip_locked=skip_locked, of=of, no_key=no_key)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Django's, of what nobody keeps. Raises what ``going.leaving`` does."""
        leaving(self)
        return super().delete()

    def _raw_delete(self, using: str | None) -> int:
        leaving(self)
        return super()._raw_delete(using)

    def update(self, **values: Any) -> int:
        """Django's; erasing asks as deleting does."""
        if values.get(ERASED) is not None:
            leaving(self.filter(**{ERASED: None}))
        return super().update(**plain_lines(values))

    def bulk_create(self, objs: Iterable[Any], *rest: Any, **how: Any) -> list[Any]:
        """Django's; lines end as ``save`` ends them."""
        rows = list(objs)
        _end_lines(self.model, rows)
        return super().bulk_create(rows, *rest, **how)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Django's; lines end as ``save`` ends them."""
        rows, names = list(objs), list(fields)
        _end_lines(self.model, rows, names)
        return super().bulk_update(rows, names, batch_size)

    def write(self, city: City, rows: "Sequence[TenantModel]", names: Sequence[str]) -> None:
        """Save the fields ``names`` of rows of ``city`` that stand already, many in one statement.

        ``bulk_update`` builds a CASE for every row and field instead, and SQLite pays for each statement inside a savepoint
        what all before it wrote: both take minutes for an import.
        """
        _end_lines(self.model, rows, names)
        fields = [self.model._meta.get_field(name) for name in ("id", *names)]
        connection = connections[self.db]
        quoted = connection.ops.quote_name
        table, written = quoted(self.model._meta.db_table), enumerate(fields[1:], start=2)
        # A column of nothing but nulls has no type of its own on PostgreSQL.
        typed = {
            one: f"::{one.db_type(connection)}" for one in fields if one.null and connection.vendor == "postgresql"
        }
        wanted = ", ".join(f"{quoted(one.column)} = v.column{place}{typed.get(one, '')}" for place, one in written)
        key = self.model._meta.get_field("city").get_db_prep_save(city.pk, connection)
        line = f"({', '.join(['%s'] * len(fields))})"
        with connection.cursor() as cursor:
            for start in range(0, len(rows), _AT_ONCE):
                some = rows[start : start + _AT_ONCE]
                values = [one.get_db_prep_save(getattr(row, one.attname), connection) for row in some for one in fields]
                cursor.execute(
                    f"UPDATE {table} SET {wanted} FROM (VALUES {', '.join([line] * len(some))}) AS v"  # noqa: S608 - our own names  # nosec B608
                    f' WHERE {table}."city_id" = %s AND {table}."id" = v.column1',
                    [*values, key],
                )


class TenantModel(models.Model):
    """A table that grows: it belongs to one city for ever, and its ids are made in Python.

    Every subclass names each of its fields in ``Privacy.public`` or ``Privacy.private``; those that say who somebody outside the bureau
    is, or how to reach them, in ``Privacy.personal`` as well.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False)

    objects: ClassVar[Any] = TenantQuerySet.as_manager()

    class Meta:
        abstract = True

    def save_base(self, raw: bool = False, *rest: Any, **how: Any) -> None:
        """Django's; lines of all texts end with LF, in the row too: what is digested then is the same by whatever door it came."""
        if not raw:
            _end_lines(type(self), [self], how.get("update_fields"))
        super().save_base(raw, *rest, **how)

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any) -> Any:
        """Name the city in every UPDATE and never write it: moving a row is copy and delete. Erasing asks as deleting does."""
        if any(field.name == ERASED and value is not None for field, _model, value in values):
            leaving(type(self).objects.of(self.city_id).filter(pk=pk_val, **{ERASED: None}))
        kept = [value for value in values if value[0].name != "city"]
        return super()._do_update(base_qs.filter(city_id=self.city_id), using, pk_val, kept, *rest)


@cache
def _texts_of(model: type[models.Model]) -> tuple[str, ...]:
    """Fields of the model in which a text may have lines."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, kinds))


def _end_lines(model: type[models.Model], rows: Sequence[Any], names: Collection[str] | None = None) -> None:
    """End the lines of the texts among ``names``, of all by default, with LF. What was not read is not written either, and stays."""
    for name in _texts_of(model):
        if names is not None and name not in names:
            continue
        for row in rows:
            kept = row.__dict__.get(name)
            plain = plain_lines(kept)
            if plain is not kept:
                setattr(row, name, plain)
