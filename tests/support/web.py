"""A program to put behind the pages, and a reader of pages that forgives nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import NoReturn

from flask import Flask
from lxml import html

from referral.catalog.districts import Boundary
from referral.catalog.history import HistoryStore
from referral.catalog.places import PlaceIndex
from referral.catalog.snapshot import Catalog
from referral.matching.advice import Advice, Preparation, Recourse
from referral.matching.errors import RequestError
from referral.matching.intake.heard import HeardNeed, Understanding
from referral.matching.policy import Policy
from referral.settings import Settings
from referral.storage.errors import UnreachableError
from referral.web.app import create_app
from support.accounts import KEY, held_accounts
from support.build import TODAY
from support.edits import HeldEdits
from support.history import HeldHistory
from support.matching import POLICY

HEARD: Mapping[str, Understanding] = {
    "umýt": Understanding(
        text="umýt", needs=(HeardNeed(code="PEC-HYG", confidence=0.9, words=("umýt",)),), age=82
    ),
    "pije": Understanding(
        text="pije",
        needs=(
            HeardNeed(code="ZAV-ALK", confidence=0.8),
            HeardNeed(code="PEC-HYG", confidence=0.4),
        ),
        barriers=frozenset({"ALKOHOL"}),
        care_level=2,
    ),
    "skočí": Understanding(
        text="skočí", needs=(HeardNeed(code="ZDR-SUI", confidence=0.9),), urgent=("ZDR-SUI",)
    ),
}


ADVICE = Advice(
    preparations=(Preparation(what="žádost", why="vede se pořadník", source="obvyklá praxe"),),
    recourses=(Recourse(who="krajský úřad ({region})", why="službu registroval", source="§ 78"),),
)


class StandIn:
    """A program that knows a catalogue and a few words."""

    policy: Policy = POLICY
    advice: Advice = ADVICE
    signing_key: str = KEY

    def __init__(
        self, catalog: Catalog, *, down: bool = False, history: HistoryStore | None = None
    ) -> None:
        self._catalog = catalog
        self.history = history or HeldHistory()
        self._places = PlaceIndex.of(catalog.territory)
        self._down = down
        self.accounts = held_accounts()
        self.edits = HeldEdits()

    def catalog(self) -> Catalog:
        """Return the catalogue."""
        return self._catalog

    def places(self) -> PlaceIndex:
        """Return the index of its places."""
        return self._places

    def one_state(self) -> AbstractContextManager[None]:
        """Its catalogue never changes."""
        return nullcontext()

    def boundaries(self) -> tuple[Boundary, ...]:
        """Return no imported border."""
        return ()

    def understand(self, text: str) -> Understanding:
        """Hear the words of HEARD and nothing else; "řvi" breaks, as a fault would."""
        if "řvi" in text:
            raise RuntimeError(f"nobody may read this: {text}")
        if len(text) > 1000:
            raise RequestError("says", "Text je moc dlouhý.")
        for word, heard in HEARD.items():
            if word in text:
                return heard
        return Understanding(text=text)

    def gaps(
        self, area: str | None = None, level: str | None = None, norm: str | None = None
    ) -> NoReturn:
        """Answer nothing: the gap pages have a stand-in of their own."""
        raise NotImplementedError(area, level, norm)

    def ping(self) -> None:
        """Say whether the database answers."""
        if self._down:
            raise UnreachableError("nobody is at home")


def an_app(
    catalog: Catalog,
    *,
    today: date = TODAY,
    down: bool = False,
    history: HistoryStore | None = None,
) -> Flask:
    """Make the application over a catalogue."""
    program = StandIn(catalog, down=down, history=history)
    return create_app(program, settings=Settings(), today=lambda: today)


VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


_DATA = re.compile(r'<script type="application/json"[^>]*>.*?</script>', re.DOTALL)


class _Balanced(HTMLParser):
    """Refuses a tag that is not closed, is closed twice or closes another."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> says an attribute twice: {names}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take <path/> as a whole."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} closes {self.open[-1:]}")
        else:
            self.open.pop()


def page_of(text: str) -> html.HtmlElement:
    """Parse a page and check that it is whole and open to all; return it for closer questions."""
    faults = [*_faults_of_markup(text)]
    page = html.document_fromstring(text)
    faults += [*_faults_of_outline(page), *_faults_of_links(page), *_faults_of_fields(page)]
    assert faults == []
    return page


def _faults_of_markup(text: str) -> Iterator[str]:
    if not text.lstrip().lower().startswith("<!doctype html>"):
        yield "no doctype"
    reader = _Balanced()
    reader.feed(text)
    yield from reader.faults
    if reader.open:
        yield f"left open: {reader.open}"
    if found := re.search(r"[{}][{}%]|&lt;(p|a|span|svg|strong)\b", _DATA.sub("", text)):
        yield f"a template shows through: {found[0]}"


def _faults_of_outline(page: html.HtmlElement) -> Iterator[str]:
    if page.get("lang") not in {"cs", "uk", "en"}:
        yield "the language is not said"
    if len(page.xpath("//h1")) != 1:
        yield f"{len(page.xpath('//h1'))} h1"
    if not (page.findtext(".//title") or "").strip():
        yield "no title"
    if len(page.xpath("//main")) != 1:
        yield "not one main"
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4")]
    # A heading before the h1 belongs to nothing; none may skip a level on the way down.
    if levels[:1] != [1]:
        yield "the first heading is no h1"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"h{below} follows h{above}"
    ids = Counter(page.xpath("//@id"))
    yield from (f"id {name} stands twice" for name, count in ids.items() if count > 1)


def _faults_of_links(page: html.HtmlElement) -> Iterator[str]:
    ids = set(page.xpath("//@id"))
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for value in page.xpath(f"//@{attribute}"):
            yield from (f"{attribute} {one} is nowhere" for one in value.split() if one not in ids)
    for href in page.xpath("//a/@href[starts-with(., '#')]"):
        if href[1:] not in ids:
            yield f"{href} leads nowhere"
    yield from (f"inline style on {one.tag}" for one in page.xpath("//*[@style]"))
    yield from (f"inline handler {name}" for name in page.xpath("//@*[starts-with(name(), 'on')]"))
    if page.xpath("//style"):
        yield "a style element"
    for script in page.xpath("//script[not(@src)]"):
        if script.get("type") != "application/json":
            yield "an inline script"


def _faults_of_fields(page: html.HtmlElement) -> Iterator[str]:
    for field in page.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        wrapped = field.xpath("ancestor::label[normalize-space()]")
        labels = page.xpath("//label[@for=$id]", id=field.get("id", ""))
        if not (wrapped or labels or field.get("aria-label")):
            yield f"no label: {html.tostring(field)[:80]!r}"
    for one in page.xpath("//button|//a|//summary|//legend"):
        if not (one.text_content().strip() or one.get("aria-label")):
            yield f"no name: {html.tostring(one)[:80]!r}"
    for group in page.xpath("//fieldset"):
        if not group.xpath("./legend"):
            yield "a fieldset without a legend"


LOADING = (
    "//script/@src",
    "//link/@href",
    "//img/@src",
    "//iframe/@src",
    "//source/@src",
    "//form/@action",
)


def loaded(page: html.HtmlElement) -> list[str]:
    """Return every address that the page would fetch or send to by itself."""
    return [value for path in LOADING for value in page.xpath(path)]
