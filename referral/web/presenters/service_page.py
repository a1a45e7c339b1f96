"""The card of one service: whom it is for, how it works, what is not known, where it comes from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Kind, Service, ServiceCapacity, Stance
from referral.catalog.own_fields import FieldProvenance, NetworkMembership, OwnValue
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form, RefusalBasis, Vocabulary
from referral.matching.reach import forms_of
from referral.matching.refusals import judge_barrier
from referral.web.czech import age_span, capitalised, counted, day, listing, sentence
from referral.web.presenters.field_sources import FieldSources
from referral.web.presenters.labels import (
    FORM_MEANINGS,
    FORMS,
    area_name,
    names_of,
    need_label,
    unit_count,
)
from referral.web.presenters.offers import OfferView, capacity_text, offer_view, where_text
from referral.web.translation import _

_HYPHEN = re.compile(r"(?<=\w)\s?-\s?(?=\w)")
"""The hyphen of "Po-Pá 8:00-16:00", which Czech sets as an en dash."""

BY_TYPE = _("podle druhu služby, sama služba to neuvádí")

IF_REFUSED = _(
    "Registrovaná sociální služba smí odmítnout jen ze čtyř důvodů (§ 91 odst. 3): neposkytuje, co "
    "člověk potřebuje, nebo nepatří do jejího okruhu osob; nemá volnou kapacitu; zdravotní stav "
    "vylučuje pobytovou službu; v posledních šesti měsících mu vypověděla smlouvu pro porušování. "
    "Požádejte o písemné odůvodnění a obraťte se na sociální odbor úřadu ORP, který pomoc "
    "koordinuje (§ 92)."
)
IF_REFUSED_BY_HEALTH = _(
    "Zdravotní služby se řídí jiným zákonem (§ 48 zákona č. 372/2011 Sb.). Odmítnout pacienta "
    "mohou hlavně tehdy, když na něj nemají kapacitu, když to k němu domů mají příliš daleko, nebo "
    "když nemají smlouvu s jeho zdravotní pojišťovnou. Zeptejte se na důvod a na to, kdo ho "
    "přijme; s hledáním pomůže zdravotní pojišťovna. Pomoc okolo koordinuje sociální odbor úřadu "
    "ORP (§ 92 zákona č. 108/2006 Sb.)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement; ``note`` says on what it rests, ``unknown`` when nobody has told."""

    text: str
    note: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question a reader has and the lines that answer it."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    """Everything the page of one service shows."""

    offer: OfferView
    description: str
    ico: str
    ended: str
    rows: tuple[Row, ...]
    needs: tuple[str, ...]
    refusals: tuple[Line, ...]
    if_refused: str


def service_page(
    service: Service, catalog: Catalog, *, today: date, own: Iterable[OwnValue] = ()
) -> ServicePage:
    """Tell one service; ``own`` are our own values of all its records."""
    vocabulary = catalog.vocabulary
    sources = FieldSources.of(service, catalog, own)
    return ServicePage(
        offer=offer_view(service, catalog),
        description=service.description,
        ico=service.organization.ico or "",
        ended=_ended(service, today),
        rows=(
            Row(label=_("Pro koho je"), lines=_groups(service, vocabulary)),
            Row(label=_("Věk"), lines=_ages(service, sources)),
            Row(label=_("Jak pomáhá"), lines=_forms(service, vocabulary)),
            Row(label=_("Kam dojíždí nebo kde působí"), lines=_coverage(service, sources)),
            Row(label=_("Kde je"), lines=_places(service, catalog)),
            Row(label=_("Kdy"), lines=_schedules(service, sources)),
            Row(label=_("Kapacita"), lines=_capacities(service, sources)),
            Row(label=_("Volná místa"), lines=_vacancies(service, sources)),
            Row(label=_("Jak dlouho se čeká"), lines=_waiting(sources)),
            *_networks(service, sources, today),
        ),
        needs=tuple(
            need_label(need)
            for need in vocabulary.needs.values()
            if service.type in need.service_types or need.code in service.needs
        ),
        refusals=_stances(service, vocabulary, sources),
        if_refused=IF_REFUSED_BY_HEALTH if service.kind is Kind.HEALTH else IF_REFUSED,
    )


def _ended(service: Service, today: date) -> str:
    if service.offered_on(today):
        return ""
    if service.valid_to is not None and service.valid_to < today:
        return _("Registrace této služby skončila {day}.").format(day=day(service.valid_to))
    start = service.valid_from
    return _("Služba začíná až {day}.").format(day=day(start)) if start is not None else ""


def _unknown(text: str) -> tuple[Line, ...]:
    return (Line(text=text, unknown=True),)


def _groups(service: Service, vocabulary: Vocabulary) -> tuple[Line, ...]:
    declared = service.eligibility.target_groups
    if declared:
        names = names_of(declared, vocabulary.groups)
        return (
            Line(
                text=sentence(listing(names, at_most=30)),
                note=_("okruh osob podle registru"),
            ),
        )
    kind = vocabulary.types.get(service.type or "")
    if kind is None or not kind.typical_groups:
        return _unknown(_("Okruh osob zdroj neuvádí."))
    names = names_of(kind.typical_groups, vocabulary.groups)
    return (Line(text=sentence(listing(names, at_most=30)), note=BY_TYPE),)


def _ages(service: Service, sources: FieldSources) -> tuple[Line, ...]:
    ages = service.eligibility.ages
    if ages is None:
        return _unknown(_("Věkovou hranici zdroj neuvádí."))
    return (
        Line(text=sentence(age_span(ages.min, ages.max)), note=_checked(sources.ages(), sources)),
    )


def _checked(found: FieldProvenance, sources: FieldSources) -> str:
    """Say who verified a field and when, nothing of what stands as in the source."""
    return sources.note(found) if found.verified_by is not None else ""


def _forms(service: Service, vocabulary: Vocabulary) -> tuple[Line, ...]:
    forms, by_type = forms_of(service, vocabulary.types.get(service.type or ""))
    if not forms:
        return _unknown(_("Formu pomoci zdroj neuvádí."))
    return tuple(
        Line(
            text=sentence(f"{FORMS[form]}: {FORM_MEANINGS[form]}"),
            note=BY_TYPE if by_type else "",
        )
        for form in (Form.FIELD, Form.AMBULATORY, Form.RESIDENTIAL)
        if form in forms
    )


_STATUS = {
    CoverageStatus.DECLARED: _("uvádí poskytovatel"),
    CoverageStatus.PARSED: _("vyčteno z poznámky v registru, poskytovatel to nepotvrdil"),
    CoverageStatus.ASSUMED: _("předpoklad, ověřte"),
    CoverageStatus.UNKNOWN: "",
}


def _coverage(service: Service, sources: FieldSources) -> tuple[Line, ...]:
    coverage = service.coverage
    if coverage.status is CoverageStatus.UNKNOWN or not coverage.areas:
        return _unknown(_("Území působnosti zdroj neuvádí. Zeptejte se, zda přijedou i k vám."))
    names = dict.fromkeys(area_name(area) for area in coverage.areas)
    text = sentence(capitalised(listing(tuple(names), at_most=40)))
    if len(coverage.certain) > len(names) and not coverage.everywhere:
        total = counted(len(coverage.certain), "obec", "obce", "obcí")
        text = _("{text} Celkem {total}.").format(text=text, total=total)
    found = sources.coverage()
    said = "" if found.verified_by is not None else _STATUS[coverage.status]
    lines = [Line(text=text, note=_joined(said, sources.note(found)))]
    if coverage.unresolved:
        lines.append(
            Line(
                text=_("Nepodařilo se zařadit: {names}.").format(
                    names=listing(coverage.unresolved)
                ),
                unknown=True,
            )
        )
    return tuple(lines)


def _places(service: Service, catalog: Catalog) -> tuple[Line, ...]:
    text = sentence(capitalised(where_text(service, catalog)))
    if service.secret:
        # Withheld, not unknown: nobody is to ask where it is.
        return (Line(text=text),)
    if not service.locations:
        return _unknown(text)
    names = [name for name in service.places if name != service.name]
    lines = [Line(text=text)]
    if names:
        lines.append(Line(text=_("Zařízení: {names}.").format(names=listing(names, at_most=12))))
    return tuple(lines)


def _schedules(service: Service, sources: FieldSources) -> tuple[Line, ...]:
    lines = [
        Line(
            text=sentence(
                _("{form}: nepřetržitě").format(form=FORMS[one.form])
                if one.round_the_clock
                else f"{FORMS[one.form]}: {_HYPHEN.sub('–', one.text)}"
            ),
            note=_checked(sources.hours(one.form), sources),
        )
        for one in service.schedules
        if one.round_the_clock or one.text
    ]
    return tuple(lines) or _unknown(_("Provozní dobu zdroj neuvádí."))


def _capacities(service: Service, sources: FieldSources) -> tuple[Line, ...]:
    lines = [
        Line(
            text=sentence(capacity_text(one, on=sources.registered_on(one))),
            note=_capacity_note(one, sources),
        )
        for one in service.capacities
        if one.registered is not None
    ]
    return tuple(lines) or _unknown(_("Kapacitu zdroj neuvádí."))


def _capacity_note(capacity: ServiceCapacity, sources: FieldSources) -> str:
    found = sources.capacity(capacity)
    if found.verified_by is not None:
        return sources.note(found)
    return _("nejvyšší kapacita; {source}").format(source=sources.title(found))


def _vacancies(service: Service, sources: FieldSources) -> tuple[Line, ...]:
    lines = []
    for one in service.capacities:
        if one.available is not None:
            text = _("{count}{form} volno k\u00a0{day}.").format(
                count=unit_count(one.unit, one.available),
                form=f" ({FORMS[one.form]})" if one.form is not None else "",
                day=day(one.as_of),
            )
            lines.append(Line(text=text, note=sources.note(sources.vacancy(one))))
    return tuple(lines) or _unknown(_("Volná místa nikdo nesdělil."))


def _waiting(sources: FieldSources) -> tuple[Line, ...]:
    """Tell how long people wait; no source of services holds it, so only our own values do."""
    told = sources.waiting()
    if told is None:
        return _unknown(_("Čekací dobu nikdo nesdělil."))
    waiting, found = told
    if waiting.days is None:
        text = waiting.note
    elif waiting.days == 0:
        text = _("nečeká se")
    else:
        text = _("asi {days}").format(days=counted(waiting.days, "den", "dny", "dní"))
    if waiting.days is not None and waiting.note:
        text = f"{text}; {waiting.note}"
    return (Line(text=sentence(text), note=sources.note(found)),)


def _networks(service: Service, sources: FieldSources, today: date) -> tuple[Row, ...]:
    """Tell the networks; of a registered service also that nobody has said anything of them."""
    lines = tuple(
        Line(text=sentence(capitalised(_membership(one, today))), note=sources.note(found))
        for one, found in sources.networks()
    )
    if not lines and service.kind is Kind.REGISTERED_SOCIAL:
        lines = _unknown(
            _("Zda je v síti kraje nebo obce s rozšířenou působností, nikdo nesdělil.")
        )
    return (Row(label=_("Síť služeb"), lines=lines),) if lines else ()


def _membership(one: NetworkMembership, today: date) -> str:
    since = f", od {day(one.since)}" if one.since is not None else ""
    until = f", do {day(one.until)}" if one.until is not None else ""
    over = _(" (už skončilo)") if one.until is not None and one.until < today else ""
    return f"{one.network}{since}{until}{over}"


def _joined(*notes: str) -> str:
    return "; ".join(filter(None, notes))


_SAID = {
    Stance.ACCEPTS: _("Přijímá i lidi s touto překážkou: {name}{quoted}."),
    Stance.CONDITIONS: _("Za podmínky přijímá i lidi s touto překážkou: {name}{quoted}."),
    Stance.EXCLUDES: _("Uvádí, že nepřijímá lidi s touto překážkou: {name}{quoted}."),
}


def _stances(service: Service, vocabulary: Vocabulary, sources: FieldSources) -> tuple[Line, ...]:
    lines = []
    for rule in sorted(service.eligibility.rules, key=lambda one: (one.stance, one.barrier)):
        barrier = vocabulary.barrier(rule.barrier)
        quoted = f" („{rule.wording}“)" if rule.wording else ""
        verdict = judge_barrier(barrier, service, vocabulary)
        law = (
            ""
            if rule.stance is not Stance.EXCLUDES or verdict.lawful is not False
            else _NOT_LAWFUL.get(
                verdict.basis, _("mezi důvody, pro které zákon dovoluje odmítnout, to není")
            )
        )
        text = _SAID[rule.stance].format(name=barrier.name, quoted=quoted)
        lines.append(Line(text=text, note=_joined(law, sources.note(sources.rule(rule)))))
    return tuple(lines)


_NOT_LAWFUL = {
    RefusalBasis.HEALTH: _("zákon to jako důvod dovoluje jen u pobytové služby"),
}
