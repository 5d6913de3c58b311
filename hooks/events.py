"""MkDocs events, and nothing else: they hand the engine's pages to MkDocs and its output to the site.

static-i18n builds each language as a build of its own inside the first one. The catalogue is read,
and every page of every language rendered, before the first of them starts: nothing may raise inside.
"""

import importlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

log = get_plugin_logger("keyway")  # below `mkdocs.plugins`, so that --strict counts its warnings

HOOKS = Path(__file__).parent
BEFORE_I18N, AFTER_I18N = 0, -200  # static-i18n's own events stand at -100

# Bytecode written below a watched folder would start the next rebuild.
sys.dont_write_bytecode = True

# MkDocs puts this folder on the path only while it loads this file.
from builds import LanguageBuilds  # noqa: E402
from serve import described, follow, showing_problems, surviving  # noqa: E402
from serve_inputs import fingerprint, stamps  # noqa: E402
from serve_state import STATE  # noqa: E402


def on_startup(*, command: str, dirty: bool) -> None:
    STATE.serving = command == "serve"


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    """Watch folders that may be away for a while, and outlive builds that fail."""
    watched, hooks = _watched(config), tuple(sorted(HOOKS.glob("*.py")))
    stamp, inputs = partial(stamps, watched), partial(_inputs, watched)
    server.builder = surviving(builder, config.site_dir, HOOKS.parent, hooks, stamp, inputs)
    config.watch.clear()  # MkDocs would watch them itself
    follow(server, stamp)
    server.set_app(showing_problems(server.serve_request))
    return server


def _watched(config: MkDocsConfig) -> tuple[str, ...]:
    """Where all stands that pages are made from."""
    return (config.docs_dir, str(config.config_file_path), *config.watch)


def _inputs(watched: tuple[str, ...]) -> str:
    return fingerprint(watched, datetime.now(UTC).date())


def _load_engine() -> ModuleType:
    """Import the engine anew, so that an edit of its modules takes effect under `serve`."""
    for name in [name for name in sys.modules if name == "keyway" or name.startswith("keyway.")]:
        del sys.modules[name]
    importlib.invalidate_caches()
    sys.path.insert(0, str(HOOKS))
    try:
        return importlib.import_module("keyway.site.build")
    finally:
        sys.path.remove(str(HOOKS))


def _read(config: MkDocsConfig) -> None:
    """Read and render everything. What is wrong ends the build; only where no page is there yet, `serve` goes on."""
    if STATE.serving:
        STATE.reading = stamps(_watched(config)), _inputs(_watched(config))
    try:
        engine = _load_engine()
        STATE.site = engine.build_site(Path(config.config_file_path).parent, engine.build_day())
    except Exception as error:
        STATE.problems = tuple(str(problem) for problem in getattr(error, "problems", ())) or (
            described(error, HOOKS.parent),
        )
        if STATE.whole or not STATE.serving:
            raise PluginError("\n".join(("The site was not built.", *STATE.problems))) from error
        for problem in STATE.problems:
            log.error(problem)  # noqa: TRY400 - its writer needs file and line, not our frames


def _i18n(config: MkDocsConfig) -> Any:
    """static-i18n's plugin: what it is doing, and for which language."""
    return config.plugins["i18n"]


def _language(config: MkDocsConfig) -> str:
    return str(_i18n(config).current_language)


@event_priority(AFTER_I18N)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    if not _i18n(config).building:
        _read(config)
    config.theme.static_templates.discard("sitemap.xml")  # ours names every language, whichever is built last
    if not config.repo_url:
        config.edit_uri = None  # MkDocs would warn of an address that it cannot make
    config.extra["serving"] = STATE.serving
    config.extra["words"] = {}
    config.nav = None
    if STATE.site:
        config.nav = STATE.site.nav(_language(config))
        config.site_description = escape(STATE.site.description(_language(config)))
        config.extra["words"] = STATE.site.words(_language(config))
        config.extra["tag"] = STATE.site.tag(_language(config))
        config.extra["feed"] = STATE.site.feed_path(_language(config)) if config.site_url else None
    return config


@event_priority(BEFORE_I18N)
def _announce(files: Files, *, config: MkDocsConfig) -> Files:
    """Name every page of every language, so that static-i18n finds its alternates; leave out the theme's own files."""
    for file in list(files):
        if file.is_documentation_page() or file.src_dir != config.docs_dir:
            files.remove(file)
    levels = {"index.md": InclusionLevel.UNDEFINED}
    if site := STATE.site:
        levels = {
            page.path: InclusionLevel.INCLUDED if page.path in site.shown else InclusionLevel.NOT_IN_NAV
            for page in site.pages
        }
    for language in _i18n(config).build_languages:
        for path, level in levels.items():
            uri = f"{language}/{path}"
            files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls, inclusion=level))
    return files


@event_priority(BEFORE_I18N)
def _begin(files: Files, *, config: MkDocsConfig) -> Files:
    """Begin what is built beside this first language: the site's folder is clean by now."""
    if not _i18n(config).building:
        STATE.whole, STATE.not_found, STATE.builds = False, {}, None
    if STATE.site and not _i18n(config).building:
        STATE.builds = LanguageBuilds(config, STATE.site.begin)
        STATE.files = STATE.site.begin(partial(STATE.site.files, config.site_url or ""))
    return files


@event_priority(AFTER_I18N)
def _fill(files: Files, *, config: MkDocsConfig) -> Files:
    """Put the text into the pages that static-i18n kept for this language, and the style sheet's parts into one."""
    language = _language(config)
    if not STATE.site:
        files.src_uris[f"{language}/index.md"].content_string = "# Keyway\n"
        return files
    for style in list(files.css_files()):
        if style.src_uri in config.extra_css:
            style.content_string = STATE.site.stylesheet
        else:
            files.remove(style)  # a part of it
    for page in STATE.site.pages:
        file = files.src_uris[f"{language}/{page.path}"]
        file.content_string = STATE.site.markdown(language, page.path)
    return files


on_files = CombinedEvent(_begin, _announce, _fill)


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the page its title and description; the theme prints both as they are, so they go in escaped."""
    if STATE.site:
        path = page.file.src_uri.partition("/")[2]
        for key, value in STATE.site.text(_language(config), path).meta.items():
            page.meta[key] = escape(value) if isinstance(value, str) else value
    return markdown


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    if not STATE.site:
        return html
    return STATE.site.content_html(html, _language(config), page.file.src_uri.partition("/")[2])


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Give the page where its files are changed, and the head its absolute addresses in every language.

    Without a repository there is no link to edit rather than a wrong one; search engines take absolute addresses alone.
    """
    if config.repo_url and STATE.site:
        docs = urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri)  # edit/main/docs/
        path = page.file.src_uri.partition("/")[2]
        context["edit_links"] = STATE.site.edit_links(_language(config), path, urljoin(docs, ".."))
    if config.site_url:
        file: Any = page.file  # static-i18n's own kind of file, which knows its alternates
        context["alternates"] = {
            language: urljoin(config.site_url, other.url) for language, other in file.alternates.items()
        }
    return context


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    return STATE.site.page_html(output, served=STATE.serving) if STATE.site else output


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """Keep one 404 page a language; static-i18n would leave the last language's at the root."""
    if template_name != "404.html" or not STATE.site:
        return output
    i18n = _i18n(config)
    output = STATE.not_found[i18n.current_language] = STATE.site.page_html(output, served=STATE.serving)
    if i18n.is_default_language_build:
        return output
    utils.write_file(output.encode(), str(Path(config.site_dir, i18n.current_language, "404.html")))
    return STATE.not_found.get(i18n.default_language, "")  # nothing is written of what another process writes


@event_priority(BEFORE_I18N)
def on_post_build(*, config: MkDocsConfig) -> None:
    """Wait for the other languages, keep static-i18n from building them again, and write what belongs to all."""
    i18n = _i18n(config)
    if i18n.building or not (STATE.site and STATE.builds and STATE.files):
        return
    STATE.builds.finish()
    i18n.building = True
    STATE.site.finish(Path(config.site_dir), STATE.files.result())
    STATE.builds, STATE.files = None, None
    STATE.whole, STATE.built = True, ""
    if STATE.serving and not STATE.problems:
        before, inputs = STATE.reading
        STATE.built = inputs if before == stamps(_watched(config)) else ""  # nobody can say what it read meanwhile


def on_build_error(*, error: Exception) -> None:
    """Leave nobody behind who writes into the site's folder."""
    if STATE.builds and STATE.files:
        STATE.builds.stop()
        STATE.files.stop()
    STATE.builds, STATE.files = None, None
