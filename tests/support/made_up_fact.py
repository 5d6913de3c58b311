"""What the engine makes of a fact `audio` that this copy of it declares: writes it as JSON, place by place.

Run with the copy's `hooks` on the path and its root as the only argument; nothing in it but the declaration, the
word and the value of one model knows the fact.
"""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from keyway.evidence.compare import compare
from keyway.evidence.history import changes
from keyway.evidence.recording import newest_complete
from keyway.evidence.recording_folder import read_recordings
from keyway.exports.changelog import change_days
from keyway.loading.json_schema import json_schemas
from keyway.loading.load import load_catalogue
from keyway.pages.queries import Queries
from keyway.pages.render import Renderer
from keyway.proposals.propose import plan
from keyway.source.problem import CatalogueError

MODEL = "codestral-2508"


def words(catalogue: object) -> dict:
    return {group: {name: text["en"] for name, text in names.items()} for group, names in catalogue.words.items()}


def seen(root: Path) -> dict[str, object]:
    catalogue, recordings = load_catalogue(root), read_recordings(root)
    provider, models = catalogue.providers["mistral"], catalogue.models["mistral"]
    listed = newest_complete(recordings["mistral"])
    says_no = replace(listed, rows=tuple(replace(row, facts={**row.facts, "audio": False}) for row in listed.rows))
    says_yes = replace(
        listed,
        day=date(2026, 1, 1),
        rows=tuple(replace(row, facts={**row.facts, "audio": True}) for row in listed.rows),
    )
    verdicts = [one for one in compare(provider, models, says_no) if one.field == "audio"]
    steps, _ = plan(catalogue, verdicts)
    without = replace(catalogue, models={"mistral": {k: v for k, v in models.items() if k != MODEL}})
    new = [one for one in compare(provider, without.models["mistral"], says_no) if one.id == MODEL]
    _, asked = plan(without, new)
    days = change_days([one for one in changes(says_yes, says_no, models) if one.id == MODEL], words(catalogue))
    book = Renderer(root, "en", Queries(catalogue, recordings, date(2026, 10, 15)))
    page = next(page for page in book.pages if page.params.get("model") == MODEL)
    found = {
        "compared": [(one.id, one.ours, one.theirs) for one in verdicts if one.id == MODEL],
        "compared where it does not hold": [one.id for one in verdicts if models[one.model].kind != "chat"],
        "written": [(edit.model, edit.field, edit.value) for step in steps for edit in step.edits],
        "proposed": "\n".join(asked),
        "told": [item.text for day in days for item in day.items],
        "page": book.render(page).markdown,
        "schema": json.loads(json_schemas()["models.json"])["$defs"]["Model"]["properties"]["audio"],
    }
    found["where it does not hold"] = refused(
        root, "models/mistral.yml", "  kind: ocr\n", "  kind: ocr\n  audio: true\n"
    )
    found["without its word"] = refused(root, "words.yml", "  audio: {en: Sound, zh: 音频, ja: 音声}\n", "")
    return found


def refused(root: Path, name: str, old: str, new: str) -> list[tuple[str, str]]:
    """The problems with `old` changed to `new` in a file, which is put right again."""
    file = root / "data" / name
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        load_catalogue(root)
    except CatalogueError as error:
        return [(one.rule, one.message) for one in error.problems]
    finally:
        file.write_text(text, encoding="utf-8")
    return []


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seen(Path(sys.argv[1])), default=str))
