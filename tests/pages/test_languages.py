"""No page in Chinese or Japanese holds a run of English that is not a name, a code or a quotation."""

import re
from collections.abc import Iterable, Mapping

import pytest
from keyway.pages.render import Rendered
from keyway.schema.catalogue import Catalogue
from selectolax.lexbor import LexborHTMLParser

QUOTED = "code, pre, .kw-ui, [lang=en], script, svg"
"""What quotes: code, a tool's buttons, titles in the words of those who wrote them, and what nobody reads."""
TOLD = ("title", "aria-label", "alt")
"""Attributes that a reader is told."""
FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^\1\2", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`\n]+`")
SPOKEN = re.compile(r"“[^”]*”|「[^」]*」")
"""What stands in quotation marks: an answer's words, or a website's."""
LINK = re.compile(r"\]\([^)]*\)")
RUN = re.compile(r"\b[A-Za-z]+(?:[ ,'’]+[a-z]{2,}){2,}")
"""Three words, of which all but the first are small: sentences run on so, names of products do not."""
ENGLISH = re.compile(r"\b(?:the|of|and|is|are|for|with|not|from|this|that|to|in|on|by|or|was)\b")
"""Small words that names of products do without."""


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_no_page_holds_english_that_is_no_name_code_or_quotation(
    language: str, rendered: Mapping[str, Mapping[str, Rendered]], catalogue: Catalogue
) -> None:
    answers = [
        piece.strip(" .")
        for one in catalogue.providers.values()
        for error in one.errors.values()
        for words in (error.headline or "", INLINE.sub("…", error.headline or ""))
        for piece in re.split(r"\{\w+\}|…|[\w-]+-latest", words)
    ]
    found = {}
    for path, page in rendered[language].items():
        titles = "。".join(str(page.meta.get(name, "")) for name in ("title", "short", "description"))
        said = [run for run in runs(f"{titles}\n\n{page.markdown}", answers) if ENGLISH.search(run)]
        if said:
            found[path] = said[:3]
    assert found == {}


def runs(markdown: str, answers: Iterable[str] = ()) -> list[str]:
    """Every run of English words in what a reader is shown, or told by an attribute, but for an error's own words."""
    tree = LexborHTMLParser(LINK.sub("]", INLINE.sub("…", FENCE.sub("", markdown))))
    for node in tree.css(QUOTED):
        node.replace_with("…")
    told = [node.attributes.get(name) or "" for name in TOLD for node in tree.css(f"[{name}]")]
    text = "\n".join((tree.body.text(), *told))
    for answer in sorted(filter(None, answers), key=len, reverse=True):
        text = text.replace(answer, "…")
    return [match[0] for match in RUN.finditer(SPOKEN.sub("…", text))]


def test_a_sentence_is_found_and_a_name_is_not() -> None:
    assert runs("这是 Documents of Mistral AI, in full detail 的说明") == ["AI, in full detail"]
    assert runs('<a title="Link to this section">¶</a>') == ["Link to this section"]
    assert runs("用 `Say hello to the model` 和 <code>one two three</code>，<span lang=en>one two three</span>") == []
    assert runs("OpenAI Chat Completions、GLM Coding Plan、Free mode") == []
