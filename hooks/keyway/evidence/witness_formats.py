"""How other projects' catalogues are read out of their packages: as data, never run and never installed.

A package is a file that somebody downloaded (`make witnesses`): code in it could be anybody's, and malicious releases
of one of these have been published. So JSON is parsed, and the one catalogue that is Python is read as a syntax tree.
"""

import ast
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..schema.facts import FactValue
from ..schema.provider import Provider
from ..source.strictjson import UnusableJson, parse
from .row_values import Unusable
from .witness import Amounts, Witness, Word

MILLION = 1_000_000
MAX_BYTES = 30_000_000
"""The longest known, LiteLLM's, has 4 MB."""
WHEEL = re.compile(r"(?P<name>[A-Za-z0-9_.]+)-(?P<version>[0-9][A-Za-z0-9_.]*)-.*\.whl")


@dataclass(frozen=True)
class WitnessFormat:
    """Where a catalogue stands in which package, and how it is read."""

    package: str
    """What its registry calls it."""
    member: str
    """The file in it."""
    read: Callable[[bytes, str, date], Iterator[Word]]
    """(content, what it calls the provider, day) -> its words."""


def witness(name: str, folder: Path, provider: Provider, day: date) -> Witness:
    """The words of the catalogue `name` on `provider`, from the newest of its packages in `folder`; raises Unusable."""
    kind = FORMATS[name]
    version, path = _newest(kind, folder)
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo(kind.member).file_size > MAX_BYTES:
                raise Unusable(f"{kind.member} in {path.name} is longer than {MAX_BYTES} bytes")
            content = package.read(kind.member)
        words = tuple(kind.read(content, provider.known_as.get(name, provider.id), day))
    except (KeyError, zipfile.BadZipFile, ValueError, SyntaxError, UnusableJson, RecursionError):
        raise Unusable(f"{path.name} has no {kind.member} that can be read; its form may have changed") from None
    return Witness(f"{kind.package} {version}", words)


def _newest(kind: WitnessFormat, folder: Path) -> tuple[str, Path]:
    found: list[tuple[tuple[int, ...], str, Path]] = []
    for path in sorted(folder.glob("*.whl")):
        wheel = WHEEL.fullmatch(path.name)
        if wheel and wheel["name"].replace("_", "-") == kind.package:
            numbers = tuple(int(digits) for digits in re.findall(r"\d+", wheel["version"]))
            found.append((numbers, wheel["version"], path))
    if not found:
        raise Unusable(f"there is no package {kind.package} in {folder.as_posix()}; run make witnesses", ours=True)
    _, version, path = max(found)
    return version, path


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _objects(value: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The members of an object that are objects themselves."""
    if isinstance(value, dict):
        yield from ((name, member) for name, member in value.items() if isinstance(member, dict))


LITELLM = {
    "max_input_tokens": "context",
    "max_output_tokens": "max_output",
    "supports_function_calling": "function_calling",
    "supports_vision": "vision",
    "supports_reasoning": "reasoning",
}
"""Its field -> ours."""


LITELLM_COSTS = ("output_cost_per_token", "cache_read_input_token_cost")


def _of_a_million(cost: object) -> float | None:
    one = _number(cost)
    return None if one is None else round(one * MILLION, 6)


def litellm(content: bytes, provider: str, day: date) -> Iterator[Word]:
    """LiteLLM's `model_prices_and_context_window`: an entry for `provider/id`, costs for one token."""
    for name, entry in _objects(parse(content)):
        if name.partition("/")[0] != provider or "/" not in name:
            continue
        facts: dict[str, FactValue] = {
            ours: value
            for theirs, ours in LITELLM.items()
            if isinstance(value := entry.get(theirs), (int, bool)) and not isinstance(value, float)
        }
        if isinstance(end := entry.get("deprecation_date"), str):
            facts["retired"] = date.fromisoformat(end)
        price = None
        if entry.get("mode") == "chat" and (cost := _of_a_million(entry.get("input_cost_per_token"))) is not None:
            output, cached = (_of_a_million(entry.get(name)) for name in LITELLM_COSTS)
            price = Amounts(cost, output, cached)
        yield Word(name.partition("/")[2], facts, price)


def models_dev(content: bytes, provider: str, day: date) -> Iterator[Word]:
    """models.dev's prices as the package `model-prices` keeps them, with the moment from which each holds."""
    snapshot = dict(_objects(parse(content)))
    prices = dict(_objects(snapshot.get("prices", {})))
    for name, entry in _objects(prices.get(provider, {})):
        price = None
        standard = entry.get("standard")
        for era in standard if isinstance(standard, list) else []:
            start, rates = str(era.get("start") or ""), era.get("rates") or {}
            if start[:10] <= day.isoformat() and (cost := _number(rates.get("input"))) is not None:
                price = Amounts(cost, _number(rates.get("output")), _number(rates.get("cache_read")))
        yield Word(name, {}, price)


def genai_prices(content: bytes, provider: str, day: date) -> Iterator[Word]:
    """genai-prices' `data.py`: `Provider(id=…, models=[ModelInfo(id=…, prices=…)])`, looked at and not run."""
    for call in ast.walk(ast.parse(content)):
        if not (isinstance(call, ast.Call) and _name(call) == "Provider" and _text(call, "id") == provider):
            continue
        models = _keyword(call, "models")
        for model in models.elts if isinstance(models, ast.List) else []:
            if isinstance(model, ast.Call) and (name := _text(model, "id")):
                context = _keyword(model, "context_window")
                facts: dict[str, FactValue] = {}
                if isinstance(context, ast.Constant) and isinstance(context.value, int):
                    facts["context"] = context.value
                yield Word(name, facts, _genai_price(_keyword(model, "prices"), day))


def _genai_price(prices: ast.expr | None, day: date) -> Amounts | None:
    """The price in force on `day`: the last whose start has come; of prices by the hour of the day nothing is said."""
    if isinstance(prices, ast.Call):
        return _model_price(prices)
    found = None
    for condition in prices.elts if isinstance(prices, ast.List) else []:
        if not isinstance(condition, ast.Call):
            continue
        limit = _keyword(condition, "constraint")
        start = _keyword(limit, "start_date") if isinstance(limit, ast.Call) else None
        if isinstance(limit, ast.Call) and not isinstance(start, ast.Call):
            return None
        if isinstance(start, ast.Call) and date(*(ast.literal_eval(one) for one in start.args)) > day:
            continue
        price = _keyword(condition, "prices")
        found = _model_price(price) if isinstance(price, ast.Call) else found
    return found


def _model_price(call: ast.Call) -> Amounts | None:
    amounts = [_decimal(_keyword(call, f"{kind}_mtok")) for kind in ("input", "output", "cache_read")]
    return Amounts(amounts[0], *amounts[1:]) if amounts[0] is not None else None


def _decimal(value: ast.expr | None) -> float | None:
    """`Decimal('0.7')`; None for anything else, such as a price in steps."""
    if isinstance(value, ast.Call) and _name(value) == "Decimal" and isinstance(value.args[0], ast.Constant):
        return float(str(value.args[0].value))
    return None


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)


def _text(call: ast.Call, name: str) -> str:
    value = _keyword(call, name)
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


FORMATS = {
    "litellm": WitnessFormat("litellm", "litellm/model_prices_and_context_window_backup.json", litellm),
    "genai-prices": WitnessFormat("genai-prices", "genai_prices/data.py", genai_prices),
    "models.dev": WitnessFormat("model-prices", "model_prices/snapshot.json", models_dev),
}
"""The catalogues that can be heard."""
