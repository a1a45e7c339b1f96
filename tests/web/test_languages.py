"""Languages: chosen by the address, one for each request, Czech where nothing is translated."""

import pytest
from flask.testing import FlaskClient

from referral.web.czech import age_span, counted, distance, listing, number, typeset
from referral.web.translation import Language, Sentence, _, language, spoken, translated
from support.web import page_of

PREFIXES = {"cs": "", "uk": "/uk", "en": "/en"}


@pytest.mark.parametrize("code", PREFIXES)
def test_an_address_chooses_the_language_and_links_stay_in_it(client: FlaskClient, code: str):
    page = page_of(client.get(f"{PREFIXES[code]}/situace").text)
    assert page.get("lang") == code
    links = [link for link in page.xpath("//main//a/@href") if link.startswith("/")]
    assert links
    assert all(link.startswith(f"{PREFIXES[code]}/situace") for link in links)


@pytest.mark.parametrize("code", PREFIXES)
def test_every_page_links_to_itself_in_the_other_languages(client: FlaskClient, code: str):
    page = page_of(client.get(f"{PREFIXES[code]}/katalog?druh=40").text)
    others = page.xpath("//nav[@class='foot__languages']/a/@href")
    assert others == [
        f"{prefix}/katalog?druh=40" for one, prefix in PREFIXES.items() if one != code
    ]
    assert page.xpath("//link[@rel='alternate']/@href") == others


def test_an_answer_has_no_address_so_its_links_begin_anew(client: FlaskClient):
    answer = client.post("/uk/pomoc", data={"place": "500001", "need": "PEC-HYG"})
    page = page_of(answer.text)
    assert page.get("lang") == "uk"
    assert page.xpath("//nav[@class='foot__languages']/a/@href") == ["/", "/en/"]
    assert page.xpath("//form[@id='znovu']/@action") == ["/uk/pomoc"]


def test_a_page_that_is_told_in_czech_alone_says_so(client: FlaskClient):
    for path, czech in (
        ("/katalog", True),
        ("/karta/s-1", True),
        ("/situace", False),
        ("/", False),
    ):
        page = page_of(client.get(f"/en{path}").text)
        assert page.xpath("//main/@lang") == (["cs"] if czech else [])
        assert bool(page.xpath("//p[contains(@class,'only-czech')]")) is czech
        assert not page_of(client.get(path).text).xpath("//main/@lang")


@pytest.mark.parametrize("path", ["/uk", "/uk/"])
def test_the_word_alone_is_the_first_page(client: FlaskClient, path: str):
    assert page_of(client.get(path).text).get("lang") == "uk"


def test_a_word_that_only_begins_like_a_language_is_no_language(client: FlaskClient):
    assert client.get("/ukrajina").status_code == 404
    assert client.get("/cs/katalog").status_code == 404


def test_a_language_lasts_as_long_as_its_request():
    with spoken(Language.ENGLISH):
        assert language() is Language.ENGLISH
        with spoken(Language.UKRAINIAN):
            assert language() is Language.UKRAINIAN
        assert language() is Language.ENGLISH
    assert language() is Language.CZECH


def test_a_sentence_written_before_a_language_was_chosen_is_told_in_it(monkeypatch):
    monkeypatch.setattr("referral.web.translation._catalogue", lambda spoken: _Words(spoken.value))
    told = _("voda {kde}")
    assert isinstance(told, Sentence)
    assert told == "voda {kde}"
    with spoken(Language.ENGLISH):
        assert str(told) == "voda {kde}@en"
        assert f"{told}" == "voda {kde}@en"
        assert told.format(kde="tu") == "voda tu@en"
        assert told[:1] + told.removeprefix("voda ") == "v{kde}@en"
        assert told.upper() == "VODA {KDE}@EN"
        assert "+" + told + "+" == "+voda {kde}@en+"
        assert listing([told, "led"]) == "voda {kde}@en a\u00a0led@en"
        assert typeset(told) == "voda {kde}@en"
        assert type(_("voda")) is str
        assert translated("") == ""


def test_a_block_set_as_czech_is_found_by_its_words(monkeypatch):
    class Known:
        def gettext(self, text: str) -> str:
            return {"v lese": "in the wood", "1\u00a0km": "1\u00a0km away"}.get(text, text)

    monkeypatch.setattr("referral.web.translation._catalogue", lambda _spoken: Known())
    with spoken(Language.ENGLISH):
        assert translated("v\u00a0lese") == "in the wood"
        assert translated("1\u00a0km") == "1\u00a0km away"
        assert translated("u\u00a0vody") == "u\u00a0vody"
    assert translated("v\u00a0lese") == "v\u00a0lese"


class _Words:
    """A catalogue that marks what passes through it."""

    def __init__(self, code: str) -> None:
        self.code = code

    def gettext(self, text: str) -> str:
        return f"{text}@{self.code}"


FORMS = ("služba", "služby", "služeb")


@pytest.mark.parametrize(
    ("count", "czech", "ukrainian", "english"),
    [
        (1, 0, 0, 0),
        (3, 1, 1, 2),
        (5, 2, 2, 2),
        (11, 2, 2, 2),
        (21, 2, 0, 2),
        (22, 2, 1, 2),
        (0, 2, 2, 2),
    ],
)
def test_the_form_after_a_number_is_that_of_the_language(count, czech, ukrainian, english):
    for code, form in (("cs", czech), ("uk", ukrainian), ("en", english)):
        with spoken(Language(code)):
            told = counted(count, *FORMS)
            assert told == f"{count}\u00a0{translated(FORMS[form])}"


def test_a_decimal_mark_is_that_of_the_language():
    assert number(3.5, places=1) == "3,5"
    with spoken(Language.ENGLISH):
        assert number(3.5, places=1) == "3.5"
        assert "12" in distance(12.0)
        assert "18" in age_span(18, 64)
