"""Pages of models: every id that vendors use has an address, and on no file system do two ids share one."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from keyway.loading.load import load_catalogue
from keyway.pages.addresses import step
from keyway.pages.queries import Queries
from keyway.pages.render import render_site
from keyway.pages.routes import pages
from keyway.proposals.edits import scalar
from keyway.schema.model_ids import model_id_problem
from support.projects import load_cases, small_site

IDS: dict[str, str] = load_cases("addresses")["ids"]
"""Id -> address."""
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
DAY = date(2026, 10, 9)


@pytest.mark.parametrize("name", IDS)
def test_an_id_has_the_address_that_its_case_says(name: str) -> None:
    assert model_id_problem(name) is None
    assert step(name) == IDS[name]


def original(address: str) -> str:
    """The id of an address, read back by the words of `addresses.py`: with it, no two ids can have one address."""
    path, _, digits = address.rpartition("~_") if re.search(r"[^/]~_[0-9a-z]+$", address) else (address, "", "")
    path = re.sub(r"(^|/)~_", r"\1", path)
    marks = {"~~": "~", "~.": "@", "~-": "+"}
    lower = re.sub(r"~[~.-]|~", lambda found: marks.get(found[0], ":"), path)
    capitals = sum(
        "0123456789abcdefghjkmnpqrstvwxyz".index(digit) * 32**place for place, digit in enumerate(reversed(digits))
    )
    letters = iter(range(len(lower)))
    return "".join(
        character.upper() if character.isalpha() and capitals >> next(letters) & 1 else character for character in lower
    )


@pytest.mark.parametrize("name", IDS)
def test_an_address_can_be_read_back(name: str) -> None:
    assert original(step(name)) == name


@pytest.mark.parametrize("name", IDS)
def test_every_file_system_and_every_address_can_hold_it(name: str) -> None:
    address = step(name)
    assert re.fullmatch(r"[a-z0-9._~/-]+", address), "capitals, or characters that addresses escape"
    for part in address.split("/"):
        assert part not in ("", "index", "README")
        assert not part.startswith(".")
        assert not part.endswith(".")
        assert not DEVICES.fullmatch(part)


def test_capitals_keep_two_ids_apart() -> None:
    names = ["GLM-5.2", "glm-5.2", "Glm-5.2", "glm-5.2:free", "glm-5.2/free", "glm-5.2@free", "a:7", "A", "~a", "a+"]
    assert len({step(name) for name in names}) == len(names)


@pytest.fixture(scope="module")
def aggregator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose DeepSeek serves a model under every id of the cases, and one under an alias in capitals."""
    project = small_site(tmp_path_factory.mktemp("aggregator"))
    entries = "".join(f"{scalar(name)}:\n  name: {scalar(name)}\n  sources: [docs]\n" for name in IDS)
    with (project / "data/models/deepseek.yml").open("a", encoding="utf-8") as file:
        file.write(entries)
        file.write("made-up:\n  name: Made Up\n  aliases: [Maker/Made-Up:free]\n  replacement: Qwen/Qwen3-8B\n")
        file.write("  retired: 2026-01-01\n  sources: [docs]\n")
    provider = project / "data/providers/deepseek.yml"
    text = provider.read_text(encoding="utf-8").replace("recommended: deepseek-chat", "recommended: gpt-oss:20b")
    provider.write_text(text + "ignored:\n  Qwen/Qwen3-8B:free: not for chat\n", encoding="utf-8")
    return project


def test_every_id_has_its_page_and_links_lead_there(aggregator: Path) -> None:
    catalogue = load_catalogue(aggregator)
    texts = render_site(aggregator, Queries(catalogue, {}, DAY))
    for language in ("en", "zh", "ja"):
        made = texts[language]
        assert {f"models/deepseek/{address}.md" for address in IDS.values()} <= made.keys()
        assert len({path.lower() for path in made}) == len(made)
        ended = unescape(made["models/deepseek/made-up.md"].markdown)
        assert 'href="../qwen/qwen3-8b~_8h/"' in ended
        alias = unescape(made["models/deepseek/maker/made-up~free~_h1.md"].markdown)
        assert 'href="../../made-up/"' in alias
        assert "Maker/Made-Up:free" in alias


def test_ids_of_one_case_in_two_cases_are_two_pages(aggregator: Path) -> None:
    catalogue = load_catalogue(aggregator)
    made = pages(catalogue, ["models/[provider]/[model].md"])
    assert len({page.path for page in made}) == sum(map(len, catalogue.models.values()))
