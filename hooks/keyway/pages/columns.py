"""Table layouts: each column's heading and the cells below it, declared once and together.

A column says which word heads it, which value of a row stands in it and which macro of `overrides/parts/` prints that
value; `overrides/parts/table.html` makes every table of the site from such columns. Nothing here makes markup.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from ..schema.fields import Localized
from ..schema.words import NeededWord, Worded

if TYPE_CHECKING:
    from .words import Names


Absence = Annotated[Literal["unknown", "none", "inapplicable", "untried"], Worded("mark")]
"""Why a cell has no value: nobody knows it; there is none; the thing cannot have one; nobody tried."""
Empty = Absence | Literal["nothing"]
"""What an empty cell says: an absence, or nothing where the column itself says it (what replaces what is served)."""


@dataclass(frozen=True)
class Code:
    """A heading that no language translates, such as the name of a request field; it is printed as code."""

    name: str


class Arguments(tuple[Any, ...]):
    """The value of a cell whose macro takes several arguments."""

    __slots__ = ()

    def __new__(cls, *arguments: object) -> "Arguments":
        return super().__new__(cls, arguments)


def itself(row: Any) -> Any:
    """The whole row as the value of a cell."""
    return row


@dataclass(frozen=True)
class Column:
    """One column. Its first position in a layout makes it the heading of each row."""

    heading: str | NeededWord | Localized | Code
    """A word of the group `column` by its name, any other word, a name from a record, or code."""
    shown_by: str
    """The macro that prints a value, as `part.macro`: `mark.day` is the macro `day` of overrides/parts/mark.html."""
    value: Callable[[Any], object]
    """Row -> what the macro gets; None, or an empty tuple, where the row has nothing there."""
    empty: Empty | Callable[[Any], Empty] = "unknown"
    """What an empty cell says, or how to find out from its row."""
    number: bool = False
    """Whether the cells are numbers, which are aligned."""
    optional: Callable[[Any], object] | None = None
    """Row -> whether it has such a thing at all; a table in which none has leaves the column out."""

    @property
    def word(self) -> NeededWord | None:
        """The word that heads it; None where a record or code does."""
        if isinstance(self.heading, str):
            return NeededWord("column", self.heading)
        return self.heading if isinstance(self.heading, NeededWord) else None

    @property
    def is_code(self) -> bool:
        """Whether its heading is printed as code."""
        return isinstance(self.heading, Code)

    def title(self, words: "Names", language: str) -> str:
        """Its heading as plain text in `language`, whose words are given."""
        match self.heading:
            case Localized() as name:
                return name[language]
            case Code(name):
                return name
            case NeededWord(group, name):
                return str(words[group][name])
            case name:
                return str(words["column"][name])

    def absence(self, row: object) -> Empty:
        """What the cell of `row` says where it is empty."""
        return self.empty(row) if callable(self.empty) else self.empty

    def arguments(self, row: object) -> tuple[Any, ...] | None:
        """What the macro gets for `row`; None where its cell is empty."""
        value = self.value(row)
        if isinstance(value, Arguments):
            return value
        return None if value is None or value == () else (value,)


@dataclass(frozen=True)
class Table:
    """Rows below the columns that have something to say of them."""

    columns: tuple[Column, ...]
    rows: tuple[object, ...]
    style: str = ""
    """A class that its styles ask for, beside `kw-table`."""


@dataclass(frozen=True)
class Layout:
    """The columns of one kind of table, which make a table of any rows."""

    columns: tuple[Column, ...]
    style: str = ""

    def table(self, rows: Iterable[object]) -> Table:
        """The table of `rows`, without the optional columns that none of them fills."""
        rows = tuple(rows)
        kept = (one for one in self.columns if one.optional is None or any(map(one.optional, rows)))
        return Table(tuple(kept), rows, self.style)
