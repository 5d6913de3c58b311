"""A browser reads the same rules from the joined style sheet as from its parts."""

import re
from pathlib import Path

from keyway.site.stylesheet import ENTRY, read_stylesheet
from playwright.sync_api import Browser

IMPORT = re.compile(r'^@import "(.+)" layer\((.+)\);$', re.MULTILINE)
# What a custom property holds is text to a browser, so blanks that part nothing are taken out of both sides.
RULES = r"""(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const told = (rule) => rule.cssText.replace(/\s+/g, " ").replace(/ ?, ?/g, ",");
  const rules = (list) => [...list].flatMap((rule) => rule instanceof CSSLayerBlockRule
    ? rules(rule.cssRules).map((text) => `${rule.name}: ${text}`) : [told(rule)]);
  return rules(sheet.cssRules);
}"""


def test_a_browser_reads_the_same_rules_from_the_joined_file_as_from_the_parts(browser: Browser, project: Path) -> None:
    entry = project / ENTRY
    apart = "".join(
        f"@layer {layer} {{ {(entry.parent / part).read_text(encoding='utf-8')} }}\n"
        for part, layer in IMPORT.findall(entry.read_text(encoding="utf-8"))
    )
    page = browser.new_page()
    assert page.evaluate(RULES, read_stylesheet(project)) == page.evaluate(RULES, apart)
    assert len(page.evaluate(RULES, apart)) > 100
    page.close()
