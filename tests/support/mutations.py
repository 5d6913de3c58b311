"""Every single change that a models list can show: made to a list in the endpoint's own words.

Each is a name, the changed rows and what must be reported: (verdict, id, field, theirs), or None
where nothing may be. Rows of one model change together where the endpoint would change them
together, and one at a time as well.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

FLAGS = {"function_calling": "function_calling", "vision": "vision", "completion_fim": "fim", "reasoning": "reasoning"}
NEVER_COMPARED = ("fine_tuning", "ocr", "classification", "moderation", "audio", "audio_transcription", "audio_speech")
END = date(2027, 3, 31)

TARGETS = 2
"""To how many other models each alias is moved; all of them would be some thousand cases more."""

Rows = list[dict]


@dataclass(frozen=True)
class Mutation:
    name: str
    rows: Rows
    expected: tuple | None
    """(verdict, id, field, theirs), or None where nothing may be reported."""


def mutations(rows: Rows, own_ids: set[str]) -> Iterator[Mutation]:
    """Every mutation of `rows`; `own_ids` are the ids that are no aliases."""
    yield from harmless(rows)
    for index, row in enumerate(rows):
        own = row["id"] in own_ids
        yield Mutation(f"{row['id']}: removed", rows[:index] + rows[index + 1 :], ("unlisted", row["id"], None, None))
        for name, change, field, theirs in changes(row):
            yield Mutation(f"{row['id']}: {name}", _at(rows, index, change), ("different", row["id"], field, theirs))
            if own:
                family = {row["id"], *row.get("aliases", ())}
                together = [altered(one, change) if one["id"] in family else one for one in rows]
                expected = ("different", row["id"], field, theirs)
                yield Mutation(f"{row['id']} and its aliases: {name}", together, expected)
        if "aliases" in row:
            yield from of_aliases(rows, index, own_ids)


def changes(row: dict) -> Iterator[tuple[str, Callable[[dict], None], str, object]]:
    """(name, change, field, the new value) for every compared field of a row in Mistral's shape."""
    if "capabilities" not in row:
        return
    if row["capabilities"]["completion_chat"]:
        for theirs in (row["default_model_temperature"] + 0.1, None):
            yield f"temperature {theirs}", put("default_model_temperature", theirs), "temperature", theirs
        for word, field in FLAGS.items():
            if word in row["capabilities"]:
                theirs = not row["capabilities"][word]
                yield f"{word} {theirs}", flag(word, theirs), field, theirs
    for theirs in (row["max_context_length"] + 1, row["max_context_length"] // 2):
        yield f"context {theirs}", put("max_context_length", theirs), "context", theirs
    yield "retires", put("deprecation", f"{END}T12:00:00Z"), "retired", END.isoformat()


def of_aliases(rows: Rows, index: int, own_ids: set[str]) -> Iterator[Mutation]:
    """An alias that one row, or a whole family of rows, names or names no more; one that means another model."""
    row, fresh = rows[index], "an-alias-nobody-knows"
    names, own = row["aliases"], row["id"] in own_ids

    def expected(theirs: list[str]) -> tuple:
        return ("different", row["id"], "aliases", set(theirs))

    yield Mutation(
        f"{row['id']}: gains an alias", _at(rows, index, put("aliases", [*names, fresh])), expected([*names, fresh])
    )
    for lost in names:
        left = [name for name in names if name != lost]
        yield Mutation(f"{row['id']}: loses {lost}", _at(rows, index, put("aliases", left)), expected(left))
    if not own:
        yield from _moves(rows, index, own_ids)
        return
    family = {row["id"], *names}
    gained = [altered(one, gain(fresh)) if one["id"] in family else one for one in rows]
    newcomer = altered(row, lambda one: one.update(id=fresh, aliases=[row["id"], *names]))
    yield Mutation(f"{row['id']} and its aliases: gain an alias", [*gained, newcomer], expected([*names, fresh]))
    for lost in names:
        left = [altered(one, lose(lost)) if one["id"] in family else one for one in rows if one["id"] != lost]
        yield Mutation(
            f"{row['id']} and its aliases: lose {lost}", left, expected([name for name in names if name != lost])
        )


def _moves(rows: Rows, index: int, own_ids: set[str]) -> Iterator[Mutation]:
    """An alias that means another model, told by every row concerned, or by its own row alone."""
    alias = rows[index]["id"]
    home = {alias, *rows[index]["aliases"]}
    for other in [row for row in rows[index:] + rows[:index] if row["id"] in own_ids - home][:TARGETS]:
        expected = ("moved", alias, "aliases", other["id"])
        yield Mutation(f"{alias}: moves to {other['id']}", moved(rows, alias, other), expected)
        alone = rows[:index] + [_as_alias(other, alias)] + rows[index + 1 :]
        yield Mutation(f"{alias}: says alone that it is {other['id']}", alone, expected)
        owns = [
            altered(row, lose(alias))
            if row["id"] in home & own_ids
            else altered(row, gain(alias))
            if row["id"] == other["id"]
            else row
            for row in rows
        ]
        yield Mutation(f"{alias}: moves in the models' own rows to {other['id']}", owns, expected)


def harmless(rows: Rows) -> Iterator[Mutation]:
    """Changes that mean nothing."""
    yield Mutation("nothing", rows, None)
    yield Mutation("rows in another order", rows[::-1], None)
    yield Mutation("keys in another order", [dict(reversed(row.items())) for row in rows], None)
    yield Mutation("every row twice", rows + rows, None)
    for index, row in enumerate(rows):
        yield Mutation(f"{row['id']}: doubled", [*rows, row], None)
        loud = row | dict.fromkeys(("created", "name", "owned_by", "description", "a_field_of_tomorrow"), "else")
        yield Mutation(f"{row['id']}: fields that are not compared", [*rows[:index], loud, *rows[index + 1 :]], None)
        if "capabilities" not in row:
            continue
        turned = put("aliases", row["aliases"][::-1])
        yield Mutation(f"{row['id']}: aliases in another order", _at(rows, index, turned), None)
        silent = not row["capabilities"]["completion_chat"]
        flags = {
            word: not row["capabilities"].get(word, False) for word in (*NEVER_COMPARED, *(FLAGS if silent else ()))
        }
        changed = {**copy.deepcopy(row), "capabilities": row["capabilities"] | flags}
        if silent:
            changed["default_model_temperature"] = 0.9
        yield Mutation(f"{row['id']}: flags that mean nothing", [*rows[:index], changed, *rows[index + 1 :]], None)


def additions(rows: Rows) -> Iterator[Mutation]:
    """A model that nobody knows: bare, as a copy of another row, as a copy with its aliases."""
    for index, row in enumerate(rows):
        for name in ("a-new-model-2611", "zz"):
            fresh = {**copy.deepcopy(row), "id": name}
            yield Mutation(
                f"{name}, like {row['id']}, aliases and all",
                rows[:index] + [fresh] + rows[index:],
                ("new", name, None, ...),
            )
            if "aliases" in row:
                alone = altered(fresh, put("aliases", []))
                yield Mutation(f"{name}, like {row['id']}", rows + [alone], ("new", name, None, ...))


def moved(rows: Rows, alias: str, other: dict) -> Rows:
    """The rows after `alias` came to mean the model of the row `other`, told by every row concerned."""
    home = {alias, *next(row for row in rows if row["id"] == alias)["aliases"]}
    there = {other["id"], *other["aliases"]}

    def told(row: dict) -> dict:
        if row["id"] == alias:
            return _as_alias(other, alias)
        if row["id"] in home:
            return altered(row, lose(alias))
        return altered(row, gain(alias)) if row["id"] in there else row

    return [told(row) for row in rows]


def _as_alias(row: dict, alias: str) -> dict:
    """The row that `alias` has when it means the model of `row`."""
    return altered(row, lambda one: one.update(id=alias, aliases=sorted({row["id"], *row["aliases"]})))


def _at(rows: Rows, index: int, change: Callable[[dict], None]) -> Rows:
    return rows[:index] + [altered(rows[index], change)] + rows[index + 1 :]


def altered(row: dict, change: Callable[[dict], None]) -> dict:
    """A copy of the row with the change; `put`, `flag`, `gain` and `lose` make changes."""
    row = copy.deepcopy(row)
    change(row)
    return row


def put(key: str, value: object) -> Callable[[dict], None]:
    return lambda row: row.update({key: value})


def flag(word: str, value: bool) -> Callable[[dict], None]:
    return lambda row: row["capabilities"].update({word: value})


def gain(alias: str) -> Callable[[dict], None]:
    return lambda row: row["aliases"].append(alias)


def lose(alias: str) -> Callable[[dict], None]:
    return lambda row: row["aliases"].remove(alias) if alias in row["aliases"] else None
