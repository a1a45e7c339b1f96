"""The harness notices what it is there to notice."""

import pytest
from flask import Flask

from support.browser import OpenTab, serving

CLEAN = """<!doctype html><html lang="cs"><head><title>Stránka</title></head>
<body><main><h1>Stránka</h1><p>Text.</p></main></body></html>"""


def app(page: str) -> Flask:
    flask = Flask("zkouska")
    flask.add_url_rule("/", "page", lambda: page)
    flask.add_url_rule("/favicon.ico", "icon", lambda: ("", 204))
    return flask


def test_a_clean_page_gives_no_cause_for_complaint(open_tab: OpenTab):
    with serving(app(CLEAN)) as site:
        tab = open_tab(site)
        tab.page.goto("/")
        assert (tab.strangers(), tab.complaints, tab.axe(), tab.too_wide()) == ([], [], [], False)


def test_a_picture_from_another_host_is_noticed(open_tab: OpenTab):
    page = CLEAN.replace("Text.", '<img src="http://jinde.test/tile.png" alt="dlaždice">')
    with serving(app(page)) as site:
        tab = open_tab(site)
        tab.page.goto("/")
        assert tab.strangers() == ["http://jinde.test/tile.png"]
        assert len(tab.complaints) == 1


@pytest.mark.parametrize("script", ["console.error('au')", "throw new Error('au')"])
def test_an_error_in_a_script_is_noticed(open_tab: OpenTab, script: str):
    with serving(app(CLEAN.replace("Text.", f"<script>{script}</script>"))) as site:
        tab = open_tab(site)
        tab.page.goto("/")
        assert len(tab.complaints) == 1


def test_a_picture_without_words_is_noticed(open_tab: OpenTab):
    with serving(
        app(CLEAN.replace("Text.", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'))
    ) as site:
        tab = open_tab(site)
        tab.page.goto("/")
        assert [line.split(" ")[0] for line in tab.axe()] == ["image-alt"]


def test_a_page_wider_than_the_phone_is_noticed(open_tab: OpenTab):
    with serving(app(CLEAN.replace("Text.", '<div style="width: 500px">Text.</div>'))) as site:
        tab = open_tab(site, width=390)
        tab.page.goto("/")
        assert tab.too_wide()


def test_a_tab_without_scripts_runs_none(open_tab: OpenTab):
    with serving(app(CLEAN.replace("Text.", "<script>document.title = 'au'</script>"))) as site:
        tab = open_tab(site, scripts=False)
        tab.page.goto("/")
        assert tab.page.title() == "Stránka"
