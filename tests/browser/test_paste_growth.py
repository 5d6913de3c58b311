"""Twice the paste is about twice the work, for the decoder and the checker, over the worst texts that a search finds.

A text is a recipe of pieces with their shares of its length; `tests/cases/growth/` says which pieces there are. The
search draws recipes, keeps those that take longest, changes them, and holds the growth of the worst to its bound.
Work is time that the page's thread had the processor, the least of several runs, compared with itself: nothing here
depends on how fast a machine is, or what else it does.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page
from support.projects import load_cases

KITCHENS = load_cases("growth")
KNOWN = [(tool, name) for tool, kitchen in KITCHENS.items() for name in kitchen["known"]]

LARGE = {"decode": 100_000, "check": 400_000, "square": 100_000}
"""Characters of the large text of each tool; none is longer than what the tool reads."""
PARTS = 8
"""The small text is this much shorter, and is read as many times: linear work is the same then, to the last letter."""
MOST_GROWTH = 3
"""Times the work of the small texts: linear work is 1 (and some for caches and memory), quadratic is 8."""
LEAST_TIME = 10
"""Milliseconds that a large text takes before its growth is judged; work of the square takes many more."""
SEEDS = (20261125,)

PREPARE = """async () => {
  const json = async (name) => (await fetch(`/assets/data/${name}.json`)).json();
  const { decode } = await import("/assets/js/error-match.js");
  const { checkBody } = await import("/assets/js/request-validate.js");
  const [errors, requests] = [await json("errors"), await json("mistral.requests")];
  window.work = {
    decode: (text) => decode(text, errors, "mistral"),
    check: (text) => checkBody(text, requests, "chat"),
    square(text) {
      let pairs = 0;
      for (let one = 0; one < text.length; one += 50) {
        for (let other = one; other < text.length; other += 1) if (text[one] === text[other]) pairs += 1;
      }
      return pairs;
    },
  };
}"""
COOK = """([recipe, size]) => {
  window.text = recipe.map(([piece, share]) => {
    const turns = share ? Math.floor(size * share / piece.length) : 1;
    return piece.includes("#") ? Array.from({ length: turns }, (_, turn) => piece.replaceAll("#", turn)).join("")
      : piece.repeat(turns);
  }).join("");
}"""
RUN = "([tool, times]) => { for (let turn = 0; turn < times; turn += 1) window.work[tool](window.text); }"

Recipe = tuple[tuple[str, float], ...]
"""Pieces, each with the share of the length that it is repeated for; 0 stands for once."""


def drawn(kitchen: dict[str, Any], random: Random) -> Recipe:
    """A recipe at random: an opening, up to three repeated pieces, a closing."""
    shares = random.choice(((1.0,), (0.5, 0.5), (0.1, 0.9), (0.9, 0.1), (0.3, 0.3, 0.4)))
    middle = [("".join(random.choices(kitchen["pieces"], k=random.choice((1, 1, 2, 3)))), share) for share in shares]
    return ((random.choice(kitchen["openings"]), 0), *middle, (random.choice(kitchen["closings"]), 0))


def changed(recipe: Recipe, kitchen: dict[str, Any], random: Random) -> Recipe:
    """The recipe with one of its pieces exchanged for one of another recipe."""
    at = random.randrange(len(recipe))
    other = drawn(kitchen, random)
    piece = other[0 if at == 0 else -1 if at == len(recipe) - 1 else 1][0]
    return (*recipe[:at], (piece, recipe[at][1]), *recipe[at + 1 :])


def worst(kitchen: dict[str, Any], time: Callable[[Recipe], float], seed: int) -> list[Recipe]:
    """The recipes that take longest, of some hundreds drawn and bred with `seed`."""
    random = Random(seed)  # noqa: S311 - the same search on every run, and no secret
    kept = sorted(((time(recipe), recipe) for recipe in (drawn(kitchen, random) for _ in range(150))), reverse=True)
    for _ in range(3):
        bred = {changed(recipe, kitchen, random) for _, recipe in kept[:12] for _ in range(3)}
        kept = sorted({*kept[:12], *((time(recipe), recipe) for recipe in bred)}, reverse=True)
    return [recipe for _, recipe in kept[:12]]


class Bench:
    """Runs the tools' pure modules in a page, and takes the time."""

    def __init__(self, page: Page) -> None:
        page.evaluate(PREPARE)
        self._page = page
        self._devtools: CDPSession = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def time(self, tool: str, recipe: Recipe, parts: int, times: int, runs: int) -> float:
        """Milliseconds of the processor for one of `parts` of the large text, `times` in a row; the least of `runs`."""
        self._page.evaluate(COOK, [recipe, LARGE[tool] // parts])
        return min(self._once(tool, times) for _ in range(runs))

    def growth(self, tool: str, recipe: Recipe) -> float:
        """How much longer the whole text takes than its parts; 0 where the whole takes next to nothing."""
        whole = self.time(tool, recipe, 1, 1, 3)
        return 0 if whole < LEAST_TIME else whole / self.time(tool, recipe, PARTS, PARTS, 3)

    def _once(self, tool: str, times: int) -> float:
        before = self._processor()
        self._page.evaluate(RUN, [tool, times])
        return self._processor() - before

    def _processor(self) -> float:
        metrics = {each["name"]: each["value"] for each in self._devtools.send("Performance.getMetrics")["metrics"]}
        return 1000 * metrics["ThreadTime"]


@pytest.fixture(scope="module")
def bench(blank: Page) -> Bench:
    return Bench(blank)


@pytest.mark.parametrize(("tool", "name"), KNOWN)
def test_a_text_that_was_slow_once_grows_no_faster_than_its_length(tool: str, name: str, bench: Bench) -> None:
    assert bench.growth(tool, KITCHENS[tool]["known"][name]) < MOST_GROWTH


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("tool", KITCHENS)
def test_the_worst_texts_of_a_search_grow_no_faster_than_their_length(tool: str, seed: int, bench: Bench) -> None:
    recipes = worst(KITCHENS[tool], lambda recipe: bench.time(tool, recipe, PARTS, 1, 1), seed)
    assert {recipe: grown for recipe in recipes if (grown := bench.growth(tool, recipe)) >= MOST_GROWTH} == {}


def test_work_of_the_square_would_be_seen(bench: Bench) -> None:
    assert bench.growth("square", (("a", 1),)) > MOST_GROWTH
