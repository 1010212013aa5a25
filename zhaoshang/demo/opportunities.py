"""The demo city's opportunities and its first edition. All entries are invented and say so; only the totals by list are as published.

Published (2023-04-18, see ``facts.PUBLISHED_2023``): parks and government projects of 2023 2097亿; 3 key regions and 13 parcels,
76.48万平方米; 79 planned projects, 2894亿; 7 projects of municipal state-owned enterprises, 522亿. Nothing is known of the single entries.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from zhaoshang.common.shapes import Outline, read_text
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import BUREAU
from zhaoshang.demo.pictures import drawing
from zhaoshang.opportunities.actions import (
    NewEntry,
    add_entry,
    add_photo,
    approve_edition,
    ask_approval,
    begin_edition,
    choose_entries,
    enter_talks,
    publish_entry,
    reserve,
    take,
)
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import Kind

_DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "opportunities.toml").read_text(encoding="utf-8"))
ENTERED = datetime(2023, 2, 20, 9, 30, tzinfo=BUREAU)
PUBLISHED = datetime(2023, 3, 1, 9, 0, tzinfo=BUREAU)
ISSUED = datetime(2023, 3, 15, 10, 0, tzinfo=BUREAU)
SINCE = datetime(2023, 4, 6, 15, 0, tzinfo=BUREAU)
EXPIRES = date(2033, 12, 31)  # far off, so that the demonstration does not empty itself
TENTH_OF_YI = 1_000_000_000
METRES_PER_DEGREE = 111_320.0


@dataclass(slots=True)
class Opening:
    """Writes entries one by one; the numbers of a kind come to its published total."""

    account: Account
    chance: Random = field(default_factory=lambda: Random(2023))  # noqa: S311 - invented entries, not secrets
    made: dict[Kind, list[Opportunity]] = field(default_factory=dict)

    def fill(self) -> None:
        """Entries, the first edition, and what happened since."""
        for kind in Kind:
            self.made[kind] = self._kind(kind)
        for place, entry in enumerate(
            [self.made[Kind.PARCEL][2], self.made[Kind.ZONE][0], self.made[Kind.KEY_REGION][0]]
        ):
            self._photo(entry, place)
        self._edition()
        self._since()

    def _kind(self, kind: Kind) -> list[Opportunity]:
        plan = _DATA[str(kind)]
        amounts = self._split(plan.get("amount_yi", 0) * 10, plan["count"])
        areas = self._split(plan.get("area_m2", 0), plan["count"])
        return [
            self._entry(kind, plan, place, amounts[place] * TENTH_OF_YI, Decimal(areas[place]))
            for place in range(plan["count"])
        ]

    def _photo(self, entry: Opportunity, place: int) -> None:
        add_photo(
            entry=entry, content=drawing(place + 2), name="sample.png", title="示例图（虚构，不是照片）", alt="示例图：港湾边的厂房，虚构",
            alt_en="Sample drawing: sheds by a bay, invented", by=entry.steward, at=PUBLISHED,
        )  # fmt: skip

    def _split(self, whole: int, parts: int) -> list[int]:
        """Uneven parts that come to the whole."""
        weights = [self.chance.randint(4, 20) for _ in range(parts)]
        cut = [whole * weight // sum(weights) for weight in weights]
        return [*cut[:-1], whole - sum(cut[:-1])]

    def _entry(self, kind: Kind, plan: dict[str, Any], place: int, amount_fen: int, area: Decimal) -> Opportunity:
        codes = plan["units"]
        code = codes[place % len(codes)]
        unit = self.account.units.get(code)
        theme = plan["themes"][place % len(plan["themes"])]
        where = unit.short_name if unit else "市级"
        steward = self.account.people[code if unit else "tongji"]
        outline = self._outline(code, area) if area else None
        new = NewEntry(
            kind=kind, title=f"示例{plan['noun']}{place + 1:02d}（{where}·{theme['name']}）", unit=unit, steward=steward,
            expires_on=EXPIRES,
            title_en=f"Sample {plan['noun_en']} {place + 1:02d} ({unit.name_en if unit else 'City'}, {theme['name_en']})",
            summary=f"虚构条目，仅供演示。{theme['text']}",
            summary_en=f"Invented for the demonstration. {theme['text_en']}",
            industry=theme["industry"], amount_fen=amount_fen or None, area_m2=area or None,
            fields=self._fields(plan, theme, code, place), outline=outline, is_sample=True,
            fields_en={
                name: text.format(place=place + 1, theme=theme["name_en"])
                for name, text in (_DATA["shared_en"] | plan.get("fields_en", {})).items()
            },
        )  # fmt: skip
        entry = add_entry(city=self.account.city, new=new, by=steward, at=ENTERED)
        return publish_entry(entry=entry, by=steward, at=PUBLISHED)

    def _fields(self, plan: dict[str, Any], theme: dict[str, Any], code: str, place: int) -> dict[str, Any]:
        longitude, latitude = self._near(code)
        numbers = {
            name: str(round(low + (high - low) * self.chance.random(), places))
            for name, (low, high, places) in plan.get("numbers", {}).items()
        }
        texts = {name: text.format(place=place + 1, theme=theme["name"]) for name, text in plan["fields"].items()}
        contact = {"contact": "示例招商服务中心", "contact_phone": "0411-0000-0000"}
        return texts | numbers | contact | {"point": f"{longitude:.5f}, {latitude:.5f}"}

    def _near(self, code: str) -> tuple[float, float]:
        """A place in the unit, invented."""
        longitude, latitude = _DATA["places"].get(code, _DATA["places"]["city"])
        return longitude + self.chance.uniform(-0.05, 0.05), latitude + self.chance.uniform(-0.035, 0.035)

    def _outline(self, code: str, area: Decimal) -> Outline:
        """A five-cornered plot at a slant, its area a little off the stated one, as surveys are."""
        longitude, latitude = self._near(code)
        size = math.sqrt(float(area) * self.chance.uniform(0.996, 1.004) / 0.875)
        long, turn = self.chance.uniform(1.0, 1.6), self.chance.uniform(0, math.pi / 2)
        corners = [(0, 0), (1, 0), (1, 0.5), (0.5, 1), (0, 1)]
        lines = []
        for x, y in corners:
            east, north = x * size * math.sqrt(long), y * size / math.sqrt(long)
            a, b = east * math.cos(turn) - north * math.sin(turn), east * math.sin(turn) + north * math.cos(turn)
            degrees = METRES_PER_DEGREE * math.cos(math.radians(latitude))
            lines.append(f"{longitude + a / degrees:.7f}, {latitude + b / METRES_PER_DEGREE:.7f}")
        return read_text("\n".join(lines), "虚构图形")

    def _edition(self) -> None:
        city, people = self.account.city, self.account.people
        head: dict[str, Any] = _DATA["edition"]
        edition = begin_edition(city=city, dated=ISSUED.date(), is_sample=True, by=people["tongji"], at=ENTERED, **head)
        for one in edition.lists:
            entries = [entry for kind in one["kinds"] for entry in self.made[Kind(kind)]]
            choose_entries(edition=edition, list_code=one["code"], entries=entries, by=people["tongji"], at=PUBLISHED)
        edition.refresh_from_db(from_queryset=type(edition).objects.of(city))
        edition = ask_approval(edition=edition, revision=edition.revision, by=people["tongji"], at=PUBLISHED)
        approve_edition(
            edition=edition, revision=edition.revision, published_at=ISSUED, by=people["tongji2"], at=PUBLISHED
        )

    def _since(self) -> None:
        """A parcel was taken and one reserved, one planned project is being talked about."""
        parcels: Sequence[Opportunity] = self.made[Kind.PARCEL]
        taken, kept = parcels[0], parcels[1]
        people = self.account.people
        signed = [project for planned, project in self.account.projects.items() if planned.signed_on]
        of_unit = {
            entry.pk: next((one for one in signed if one.unit_id == entry.unit_id), signed[0])
            for entry in (taken, kept)
        }
        take(entry=taken, project=of_unit[taken.pk], text="示例成交确认书", by=people["tongji"], at=SINCE)
        reserve(
            entry=kept, project=of_unit[kept.pk], until_on=date(2033, 6, 30), document="示例会议纪要〔2023〕6号", by=people["tongji"],
            at=SINCE,
        )  # fmt: skip
        enter_talks(
            entry=self.made[Kind.PLANNED][0], project=None, text="示例企业来访洽谈", by=people["tongji"], at=SINCE
        )


def open_opportunities(account: Account) -> None:
    """Everything."""
    Opening(account).fill()
