"""Every page of the application in every state in which a person meets it: how to get there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from referral.accounts.model import Role
from support.accounts import DOOR, LIST, OTHER, WRONG
from support.browser import Tab
from support.site import DemoSite, ask

HOME_CARE = "rpss-671"
KADAN, VEJPRTY = "563102", "563404"
AREA = f"oblast={quote('orp:Kadaň')}"
OK, BAD, FORBIDDEN, MISSING, GONE, UNPROCESSABLE = 200, 400, 403, 404, 410, 422
CASE = "58 let, pije, má nehojící se ránu, hrozí mu vystěhování"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A tab, and the site in which it stands."""

    tab: Tab
    house: DemoSite
    links: Mapping[str, str]
    """Addresses of signed links, by what was done to them."""


Go = Callable[[Scene], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of a page: the view that answers, with what status, to whom, and the way there."""

    name: str
    view: str
    go: Go
    status: int = OK
    role: Role | None = None


def to(path: str) -> Go:
    """Return the way to a page that has an address."""
    return lambda scene: scene.tab.page.goto(path) and None


def link(which: str, answer: str = "") -> Go:
    """Return the way to the page of a signed link."""
    return lambda scene: scene.tab.page.goto(scene.links[which] + answer) and None


def asking(*, says: str, place: str) -> Go:
    """Return the way to the answer to a question."""
    return lambda scene: ask(scene.tab, says=says, place=place)


def _refused_client(scene: Scene) -> None:
    page = scene.tab.page
    page.goto("/")
    page.get_by_label("Co se děje?").fill(CASE)
    page.get_by_label("Kde člověk žije?").fill("Kadaň")
    page.keyboard.press("Escape")
    page.locator("#profil > summary").click()
    page.get_by_label("Kdy přijde o bydlení").fill("2026-09-30")
    row = page.get_by_role("group", name="1. odmítnutí")
    row.get_by_label("Která služba").fill("terénní programy kadaňsko")
    row.get_by_label("Jaký uvedla důvod").select_option("kapacita")
    page.get_by_role("button", name="Najít pomoc").click()
    page.wait_for_load_state("load")


def _in_place(scene: Scene) -> None:
    ask(scene.tab)
    question = scene.tab.page.get_by_role("region", name="Jedna otázka")
    question.get_by_role("textbox").fill("84")
    question.get_by_role("button").click()
    scene.tab.page.get_by_text("věk 84 let").first.wait_for()


def _wrong_password(scene: Scene) -> None:
    page = scene.tab.page
    page.goto(DOOR)
    page.fill("#login", "kdosi")
    page.fill("#password", WRONG)
    page.click("main button[type=submit]")
    page.get_by_role("alert").wait_for()


def _password_refused(scene: Scene) -> None:
    page = scene.tab.page
    page.goto("/ucet")
    page.get_by_label("Dosavadní heslo").fill(WRONG)
    page.get_by_label("Nové heslo", exact=True).fill(OTHER)
    page.get_by_label("Nové heslo ještě jednou").fill(OTHER)
    page.get_by_role("button", name="Změnit heslo").click()
    page.get_by_role("alert").wait_for()


def _new_account(*, role: bool) -> Go:
    def go(scene: Scene) -> None:
        page = scene.tab.page
        page.goto(LIST)
        page.get_by_label("Přihlašovací jméno").fill(f"pracoviste-{len(scene.tab.requests)}")
        if role:
            page.get_by_role("group", name="Role").last.get_by_label("Plánování sítě").check()
        page.get_by_role("button", name="Založit účet").click()
        page.locator("code.given" if role else "[role=alert]").wait_for()

    return go


def _scenario(scene: Scene) -> None:
    page = scene.tab.page
    page.goto(f"/mezery/mista?{AREA}&pravidlo=45&pocet=2")
    page.get_by_role("button", name="Otevřít jako scénář a upravit").click()
    page.wait_for_url("**/mezery/scenar")


def _wrong_scenario(scene: Scene) -> None:
    page = scene.tab.page
    page.goto("/mezery/scenar")
    page.get_by_text("Scénář jako text nebo soubor").click()
    page.locator("textarea").first.fill("změna = [")
    page.get_by_role("button", name="Ukázat, co by se změnilo").click()
    page.get_by_role("alert").first.wait_for()


def _pressed(path: str, button: str, then: str) -> Go:
    """Return the way to what comes when a form is sent as it is."""

    def go(scene: Scene) -> None:
        scene.tab.page.goto(path)
        scene.tab.page.get_by_role("button", name=button).first.click()
        scene.tab.page.locator(then).first.wait_for()

    return go


def _counted(scene: Scene) -> None:
    scene.tab.page.goto("/vysledek/rpss-100")
    scene.tab.page.get_by_label("Přijala").check()
    scene.tab.page.get_by_role("button", name="Započítat").click()
    scene.tab.page.wait_for_load_state("load")


def _places_opened(scene: Scene) -> None:
    scene.tab.page.goto("/")
    scene.tab.page.get_by_label("Kde člověk žije?").press_sequentially("kada")
    scene.tab.page.get_by_role("option").first.wait_for()


def _asked_ambiguously(scene: Scene) -> None:
    ask(scene.tab, place="Březová")
    scene.tab.page.get_by_role("radio").first.wait_for()


_PUBLIC = (
    State(name="home", view="help.home", go=to("/")),
    State(name="home with suggestions", view="help.home", go=_places_opened),
    State(name="home in Ukrainian", view="help.home", go=to("/uk/")),
    State(name="home in English", view="help.home", go=to("/en/")),
    State(
        name="home for who opens results",
        view="help.home",
        go=to("/pomoc"),
    ),
    State(
        name="results for a mayor",
        view="help.results",
        go=asking(says="babička po mrtvici jde v pátek z nemocnice", place="Kryštofovy Hamry"),
    ),
    State(
        name="results where life is at risk",
        view="help.results",
        go=asking(says="chce skočit z okna", place="Kadaň"),
    ),
    State(name="results for a refused client", view="help.results", go=_refused_client),
    State(name="results answered in place", view="help.results", go=_in_place),
    State(
        name="nothing asked",
        view="help.results",
        go=asking(says="", place=""),
        status=UNPROCESSABLE,
    ),
    State(
        name="not understood",
        view="help.results",
        go=asking(says="qwert zxcv", place="Kadaň"),
        status=UNPROCESSABLE,
    ),
    State(
        name="place unknown",
        view="help.results",
        go=asking(says="pomoc s hygienou", place="Xyzov nad Ničím"),
        status=UNPROCESSABLE,
    ),
    State(name="place ambiguous", view="help.results", go=_asked_ambiguously, status=UNPROCESSABLE),
    State(name="situations", view="situations.index", go=to("/situace")),
    State(name="a situation", view="situations.one", go=to("/situace/pec-hyg")),
    State(name="an urgent situation", view="situations.one", go=to("/situace/zdr-sui")),
    State(name="no situation", view="situations.one", go=to("/situace/nic"), status=MISSING),
    State(name="municipality", view="areas.municipality", go=to(f"/obec/{VEJPRTY}")),
    State(
        name="municipality in Ukrainian", view="areas.municipality", go=to(f"/uk/obec/{VEJPRTY}")
    ),
    State(name="ORP", view="areas.orp", go=to(f"/orp/{KADAN}")),
    State(name="no ORP", view="areas.orp", go=to("/orp/nic"), status=MISSING),
    State(name="no municipality", view="areas.municipality", go=to("/obec/1"), status=MISSING),
    State(name="catalogue", view="directory.catalogue", go=to("/katalog")),
    State(name="catalogue narrowed", view="directory.catalogue", go=to("/katalog?orp=Kadaň")),
    State(name="catalogue empty", view="directory.catalogue", go=to("/katalog?druh=999")),
    State(
        name="catalogue by a bad link",
        view="directory.catalogue",
        go=to("/katalog?po=!"),
        status=BAD,
    ),
    State(name="card", view="directory.card", go=to(f"/karta/{HOME_CARE}")),
    State(name="no card", view="directory.card", go=to("/karta/neni"), status=MISSING),
    State(name="changes", view="changes.page", go=to("/zmeny")),
    State(name="sources", view="system.sources", go=to("/zdroje")),
    State(name="for programmers", view="system.problems", go=to("/problemy")),
)
_PLANNING = (
    State(name="gaps", view="gaps.page", go=to("/mezery")),
    State(name="gaps by a rule", view="gaps.page", go=to(f"/mezery?{AREA}&pravidlo=42")),
    State(
        name="gaps by ORP",
        view="gaps.page",
        go=to(f"/mezery?oblast={quote('kraj:Ústecký kraj')}&uroven=orp&pravidlo=45"),
    ),
    State(name="gaps of capacity", view="gaps.page", go=to(f"/mezery?{AREA}&norma=prumer-cr")),
    State(
        name="gaps of nowhere",
        view="gaps.page",
        go=to("/mezery?oblast=orp:Nic"),
        status=UNPROCESSABLE,
    ),
    State(name="need", view="need.page", go=to(f"/mezery/potreba?{AREA}&pravidlo=45")),
    State(name="sites to ask", view="sites.page", go=to("/mezery/mista")),
    State(
        name="sites suggested",
        view="sites.page",
        go=to(f"/mezery/mista?{AREA}&pravidlo=45&pocet=2"),
    ),
    State(name="scenario to ask", view="scenario.page", go=to("/mezery/scenar")),
    State(name="scenario", view="scenario.answer", go=_scenario),
    State(
        name="scenario that cannot be read",
        view="scenario.answer",
        go=_wrong_scenario,
        status=UNPROCESSABLE,
    ),
)
_DOORS = (
    State(name="door", view="accounts.sign_in", go=to(DOOR)),
    State(
        name="door with a wrong password",
        view="accounts.sign_in",
        go=_wrong_password,
        status=UNPROCESSABLE,
    ),
    State(name="link for a vacancy", view="answering.answer", go=link("vacancy")),
    State(
        name="link for a vacancy, free",
        view="answering.answer",
        go=link("vacancy", "?odpoved=volno"),
    ),
    State(name="link for a record", view="answering.answer", go=link("record")),
    State(
        name="link for a record, to mend",
        view="answering.answer",
        go=link("record", "?odpoved=opravit"),
    ),
    State(name="link taken back", view="answering.answer", go=link("withdrawn"), status=GONE),
    State(name="link made up", view="answering.answer", go=to("/potvrzeni/x"), status=MISSING),
    *(
        State(name=f"own account of {role.value}", view="accounts.own", go=to("/ucet"), role=role)
        for role in Role
    ),
)


def _of_editors(
    name: str, view: str, path: str, *, status: int = OK, go: Go | None = None
) -> State:
    return State(
        name=name, view=f"editing.{view}", go=go or to(path), status=status, role=Role.EDITOR
    )


_SERVICE = f"/upravy/sluzba/{HOME_CARE}"
_DESK = (
    _of_editors("work list", "work", "/upravy"),
    _of_editors("record to correct", "service", _SERVICE),
    _of_editors("coverage to correct", "field", f"{_SERVICE}/pusobnost"),
    _of_editors("acceptance to correct", "field", f"{_SERVICE}/koho-prijima"),
    _of_editors("vacancy to correct", "field", f"{_SERVICE}/volno"),
    _of_editors("field that is none", "field", f"{_SERVICE}/nic", status=MISSING),
    _of_editors(
        "correction without a reason",
        "save",
        "",
        go=_pressed(f"{_SERVICE}/vek", "Uložit opravu", "[role=alert]"),
        status=UNPROCESSABLE,
    ),
    _of_editors("links of a service", "links", f"{_SERVICE}/odkaz"),
    _of_editors("history", "history", "/upravy/historie"),
    _of_editors("history of a service with none", "history", "/upravy/historie?sluzba=rpss-1368"),
    _of_editors("proposals", "proposals", "/upravy/ke-schvaleni"),
    _of_editors("change to undo", "undo_page", "/upravy/vratit/1"),
    State(
        name="outcome to count", view="outcome.ask", go=to("/vysledek/rpss-100"), role=Role.WORKER
    ),
    State(name="outcome counted", view="outcome.count", go=_counted, role=Role.WORKER),
    State(
        name="outcome without an answer",
        view="outcome.count",
        go=_pressed("/vysledek/rpss-100", "Započítat", "[role=alert]"),
        status=UNPROCESSABLE,
        role=Role.WORKER,
    ),
    State(
        name="results for who is signed in",
        view="help.results",
        go=asking(says=CASE, place="Kadaň"),
        role=Role.WORKER,
    ),
    State(
        name="room of others", view="users.listing", go=to(LIST), status=FORBIDDEN, role=Role.WORKER
    ),
    State(
        name="gaps for a planner signed in",
        view="gaps.page",
        go=to(f"/mezery?{AREA}"),
        role=Role.PLANNER,
    ),
    State(
        name="password not changed",
        view="accounts.change_password",
        go=_password_refused,
        status=UNPROCESSABLE,
        role=Role.ADMIN,
    ),
    State(name="accounts", view="users.listing", go=to(LIST), role=Role.ADMIN),
    State(name="account given", view="users.add", go=_new_account(role=True), role=Role.ADMIN),
    State(
        name="account without a role",
        view="users.add",
        go=_new_account(role=False),
        status=UNPROCESSABLE,
        role=Role.ADMIN,
    ),
)
STATES = (*_PUBLIC, *_PLANNING, *_DOORS, *_DESK)

_RULE = f"{AREA}&pravidlo=45"
FILES: Mapping[str, str] = {
    "changes.answer": "/zmeny.json",
    "gaps.csv": f"/mezery.csv?{_RULE}",
    "gaps.document": f"/api/gaps?area={quote('Kadaň')}",
    "gaps.file": f"/mezery.html?{_RULE}",
    "gaps.geojson": f"/api/gaps.geojson?area={quote('Kadaň')}",
    "gaps.png": f"/mezery.png?{_RULE}",
    "gaps.svg": f"/mezery.svg?{_RULE}",
    "gaps.workbook": f"/mezery.xlsx?{_RULE}",
    "need.csv": f"/mezery/potreba.csv?{_RULE}",
    "need.png": f"/mezery/potreba.png?{_RULE}",
    "need.svg": f"/mezery/potreba.svg?{_RULE}",
    "printed.brochure": f"/orp/{KADAN}/brozura.pdf",
    "printed.brochure_to_edit": f"/orp/{KADAN}/brozura.docx",
    "printed.leaflet": f"/orp/{KADAN}/letak.pdf",
    "printed.card": f"/karta/{HOME_CARE}.pdf",
    "sites.json": f"/mezery/mista.json?{_RULE}&pocet=1",
    "sites.png": f"/mezery/mista.png?{_RULE}&pocet=1",
    "sites.svg": f"/mezery/mista.svg?{_RULE}&pocet=1",
    "sites.toml": f"/mezery/mista.toml?{_RULE}&pocet=1",
    "sites.xlsx": f"/mezery/mista.xlsx?{_RULE}&pocet=1",
    "static": "/static/mark.svg",
    "system.health": "/healthz",
    "system.leaflet": "/assets/leaflet/leaflet.css",
}
"""Views that answer with something else than a page, and an address of each."""

ELSEWHERE: Mapping[str, str] = {
    "help.results_without_question": "help.home",
    "papers.paper_without_question": "help.home",
    "unmet.without_search": "help.home",
}
"""Views that only send the reader on to another."""
