"""The lexicon that the program ships: wide enough, sound, and able to tell what must be told."""

from collections import Counter

import pytest

from referral.catalog.vocabulary import Urgency
from referral.ingest.lexicon_file import read_lexicon
from referral.matching.intake.lexicon import OFF_TOPIC, CueKind
from referral.matching.intake.listener import Listener
from referral.resources import data_dir

LEAST_PHRASES = 40


@pytest.fixture(scope="module")
def lexicon():
    return read_lexicon(data_dir() / "lexicon")


@pytest.fixture(scope="module")
def listener(lexicon, embedded):
    return Listener.of(lexicon, embedded.vocabulary)


def first(understanding):
    return understanding.needs[0].code if understanding.needs else OFF_TOPIC


def test_every_need_has_enough_phrases(lexicon, embedded):
    counted = Counter(phrase.code for phrase in lexicon.phrases)
    assert [code for code in embedded.vocabulary.needs if counted[code] < LEAST_PHRASES] == []


def test_every_urgent_need_has_cues_that_raise_the_alarm(lexicon, embedded):
    loud = {cue.code for cue in lexicon.cues if cue.kind is CueKind.NEED and cue.strength == 4}
    needs = embedded.vocabulary.needs.values()
    assert loud == {need.code for need in needs if need.urgency is Urgency.NOW}


def test_most_phrases_of_the_lexicon_are_heard_as_their_need(lexicon, listener):
    some = lexicon.phrases[::20]
    right = sum(first(listener.hear(phrase.text)) == phrase.code for phrase in some)
    assert right >= 0.9 * len(some)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("uz me nebavi zivot", "ZDR-SUI"),
        ("vyhrožuje, že se zabije", "ZDR-SUI"),
        ("manžel mě mlátí", "NAS-DOM"),
        ("tata je na mamu hruby a bije ji", "NAS-DOM"),
        ("děti nemají co jíst a jsou celé dny samy", "ROD-OSP"),
        ("otec bije syna", "ROD-OSP"),
    ],
)
def test_danger_is_heard_at_once(listener, text, code):
    assert code in listener.hear(text).urgent


@pytest.mark.parametrize(
    "text",
    [
        "bije mi srdce",
        "hodiny na věži bijí",
        "napadl sníh",
        "babička se nemůže umýt",
        "hledá práci",
        "zabil se jim syn na motorce",
    ],
)
def test_no_alarm_is_raised_for_nothing(listener, text):
    assert listener.hear(text).urgent == ()


@pytest.mark.parametrize(
    "text", ["kolik stojí rohlík", "oprava střechy kostela", "kdy jede autobus", "asdf", "ahoj"]
)
def test_small_talk_is_refused(listener, text):
    assert not listener.hear(text).understood


@pytest.mark.parametrize(
    ("text", "barriers"),
    [
        ("58 let, pije, nemá občanku", {"ALKOHOL", "BEZ-DOKL"}),
        ("nepije a není na vozíku", set()),
        ("už nepije, ani nefetuje", set()),
        ("leží, je na vozíku a má psa", {"IMOBIL", "PES"}),
        ("nemá psa ani dluhy", set()),
        ("má exekuce a je bez příjmu", {"BEZ-PRIJ"}),
        ("nemluví česky", {"JAZYK"}),
        ("je agresivní a slyší hlasy", {"AGRESE", "DUS-PSY"}),
        ("neslyší", {"SMYSL"}),
        ("syn s autismem", {"PAS"}),
        ("nemá zdravotní pojištění", {"BEZ-POJ"}),
    ],
)
def test_stated_barriers_are_heard_and_denied_ones_not(listener, text, barriers):
    assert listener.hear(text).barriers == barriers


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("babička se nemůže umýt", "SENIORI"),
        ("dědeček nevidí", "ZRAK-POST"),
        ("matka s dětmi nemá kde bydlet", "RODINY"),
        ("je na vozíku a potřebuje asistenta", "TEL-POST"),
        ("starám se o mámu a už nemůžu", "PECUJICI"),
        ("pustili ho z vězení", "PACHATELE"),
    ],
)
def test_the_circle_of_persons_is_heard(listener, text, group):
    assert group in listener.hear(text).groups


def test_several_needs_in_one_sentence_are_all_asked(listener):
    asked = {need.code for need in listener.hear("pije a přišel o práci").asked}
    assert {"ZAV-ALK", "PRA-NEZ"} <= asked


def test_slips_of_the_keyboard_and_lost_diacritics_do_not_matter(listener):
    assert first(listener.hear("babicka se nemuze sama umit ani oblect")) == "PEC-HYG"
    assert first(listener.hear("poustej ho z nemocncie")) == "ZDR-HOSP"


def test_the_example_of_the_home_page_is_understood(listener):
    text = "babi po mrtvici jde v patek z nemocnice a nema se o ni kdo postarat"
    assert first(listener.hear(text)) == "ZDR-HOSP"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nechce tu být", "ZDR-SUI"),
        ("loučí se se všemi a rozdává věci", "ZDR-SUI"),
        ("sbírá si prášky", "ZDR-SUI"),
        ("stál na mostě nad tratí, hasiči ho stáhli", "ZDR-SUI"),
        ("dcera se řeže", "ZDR-SUI"),
        ("kontroluje jí telefon a bere jí peníze", "NAS-DOM"),
        ("zamyká ji doma, když jde na noční", "NAS-DOM"),
        ("má modřiny a říká, že zase upadla ze schodů", "NAS-DOM"),
        ("děda se bojí vlastního vnuka", "NAS-DOM"),
        ("chodí do školy hladový a špinavý, rodiče opilí", "ROD-OSP"),
        ("děti v lednu chodí v teniskách a bez bundy", "ROD-OSP"),
        ("dva prckové jsou sami doma, máma na pařbě", "ROD-OSP"),
    ],
)
def test_danger_told_in_a_roundabout_way_is_heard(listener, text, code):
    assert code in listener.hear(text).urgent


@pytest.mark.parametrize(
    "text",
    [
        "umírám hlady, kde je tu hospoda",
        "zabil by mě, kdyby to věděl, že jsem mu snědl dort",
        "sebevražedné tempo závodu",
        "skočil z mostu do vody se vykoupat, kdy otevírá koupaliště",
        "kluci se mlátí o míč",
        "škrtí mě límec",
        "soused řeže dřevo motorovkou",
        "jak zabít slimáky",
        "sekera v lese ztracena",
        "zabíjačka na faře",
    ],
)
def test_words_that_only_sound_dire_raise_no_alarm(listener, text):
    assert listener.hear(text).urgent == ()


@pytest.mark.parametrize(
    ("text", "barriers"),
    [
        ("je bez občanky", {"BEZ-DOKL"}),
        ("nemá papíry", {"BEZ-DOKL"}),
        ("nemá pojištění", {"BEZ-POJ"}),
        ("má psa a nechce ho dát pryč", {"PES"}),
        ("psa už nemá", set()),
        ("na vozíku není", set()),
        ("už rok nepije", set()),
        ("alkohol nepije, drogy nebere", set()),
        ("s pitím skončil před rokem", set()),
        ("mluví jen rusky", {"JAZYK"}),
        ("v noci utíká v pyžamu na nádraží", {"DOHLED"}),
        ("na domov je moc mladý", {"VEK-POD"}),
        ("v domově mají plno", {"KAPACITA"}),
        ("řeší jen bydlení", {"JEN-BYT"}),
        ("nechce se léčit", {"MOTIV"}),
        ("moc soběstačná na domov", {"SOBEST"}),
        ("azylový dům s ním ukončil smlouvu před dvěma měsíci", {"VYPOVED"}),
    ],
)
def test_every_kind_of_barrier_is_heard_and_none_that_is_denied(listener, text, barriers):
    assert listener.hear(text).barriers == barriers


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("sedmdesátnice", "SENIORI"),
        ("v důchodu", "SENIORI"),
        ("z Ukrajiny", "IMIGRANTI"),
        ("manžel ji mlátí", "OBETI-DN"),
        ("babičku okradli falešní plynaři", "OBETI-TC"),
        ("za měsíc ho pustí z Valdic", "PACHATELE"),
    ],
)
def test_whom_a_text_is_about_is_heard(listener, text, group):
    assert group in listener.hear(text).groups


def test_a_guess_at_danger_beside_a_need_told_clearly_raises_no_alarm(listener):
    told = listener.hear(
        "58 let, pije, nehojí se mu rána na noze a 30. přijde o byt, nikde ho nechtějí"
    )
    assert told.urgent == ()
    assert told.needs[0].code == "BYD-ZTR"


def test_danger_named_beside_a_need_told_clearly_raises_the_alarm(listener):
    assert "ZDR-SUI" in listener.hear("přijde o byt a říká, že skočí z okna").urgent
