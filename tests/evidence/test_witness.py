"""Other projects' catalogues as witnesses: read out of packages as data, and never believed without a person."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from keyway.cli import main
from keyway.evidence.witness import Amounts
from keyway.evidence.witness_formats import FORMATS, witness
from keyway.schema.catalogue import Catalogue
from support.projects import mistral_alone

DAY = date(2026, 11, 29)
LITELLM = {
    "mistral/codestral-2508": {
        "mode": "chat",
        "input_cost_per_token": 3e-07,
        "output_cost_per_token": 9e-07,
        "cache_read_input_token_cost": 3e-08,
        "max_input_tokens": 128000,
        "supports_function_calling": True,
    },
    "mistral/an-id-of-nobody": {"mode": "chat", "input_cost_per_token": 1e-06},
    "other/codestral-2508": {"mode": "chat", "input_cost_per_token": 1.0},
    "sample_spec": "text",
}
GENAI = """
import nothing_that_is_there
providers = [
    Provider(id='elsewhere', models=[ModelInfo(id='mistral-large-4', prices=ModelPrice(input_mtok=Decimal('9')))]),
    Provider(id='mistral', models=[
        ModelInfo(id='Mistral-Large-4', context_window=524288, prices=[
            ConditionalPrice(prices=ModelPrice(input_mtok=Decimal('0.68'), output_mtok=Decimal('2.09'))),
            ConditionalPrice(constraint=StartDateConstraint(start_date=datetime.date(2026, 10, 29)),
                prices=ModelPrice(
                    input_mtok=Decimal('0.7'), output_mtok=Decimal('2.1'), cache_read_mtok=Decimal('0.07'))),
            ConditionalPrice(constraint=StartDateConstraint(start_date=datetime.date(2030, 1, 1)),
                prices=ModelPrice(input_mtok=Decimal('70'))),
        ]),
        ModelInfo(id='by-the-hour', prices=[
            ConditionalPrice(constraint=TimeOfDateConstraint(), prices=ModelPrice(input_mtok=Decimal('1')))]),
    ]),
]
"""
MODELS_DEV = {
    "prices": {
        "mistral": {
            "codestral-2508": {
                "standard": [
                    {"start": None, "rates": {"input": 0.2, "output": 0.6}},
                    {"start": "2026-01-01T00:00:00Z", "rates": {"input": 0.3, "output": 0.9}},
                ]
            }
        }
    }
}
CONTENT = {"litellm": json.dumps(LITELLM), "genai-prices": GENAI, "models.dev": json.dumps(MODELS_DEV)}
Packed = Callable[..., Path]


@pytest.fixture
def packed(tmp_path: Path) -> Packed:
    """Puts a package with this content into a folder, which it returns."""

    def packed(name: str, content: str, version: str = "1.0.0") -> Path:
        folder = tmp_path / "packages"
        folder.mkdir(exist_ok=True)
        kind = FORMATS[name]
        wheel = f"{kind.package.replace('-', '_')}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(folder / wheel, "w") as package:
            package.writestr(kind.member, content)
        return folder

    return packed


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return mistral_alone(tmp_path / "project")


def held(capsys: pytest.CaptureFixture[str], project: Path, folder: Path, names: str, *more: str) -> tuple[int, str]:
    code = main(
        ["drift", "--against", names, "--packages", str(folder), "--day", str(DAY), "--root", str(project), *more]
    )
    return code, capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "id", "price"),
    [
        ("litellm", "codestral-2508", Amounts(0.3, 0.9, 0.03)),
        ("genai-prices", "Mistral-Large-4", Amounts(0.7, 2.1, 0.07)),
        ("models.dev", "codestral-2508", Amounts(0.3, 0.9)),
    ],
)
def test_the_price_that_holds_on_the_day_is_read(
    name: str, id: str, price: Amounts, packed: Packed, catalogue: Catalogue
) -> None:
    said = witness(name, packed(name, CONTENT[name]), catalogue.providers["mistral"], DAY)
    assert said.name == f"{FORMATS[name].package} 1.0.0"
    assert next(word.price for word in said.words if word.id == id) == price


def test_the_newest_package_is_read(packed: Packed, catalogue: Catalogue) -> None:
    for version in ("1.9.0", "1.10.0", "1.2.0"):
        folder = packed("litellm", CONTENT["litellm"], version)
    assert witness("litellm", folder, catalogue.providers["mistral"], DAY).name == "litellm 1.10.0"


def test_where_nothing_differs_nothing_is_said_and_nothing_is_invented(
    packed: Packed, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An id of nobody's is no news, and what the catalogue says itself under `disputed` is none either."""
    for name, content in CONTENT.items():
        folder = packed(name, content)
    code, out = held(capsys, project, folder, "litellm,genai-prices,models.dev")
    assert code == 0
    assert "different" not in out
    assert "an-id-of-nobody" not in out


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("litellm", "9e-07", "1.2e-06", "prices is 0.3 / 1.2, cached 0.03, and we say 0.3 / 0.9, cached 0.03"),
        ("genai-prices", "'2.1'", "'2.2'", "prices is 0.7 / 2.2, cached 0.07, and we say 0.7 / 2.1, cached 0.07"),
        ("models.dev", "0.9", "0.8", "prices is 0.3 / 0.8, and we say 0.3 / 0.9, cached 0.03"),
        ("litellm", "128000", "64000", "context is 64000, and we say 256000"),
        (
            "litellm",
            '"max_input',
            '"deprecation_date": "2027-01-31", "max_input',
            "retired is 2027-01-31, and we say not given",
        ),
        (
            "litellm",
            'function_calling": true',
            'function_calling": false',
            "function_calling is false, and we say true",
        ),
    ],
)
def test_what_is_changed_in_a_copy_of_a_package_is_reported_and_never_written(
    name: str, old: str, new: str, said: str, packed: Packed, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert CONTENT[name].count(old) == 1
    folder = packed(name, CONTENT[name].replace(old, new))
    before = (project / "data" / "models" / "mistral.yml").read_bytes()
    code, out = held(capsys, project, folder, name, "--write")
    assert code == 1
    assert out.count("  different  ") == 1
    assert f": {said} ({FORMATS[name].package} 1.0.0 says so; ask the vendor)" in out
    assert "Written:" not in out
    assert (project / "data" / "models" / "mistral.yml").read_bytes() == before


def test_a_witness_that_is_behind_is_no_news(packed: Packed, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Mistral Large 4 cost 1.36 / 4.18 until 2026-10-29, which its history of prices says."""
    behind = {"prices": {"mistral": {"mistral-large-4": {"standard": [{"rates": {"input": 1.36, "output": 4.18}}]}}}}
    assert held(capsys, project, packed("models.dev", json.dumps(behind)), "models.dev")[0] == 0


def test_what_cannot_be_heard_says_so(packed: Packed, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = packed("litellm", "{")
    assert held(capsys, project, folder, "litellm") == (
        3,
        "Mistral AI, litellm\n  no-verdict  litellm-1.0.0-py3-none-any.whl has no "
        "litellm/model_prices_and_context_window_backup.json that can be read; its form may have changed\n",
    )
    code, out = held(capsys, project, folder, "genai-prices")
    assert code == 2
    assert "there is no package genai-prices in " in out
    code, out = held(capsys, project, folder, "litelm")
    assert code == 2
    assert "did you mean litellm?" in out


def test_every_provider_is_known_to_every_witness_by_some_name(catalogue: Catalogue) -> None:
    assert all(one.known_as.keys() <= FORMATS.keys() for one in catalogue.providers.values())
