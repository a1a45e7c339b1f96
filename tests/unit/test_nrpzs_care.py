"""Which health care answers which needs, in which forms, and what is left outside."""

import pytest

from referral.catalog.model import AgeRange
from referral.ingest.errors import IngestError
from referral.ingest.nrpzs.care import CARE, NOT_OURS, Care, CareTable, care_of
from referral.resources import data_dir
from support.nrpzs_register import AMBULATORY, AT_HOME, BEDS

HEADER = "field,words,needs,forms,ages,closed,name,reason\n"


@pytest.fixture(scope="session")
def table(embedded) -> CareTable:
    """The shipped table."""
    return CareTable.read(data_dir(), embedded.vocabulary)


def letters(care) -> str:
    return "".join(sorted(care.forms)) if care.forms is not None else "?"


@pytest.mark.parametrize(
    ("kind", "specialty", "form", "needs", "forms"),
    [
        ("Domácí zdravotní péče", "Všeobecná sestra", AT_HOME, {"ZDR-HOSP"}, "T"),
        ("Domácí zdravotní péče", "", "", {"ZDR-HOSP"}, "T"),
        ("Léčebna pro dlouhodobě nemocné (LDN)", "", BEDS, {"ZDR-HOSP", "PEC-24"}, "P"),
        ("Nemocnice následné péče", "vnitřní lékařství", BEDS, {"ZDR-HOSP"}, "P"),
        ("Hospic", "paliativní medicína", f"{AT_HOME} - paliativní", {"ZDR-PAL"}, "T"),
        ("Hospic", "", "", {"ZDR-PAL"}, "?"),
        (
            "Psychiatrická nemocnice",
            "návykové nemoci",
            BEDS,
            {"ZDR-DUS", "ZAV-ALK", "ZAV-DRO"},
            "P",
        ),
        ("Centrum duševního zdraví", "psychiatrie", AMBULATORY, {"ZDR-DUS"}, "A"),
        ("Krizové centrum", "", AMBULATORY, {"ZDR-DUS", "ZDR-SUI"}, "A"),
        ("Samostatná ordinace lékaře specialisty", "psychiatrie", AMBULATORY, {"ZDR-DUS"}, "A"),
        ("Ostatní ambulantní zařízení", "návykové nemoci", AMBULATORY, {"ZAV-ALK", "ZAV-DRO"}, "A"),
        ("Samostatné zařízení psychologa", "Klinický psycholog", AMBULATORY, {"ZDR-DUS"}, "A"),
        ("Nemocnice", "geriatrie", f"{AMBULATORY}", {"PEC-DEM"}, "A"),
        (
            "Ostatní ambulantní zařízení",
            "rehabilitační a fyzikální medicína",
            "",
            {"ZDR-HOSP"},
            "?",
        ),
    ],
)
def test_care_answers_needs_in_the_forms_in_which_it_is_given(
    table, kind, specialty, form, needs, forms
):
    care = care_of(table, kind=kind, specialties=(specialty,), forms=(form,))
    assert isinstance(care, Care), care
    assert care.needs == needs
    assert letters(care) == forms


@pytest.mark.parametrize(
    ("kind", "specialties", "form", "said"),
    [
        ("Zdravotní péče v ústavech sociální p.", "geriatrie", AT_HOME, "jen pro jejich obyvatele"),
        ("Samost. ordinace všeob. prakt. lékaře", "", AMBULATORY, "registrován"),
        ("Sam.ord.prakt.lékaře pro děti a dorost", "", AMBULATORY, "registrován"),
        ("Lékárna", "", "", "vydává léky"),
        ("Zdravotnická zachranná služba", "", "", "155"),
        ("Samostatné zařízení fyzioterapeuta", "Fyzioterapeut", AMBULATORY, "dochází domů"),
        ("Samostatná ordinace lékaře specialisty", "oftalmologie", AMBULATORY, NOT_OURS),
        ("Samostatné zařízení psychologa", "dopravní psychologie", AMBULATORY, NOT_OURS),
        ("Nemocnice", "paliativní medicína a léčba bolesti", AMBULATORY, NOT_OURS),
        ("", "", "", NOT_OURS),
    ],
)
def test_care_that_answers_no_need_is_outside_with_a_reason(table, kind, specialties, form, said):
    assert said in care_of(table, kind=kind, specialties=(specialties,), forms=(form,))


def test_a_hospital_answers_by_the_types_of_its_care(table):
    care = care_of(
        table, kind="Nemocnice", specialties=("chirurgie",), forms=(BEDS, AMBULATORY),
        care=("následná lůžková péče", "dlouhodobá lůžková péče"),
    )  # fmt: skip
    assert (care.needs, letters(care)) == ({"ZDR-HOSP", "PEC-24"}, "P")


def test_physiotherapy_counts_when_it_comes_home(table):
    forms = (f"{AT_HOME} - léčebně rehabilitační",)
    care = care_of(table, kind="Samostatné zařízení fyzioterapeuta", forms=forms)
    assert (care.needs, letters(care)) == ({"ZDR-HOSP"}, "T")


def test_a_second_kind_counts_only_in_a_form_that_is_stated(table):
    second = ("Domácí zdravotní péče",)
    assert isinstance(
        care_of(table, kind="Nemocnice", second_kinds=second, forms=(AMBULATORY,)), str
    )
    care = care_of(table, kind="Nemocnice", second_kinds=second, forms=(AT_HOME, AMBULATORY))
    assert letters(care) == "T"


def test_ages_hold_only_when_all_the_care_is_for_them(table):
    def ages(*specialties):
        return care_of(table, kind="", specialties=specialties, forms=(AMBULATORY,)).ages

    assert ages("dětská a dorostová psychiatrie") == AgeRange(max=18)
    assert ages("dětská a dorostová psychiatrie", "psychiatrie") is None


def test_every_row_of_the_table_gives_its_reason_and_no_row_hides_another(table):
    for rows in table.rows.values():
        assert all(row.reason.endswith(".") for row in rows)
        for row in rows:
            assert next(one for one in rows if one.fits(" ".join(row.words))) is row


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("stav,nic,,,,,,Proč.", "Čekáme jedno ze slov"),
        ("druh,nic,JINAK,T,,,péče,Proč.", "Neznáme potřebu"),
        ("druh,nic,ZDR-HOSP,X,,,péče,Proč.", "Neznáme formu"),
        ("druh,nic,ZDR-HOSP,,,,péče,Proč.", "musí mít i formy"),
        ("druh,nic,ZDR-HOSP,T,osm,,péče,Proč.", "Čekáme roky"),
    ],
)
def test_a_wrong_table_is_refused_with_its_row(embedded, tmp_path, row, said):
    (tmp_path / CARE).parent.mkdir()
    (tmp_path / CARE).write_text(f"{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(IngestError, match=said) as caught:
        CareTable.read(tmp_path, embedded.vocabulary)
    assert caught.value.row == 2
