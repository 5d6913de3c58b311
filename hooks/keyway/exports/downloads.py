"""What the site offers beside its pages and takes from the catalogue: filters to download, and the tools' data.

Pure: it says which file has which text, and writes none.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..schema.catalogue import Catalogue
from ..schema.fields import LANGUAGES
from .decoder_table import decoder_table
from .filters import filters
from .request_rules import request_tables
from .snippets.choices import Choices, table

NOTHING_OFFERED: Mapping[tuple[str, str], Choices] = MappingProxyType({})


def downloads(catalogue: Catalogue, offered: Mapping[tuple[str, str], Choices] = NOTHING_OFFERED) -> Mapping[str, str]:
    """Path below the site's root -> text of the file; `offered` has the configuration of each provider and client."""
    files = {"assets/data/errors.json": _json({**decoder_table(catalogue), "words": _words(catalogue, "decoder")})}
    for provider in catalogue.providers.values():
        if provider.requests:
            tables = {**request_tables(provider), "words": _words(catalogue, "checker")}
            files[f"assets/data/{provider.id}.requests.json"] = _json(tables)
        for name, text in filters(provider, catalogue.clients).items():
            files[f"assets/filters/{provider.id}/{name}"] = text
    for (provider_id, client_id), choices in offered.items():
        tables = table(choices, _words(catalogue, "snippet"))
        files[f"assets/data/snippets/{provider_id}.{client_id}.json"] = _json(tables)
    return files


def _words(catalogue: Catalogue, group: str) -> dict[str, dict[str, str]]:
    """Language -> word -> text, the way round in which a page needs one half of it."""
    words = catalogue.words[group]
    return {language: {name: text[language] for name, text in words.items()} for language in LANGUAGES}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
