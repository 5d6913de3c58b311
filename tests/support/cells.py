"""Reads every cell of every table of models from a page, and holds it against the record by its column.

What a cell should say is worked out here from the record, with nothing of the templates, of the columns in
`pages/tables/` or of the facts' declarations; what heads a column is typed in `cases/cells/`.
"""

from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urljoin

import yaml
from keyway.evidence.history import Change
from keyway.pages.addresses import model_page
from keyway.pages.queries import Queries
from keyway.schema.model import FreePlanObservation, Model
from keyway.schema.price import Price
from selectolax.lexbor import LexborHTMLParser, LexborNode

from support.paths import CASES

COLUMNS, TABLES, MARKS = (
    yaml.safe_load((CASES / "cells" / name).read_text(encoding="utf-8"))
    for name in ("columns.yml", "tables.yml", "marks.yml")
)
FLAGS = ("function_calling", "vision", "fim", "reasoning", "reasoning_off")
AMOUNTS = ("input", "output", "cache_read", "cache_write", "cache_write_hour", "annotated")
FACTORS = ("batch", "priority")
LIMITS = ("requests_per_second", "requests_per_minute", "tokens_per_minute", "tokens_per_month")
NOT_TOLD = ("id", "provider", "name", "unlisted", "free_plan", "notes", "probes", "sources", "disputed")
"""Fields that a page tells in other ways than as a line of the model's facts."""
HOME = "https://keyway.example/"


def squeezed(text: str) -> str:
    """Text without its blanks, of which the parts of a cell have more or fewer."""
    return "".join(text.split())


def _fits(names: list[str | None], columns: list[str]) -> bool:
    """Whether a table has `columns`, with or without each of those that are optional."""
    return names == [name.removesuffix("?") for name in columns if name[-1] != "?" or name[:-1] in names]


def _said(claim: object) -> str:
    return str(claim).lower() if isinstance(claim, bool) else str(claim)


class PageCells:
    """The tables of models on one page in one language; `path` is the page's address below its language."""

    def __init__(self, html: str, path: str, language: str, queries: Queries) -> None:
        self.page, self.path, self.language, self.queries = LexborHTMLParser(html), path, language, queries
        self.read = 0
        """How many cells were read."""

    def problems(self) -> Iterator[str]:
        """A sentence for each cell, heading or table that is not as the record has it."""
        for table in self.page.css("table.kw-table"):
            if self._is_of_models(table):
                yield from self._table(table)

    def _is_of_models(self, table: LexborNode) -> bool:
        """Whether its rows are models, or it stands on a model's own page."""
        return self._own is not None or any(self._model(row) for row in table.css("tbody tr"))

    @cached_property
    def _own(self) -> Model | None:
        """The model whose page it is, also under an alias."""
        return self._named(urljoin(HOME, self.path))[1]

    def _named(self, address: str) -> tuple[str, Model | None]:
        """The id or alias whose page stands at an address, and its model."""
        return self._pages.get(address.removeprefix(HOME).strip("/"), ("", None))

    @cached_property
    def _pages(self) -> dict[str, tuple[str, Model]]:
        """Address of a page -> the id or alias that it is about, and its model."""
        return {
            model_page(provider, name): (name, model)
            for provider, models in self.queries.catalogue.models.items()
            for model in models.values()
            for name in model.ids
        }

    def _model(self, row: LexborNode) -> Model | None:
        """The model that the heading of a row leads to."""
        return self._named(self._address(row))[1]

    def _address(self, row: LexborNode) -> str:
        """Where the heading of a row leads to; empty where it is no link to a model."""
        link = row.css_first("th a.kw-id")
        return urljoin(HOME + self.path, link.attributes["href"] or "") if link else ""

    def _table(self, table: LexborNode) -> Iterator[str]:
        headings = [cell.text().strip() for cell in table.css("thead th")]
        names = [self._name(heading) for heading in headings]
        kind = next((kind for kind, columns in TABLES.items() if _fits(names, columns)), None)
        if kind is None:
            yield f"no table of models has the headings {headings}"
            return
        rows = table.css("tbody tr")
        if not rows:
            yield f"a table of {kind} has no rows"
        for number, row in enumerate(rows):
            cells = row.css("th, td")
            labels = [cell.attributes.get("data-label") for cell in cells[1:]]
            if labels != headings[1:]:
                yield f"cells are labelled {labels}, below {headings[1:]}"
            for name, cell, wanted in zip(names, cells, self._row(kind, names, row, number), strict=True):
                self.read += 1
                if squeezed(cell.text()) != squeezed(wanted):
                    yield f"{name} of {(cells[0].css_first('a') or cells[0]).text()}: {cell.text()!r} is not {wanted!r}"
        if kind == "facts":
            yield from self._lines(rows)
        for name in (column.removesuffix("?") for column in TABLES[kind] if column.endswith("?")):
            filled = any(getattr(self._model(row), name) for row in rows)
            if filled != (name in names):
                yield f"the column {name} is {'left out, although a row fills it' if filled else 'there, and empty'}"

    def _name(self, heading: str) -> str | None:
        return next((name for name, words in COLUMNS.items() if words[self.language] == heading), None)

    def _row(self, kind: str, names: list[str | None], row: LexborNode, number: int) -> list[str]:
        """What the cells of a row should say, from the record."""
        match kind:
            case "observations":
                return self._observation(self._own, self._own.free_plan[number])
            case "facts":
                return self._fact(self._own, self._name(row.css_first("th").text().strip()))
            case "history":
                return self._change(self._changes[number])
        model = self._model(row)
        if model is None:
            return ["a model", *("" for _ in names[1:])]
        name = self._named(self._address(row))[0]
        named = kind in ("chat", "other kinds") or row.css_first("th .kw-name") is not None
        parts = (model.id, model.name, self._routed(model), self._aliases(model)) if named else (name,)
        heading = " ".join(part for part in parts if part)
        return [heading, *(self._cell(kind, column, model) for column in names[1:])]

    def _cell(self, kind: str, name: str, model: Model) -> str:
        tried = [seen for seen in model.free_plan if seen.result != "price-zero"]
        seen = (tried or [*model.free_plan, None])[0]
        state = self.word("status", self.queries.status(model))
        following = self.queries.replacement(model)
        match name:
            case "free_plan":
                return self.word("free", seen.result) if seen else self.unfree(model)
            case "limits":
                return self._limits(seen)
            case "seen":
                return str(seen.seen)
            case "state":
                return f"{state} {model.retired}" if kind in ("then", "menu") and model.retired else state
            case "today":
                return model.id if kind == "menu" else model.name
            case "replacement":
                return following.id if following else "–" if kind in ("then", "menu") else self.absent("none")
            case _:
                mark = f" ≠ {MARKS['disputed'][self.language]}" if name in model.disputed else ""
                given = getattr(model, name) not in (None, ())
                if not given and name == "temperature" and model.kind != "chat":
                    return self.absent("inapplicable")
                return self._value(name, model) + (mark if given else "")

    def _routed(self, model: Model) -> str:
        """What stands with a model of which sources disagree whether another answers."""
        disputed = f"{COLUMNS['routed_to'][self.language]}{self.colon}{MARKS['disputed'][self.language]}"
        return disputed if "routed_to" in model.disputed else ""

    def _aliases(self, model: Model) -> str:
        """The other ids of a model; of one that the newest list lacks, the day of the last that had it."""
        if not model.aliases:
            return ""
        told = []
        for alias in model.aliases:
            lists = self.queries.recordings.get(model.provider, ())
            both = {alias, model.id}
            having = [one for one in lists if any(both <= {row.id, *(row.aliases or ())} for row in one.rows)]
            whole = [one.day for one in lists if one.complete]
            old = having and having[-1].day < whole[-1] and self.queries.answers(model)
            told.append(f"{alias} {self.aside(having[-1].day)}" if old else alias)
        return f"{COLUMNS['aliases'][self.language]}{self.colon}{' '.join(told)}"

    def _value(self, name: str, model: Model) -> str:
        """A fact as its own line has it."""
        value = getattr(model, name)
        if value is None:
            return self.unknown
        if name in FLAGS:
            return self.flag(value)
        match name:
            case "temperature":
                return str(float(value))
            case "context" | "max_output":
                return f"{value:,}"
            case "kind" | "tier" | "fixed_temperature":
                return self.word(name, value)
            case "aliases" | "efforts" | "passed_back":
                return " ".join(value)
            case "inputs" | "outputs":
                return self.comma.join(self.word("medium", one) for one in value)
            case "prices":
                return " ".join(self._price(value, number) for number in range(len(value)))
            case _:
                return str(value)

    def _price(self, prices: tuple[Price, ...], number: int) -> str:
        price, lines = prices[number], []
        if any((p.region, p.above) == (price.region, price.above) for p in prices[:number] if p.per == price.per):
            lines.append(self.word("price", "earlier"))
        if price.region:
            lines.append(self.word("region", price.region))
        if price.above:
            lines.append(f"{self.word('price', 'above')}{self.colon}{price.above:,}")
        lines += [
            f"{self.word('price', name)}{self.colon}{getattr(price, name):g} {price.currency}"
            for name in AMOUNTS
            if getattr(price, name) is not None
        ]
        if price.off_peak:
            both = f"{price.off_peak.input:g} / {price.off_peak.output:g} {price.currency}"
            lines.append(f"{self.word('price', 'off_peak')}{self.colon}{both}")
        lines += [
            f"{self.word('price', name)}{self.colon}× {getattr(price, name):g}"
            for name in FACTORS
            if getattr(price, name) is not None
        ]
        since = f"{self.word('price', 'since')} {price.since}{self.comma}" if price.since else ""
        return " ".join((*lines, f"{self.word('price', price.per)} {self.aside(f'{since}{price.seen}')}"))

    def _limits(self, seen: FreePlanObservation) -> str:
        given = [(name, getattr(seen, name)) for name in LIMITS if getattr(seen, name) is not None]
        lines = [f"{self.word('limit', name)}{self.colon}{value:,}" for name, value in given]
        lines += [self.word("limit", "shared")] if seen.shared else []
        return " ".join(lines) or self.unknown

    def _observation(self, model: Model, seen: FreePlanObservation) -> list[str]:
        return [
            str(seen.seen),
            self.word("free", seen.result),
            self._limits(seen),
            self._source(model, seen.source),
        ]

    def _source(self, model: Model, name: str) -> str:
        source = self.queries.catalogue.providers[model.provider].sources[name]
        title = source.title if isinstance(source.title, str) else source.title[self.language]
        return f"{title} {self.aside(source.seen)}"

    def _fact(self, model: Model, name: str | None) -> list[str]:
        """A line of the model's facts: its heading, its value, and what it stands on."""
        if name is None or name in NOT_TOLD or name not in type(model).model_fields:
            return [f"a fact of {model.id}", "", ""]
        day, says = self.queries.confirmed_on(model).get(name), model.disputed.get(name, {})
        parts = [f"{MARKS['confirmed'][self.language]} {day}"] if day else []
        parts += [f"{self._source(model, source)}{self.colon}{self._claimed(claim)}" for source, claim in says.items()]
        evidence = " ".join(parts) or MARKS[self._standing(model, name)][self.language]
        return [COLUMNS[name][self.language], self._value(name, model), evidence]

    def _claimed(self, claim: object) -> str:
        """One side of a dispute; a list that has the model, or gives no value, says so in the page's language."""
        words = {"listed": ("status", "listed"), "none": ("mark", "none")}
        return self.word(*words[claim]) if claim in words else _said(claim)

    def _standing(self, model: Model, name: str) -> str:
        """What a fact stands on that no list confirms and nobody disputes."""
        sources = self.queries.catalogue.providers[model.provider].sources
        names = (
            [one.source for one in model.prices]
            if name == "prices"
            else [one for one in model.sources if one[:5] != "list-"]
        )
        kinds = {sources[one].kind for one in names}
        words = {"vendor": "documented", "catalogue": "catalogued", "report": "reported"}
        return next((word for kind, word in words.items() if kind in kinds), "reported")

    def _lines(self, rows: list[LexborNode]) -> Iterator[str]:
        """Each fact that the record gives, or that sources dispute, has a line, and nothing else has."""
        model = self._own
        there = [self._name(row.css_first("th").text().strip()) for row in rows]
        wanted = [
            name
            for name in type(model).model_fields
            if name not in NOT_TOLD and (getattr(model, name) not in (None, ()) or name in model.disputed)
        ]
        if there != wanted:
            yield f"the facts of {model.id} are {there}, and should be {wanted}"

    @cached_property
    def _changes(self) -> list[Change]:
        provider, name = self.path.strip("/").split("/")[1], self._named(urljoin(HOME, self.path))[0]
        record = self.queries.catalogue.providers[provider]
        if name in self.queries.catalogue.models[provider]:
            return self.queries.history_of(self._own)
        return self.queries.history_of_id(record, name)

    def _change(self, change: Change) -> list[str]:
        points_to = MARKS["points_to"][self.language] + self.colon
        match change.kind:
            case "moved":
                detail = f"{points_to}{change.before or change.id} → {change.after or change.id}"
            case "changed":
                said = [self._in_history(change.field, value) for value in (change.before, change.after)]
                detail = f"{COLUMNS[change.field][self.language]}{self.colon}{' → '.join(said)}"
            case _:
                detail = f"{points_to}{change.model}" if change.model and change.model != change.id else "–"
        return [change.id, self.word("history", change.kind), detail, f"{change.since} – {change.day}"]

    def _in_history(self, name: str, value: object) -> str:
        if value is None:
            return self.unknown
        if name in FLAGS:
            return self.flag(bool(value))
        return str(float(value)) if name == "temperature" else f"{value:,}" if name == "context" else str(value)

    def word(self, group: str, name: str) -> str:
        return self.queries.catalogue.words[group][name][self.language]

    def flag(self, value: bool) -> str:
        return ("✓ " if value else "✕ ") + MARKS["yes" if value else "no"][self.language]

    def absent(self, why: str) -> str:
        return f"– {MARKS[why][self.language]}" if why == "inapplicable" else MARKS[why][self.language]

    def unfree(self, model: Model) -> str:
        """Why nothing is said of what a free account gets: no plan of the provider's is for such models, or untried."""
        free = [plan for plan in self.queries.catalogue.providers[model.provider].plans.values() if plan.free]
        paid = any(price.input for price in model.prices)
        none = not free or (paid and all(plan.covers for plan in free))
        return self.absent("none" if none else "untried")

    @property
    def unknown(self) -> str:
        return self.absent("unknown")

    def aside(self, text: object) -> str:
        """`text` in the language's brackets."""
        return f"({text})" if self.language == "en" else f"（{text}）"

    @property
    def colon(self) -> str:
        return ": " if self.language == "en" else "："

    @property
    def comma(self) -> str:
        return ", " if self.language == "en" else "、"
