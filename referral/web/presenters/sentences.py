"""One Czech sentence for each bar of an explanation, made from its facts and nothing else."""

from collections.abc import Callable, Mapping
from datetime import date

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import AddressRole, Kind
from referral.catalog.vocabulary import Form, Vocabulary
from referral.matching.outcome import Outcome
from referral.web.czech import age_span, capitalised, counted, day, distance, listing, years
from referral.web.presenters.facts import Facts
from referral.web.presenters.labels import CRITERIA, names_of, unit_count
from referral.web.translation import _, translated

Sentence = Callable[[Facts, Vocabulary], str]

MISSING: Mapping[str, str] = {
    "coverage": _("Kam pracovníci dojíždějí, zdroj neuvádí. Ověřte telefonem, zda přijedou i sem."),
    "place_seat": _("Známe jen sídlo poskytovatele, ne místo služby. Vzdálenost proto neuvádíme."),
    "place_secret": _("Adresa je ze zákona utajená. Polohu ani vzdálenost neuvádíme."),
    "place_none": _("Místo poskytování zdroj neuvádí, vzdálenost proto neznáme."),
    "groups": _("Okruh osob zdroj neuvádí. Zeptejte se, zda je služba pro tohoto člověka."),
    "client_groups": _("Nevíme, do které skupiny osob klient patří, okruh osob nelze posoudit."),
    "ages": _("Věkovou hranici zdroj neuvádí."),
    "client_age": _("Věk klienta jste neuvedli, věkovou hranici nelze posoudit."),
    "barriers": _("Zda služba lidi s touto překážkou přijímá, zdroj neuvádí. Zeptejte se předem."),
    "vacancy": _("Volná místa nikdo nesdělil. Zeptejte se, jak dlouhá je čekací doba."),
    "vicinity": _("V které obci služba sídlí, zdroj neuvádí."),
    "freshness": _("Stáří údajů neznáme."),
    "refusal": _("O dřívějším odmítnutí nic nevíme."),
}


def outcome_text(outcome: Outcome, vocabulary: Vocabulary) -> str:
    """Say what a criterion found; a criterion or gap without a sentence of its own says so."""
    if not outcome.facts:
        return MISSING.get(
            outcome.missing,
            _("{what}: zdroj to neuvádí.").format(what=criterion_label(outcome.criterion)),
        )
    make = SENTENCES.get(outcome.criterion)
    if make is None:
        return _("{what}: posouzeno podle údajů katalogu.").format(
            what=criterion_label(outcome.criterion)
        )
    return make(Facts(outcome.facts), vocabulary)


def criterion_label(criterion: str) -> str:
    """Name a criterion; one without a name of its own stands under its key."""
    return CRITERIA.get(criterion, capitalised(criterion.replace("_", " ")))


def _need(facts: Facts, vocabulary: Vocabulary) -> str:
    needs = facts.words("needs")
    asked = int(facts.number("asked") or len(needs))
    names = listing([f"„{name}“" for name in names_of(needs, vocabulary.needs)])
    if asked > 1 and len(needs) < asked:
        text = _("Z vašich {asked} potřeb řeší tyto: {names}.").format(asked=asked, names=names)
    elif asked > 1:
        text = _("Řeší všechny zadané potřeby: {names}.").format(names=names)
    else:
        text = _("Odpovídá na potřebu {names}.").format(names=names)
    return f"{text} {_rank(facts, vocabulary)}".strip()


def _rank(facts: Facts, vocabulary: Vocabulary) -> str:
    code, rank = facts.text("type"), int(facts.number("rank") or 0)
    if code not in vocabulary.types:
        return _("Jde o pomoc mimo registrované sociální služby.")
    name = translated(vocabulary.types[code].name)
    if rank == 1:
        return _("Druh služby ({name}) bývá první volbou.").format(name=name)
    if rank > 1:
        return _("Druh služby ({name}) bývá až {rank}. volbou.").format(name=name, rank=rank)
    return ""


def _reach(facts: Facts, _vocabulary: Vocabulary) -> str:
    km = facts.number("km")
    if km is None:
        return _remote(facts) if facts.number("remote") else _coming(facts)
    verb = (
        _("Pobyt v místě služby")
        if facts.text("form") == Form.RESIDENTIAL
        else _("Člověk dochází do místa služby")
    )
    text = f"{verb}, {distance(km)}."
    if facts.text("place") == "listed":
        text += _(" Polohu uvádí veřejný seznam; neříká, zda jde přímo o místo poskytování.")
    return text


def _remote(facts: Facts) -> str:
    if facts.text("covers") == CoverageStatus.ASSUMED:
        return _("Pomáhá na dálku. Území působnosti neuvádí, žádné místo tedy nevylučuje.")
    return _("Pomáhá na dálku, na vzdálenosti nezáleží.")


def _coming(facts: Facts) -> str:
    areas = listing(facts.words("areas"))
    covers = facts.text("covers")
    if not facts.text("form"):
        text = _("Je příslušná pro tuto obec")
        return f"{text} ({areas})." if areas else f"{text}."
    if covers == CoverageStatus.ASSUMED:
        return _("Pracovník nejspíš přijede: služba sídlí přímo v obci, území ale neuvádí.")
    if covers == CoverageStatus.PARSED:
        text = _("Pracovník přijede. Území jsme vyčetli z poznámky poskytovatele")
    else:
        text = _("Pracovník přijede. Území uvádí poskytovatel")
    return f"{text}: {areas}." if areas else f"{text}."


def _group(facts: Facts, vocabulary: Vocabulary) -> str:
    groups = listing(names_of(facts.words("groups"), vocabulary.groups))
    by_type = facts.text("basis") == "type"
    if facts.text("basis") == "none":
        return (
            _("Zdravotní péče nemá okruh osob, který by někoho vylučoval.")
            if facts.text("kind") == Kind.HEALTH
            else _("Je to pomoc mimo registr; okruh osob u ní nikdo nestanoví.")
        )
    if not groups:
        circle = listing(names_of(facts.words("circle"), vocabulary.groups))
        text = (
            _("Podle druhu služby je určena jiným skupinám osob")
            if by_type
            else _("V registru má služba jiný okruh osob")
        )
        return f"{text}: {circle}." if circle else f"{text}."
    if by_type:
        text = _("Podle druhu služby je určena i pro skupinu: {groups}. Okruh osob zdroj neuvádí.")
    elif facts.text("client") == "need" or facts.text("basis") == "need":
        text = _("Okruh osob zahrnuje skupinu, do které člověk nejspíš patří: {groups}.")
    else:
        text = _("Klient patří do okruhu osob služby: {groups}.")
    return text.format(groups=groups)


def _age(facts: Facts, _vocabulary: Vocabulary) -> str:
    age, low, high = (facts.number(key) for key in ("age", "min", "max"))
    span = age_span(low, high)
    if age is None:
        return _("Služba je {span}.").format(span=span)
    return _("Věk {age} odpovídá hranici služby ({span}).").format(age=years(age), span=span)


_TAKING: Mapping[str, str] = {
    "accepted": _("Služba uvádí, že přijímá i lidi s touto překážkou: {names}."),
    "circle": _("Takové lidi má služba přímo v okruhu osob: {names}."),
    "conditions": _("Přijímá je s podmínkou: {names}."),
    "type": _("Podle druhu služby nevadí: {names}. Služba sama to neuvádí."),
    "experience": _("Sama nic neuvádí, usuzujeme z toho, jak dopadli jiní: {names}."),
    "unknown": _("K této překážce nic neuvádí: {names}."),
}


def _barriers(facts: Facts, vocabulary: Vocabulary) -> str:
    parts = [
        text.format(names=listing(names_of(facts.words(key), vocabulary.barriers)))
        for key, text in _TAKING.items()
        if facts.words(key)
    ]
    return " ".join(parts) or _("Služba k zadaným překážkám nic nenamítá.")


def _vacancy(facts: Facts, _vocabulary: Vocabulary) -> str:
    available = facts.number("available")
    when = _on(facts.text("as_of"))
    if not available:
        return _("Volné místo služba nemá{when}. Zeptejte se na pořadník.").format(when=when)
    count = unit_count(facts.text("unit"), available)
    return _("Volná kapacita{when}: {count}.").format(when=when, count=count)


def _on(iso: str) -> str:
    return _(" (k\u00a0{day})").format(day=day(date.fromisoformat(iso))) if iso else ""


def _vicinity(facts: Facts, _vocabulary: Vocabulary) -> str:
    role = facts.text("role")
    who = _("Sídlo poskytovatele") if role == AddressRole.PROVIDER_SEAT else _("Místo služby")
    name = facts.text("name")
    where = f" ({name})" if name else ""
    ends = {
        "municipality": _("je přímo v této obci"),
        "orp": _("je ve stejném správním obvodu (ORP)"),
        "district": _("je ve stejném okrese"),
    }
    end = ends.get(facts.text("same"), _("leží mimo váš okres"))
    return f"{who}{where} {end}."


def _freshness(facts: Facts, _vocabulary: Vocabulary) -> str:
    days = int(facts.number("days") or 0)
    age = counted(days, "den", "dny", "dní")
    if facts.number("verified"):
        return _("Údaje byly ověřeny u služby, stáří {age}.").format(age=age)
    return _("Údaje ze zdroje jsou staré {age}, u služby je zatím nikdo neověřil.").format(age=age)


def _refusal(facts: Facts, _vocabulary: Vocabulary) -> str:
    if not facts.number("refused"):
        return _("Tato služba klienta podle vás zatím neodmítla.")
    if facts.number("lapsed"):
        return _("Služba klienta už odmítla, ale důvod mezitím pominul. Zeptejte se znovu.")
    return _(
        "Služba klienta už odmítla, ale důvod, který uvedla, zákon nezná (§ 91 odst. 3). "
        "Požádejte o písemné odůvodnění."
    )


SENTENCES: Mapping[str, Sentence] = {
    "need": _need,
    "reach": _reach,
    "group": _group,
    "age": _age,
    "barriers": _barriers,
    "vacancy": _vacancy,
    "vicinity": _vicinity,
    "freshness": _freshness,
    "refusal": _refusal,
}
