"""Proposals that two records are one service: Czech sentences and plain values.

Of a pair with a secret address nothing is said that could tell a place, not even of its other
record: what stands beside each other would give it away.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from referral.catalog.comparing import Agreement, Evidence, Trait
from referral.catalog.duplicates import DuplicateLevel, Proposal
from referral.catalog.filling import TakenField
from referral.catalog.merging import MergeDecision
from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.usecases.find_duplicates import Duplicates
from referral.web.czech import counted, day, distance, listing, number, plain, sentence
from referral.web.presenters.document import Json
from referral.web.presenters.labels import service_label
from referral.web.presenters.offers import where_text
from referral.web.translation import _

LEVELS: Final[Mapping[DuplicateLevel, str]] = {
    DuplicateLevel.CERTAIN: _("jisté"),
    DuplicateLevel.PROBABLE: _("pravděpodobné"),
    DuplicateLevel.POSSIBLE: _("možné"),
}
FOREIGN: Final = _(
    "POZOR: poskytovatelé mají různé IČO. Může jít o nástupce, pobočku, nebo jen o podobné jméno; "
    "ověřte to."
)
_SAID: Final[Mapping[tuple[Trait, Agreement], str]] = {
    (Trait.REGISTER, Agreement.SAME): _("stejné číslo v registru ({value})"),
    (Trait.ICO, Agreement.SAME): _("stejné IČO ({value})"),
    (Trait.ICO, Agreement.DIFFERENT): _("různé IČO"),
    (Trait.ICO, Agreement.UNKNOWN): _("IČO aspoň jeden zdroj neuvádí"),
    (Trait.PROVIDER, Agreement.SAME): _("stejný název poskytovatele"),
    (Trait.PROVIDER, Agreement.ALIKE): _("podobný název poskytovatele"),
    (Trait.PROVIDER, Agreement.DIFFERENT): _("jiný název poskytovatele"),
    (Trait.NAME, Agreement.SAME): _("stejný název služby"),
    (Trait.NAME, Agreement.ALIKE): _("podobný název služby"),
    (Trait.NAME, Agreement.DIFFERENT): _("jiný název služby"),
    (Trait.TYPE, Agreement.SAME): _("stejný druh služby"),
    (Trait.TYPE, Agreement.ALIKE): _("obě pomáhají s touž potřebou"),
    (Trait.PLACE, Agreement.DIFFERENT): _("jiné místo"),
    (Trait.PHONE, Agreement.SAME): _("stejný telefon"),
    (Trait.EMAIL, Agreement.SAME): _("stejný e-mail"),
    (Trait.WEB, Agreement.SAME): _("stejný web"),
}
_FIELDS: Final[Mapping[TakenField, str]] = {
    TakenField.FORMS: _("formy"),
    TakenField.TARGET_GROUPS: _("okruh osob"),
    TakenField.AGES: _("věk"),
    TakenField.RULES: _("koho přijímá a nepřijímá"),
    TakenField.COVERAGE: _("území působnosti"),
    TakenField.CAPACITY: _("kapacita"),
    TakenField.SCHEDULE: _("doba provozu"),
    TakenField.PLACE: _("místo"),
    TakenField.PHONE: _("telefon"),
    TakenField.EMAIL: _("e-mail"),
    TakenField.WEB: _("web"),
}


def evidence_text(evidence: Evidence) -> str:
    """Say in a few words how two records agree; empty where there is nothing to say."""
    if evidence.trait is Trait.PLACE and evidence.agreement in {Agreement.SAME, Agreement.ALIKE}:
        return _place(evidence)
    said = _SAID.get((evidence.trait, evidence.agreement), "")
    return said.format(**evidence.facts)


def proposal_lines(
    proposal: Proposal, records: Mapping[str, Service], catalog: Catalog
) -> tuple[str, ...]:
    """Tell a proposal in lines for a terminal."""
    head = f"{LEVELS[proposal.level]} ({number(proposal.score)}): {proposal.kept} {proposal.other}"
    told = [f"{text}{_signed(one.points)}" for one in proposal.evidence
            if (text := evidence_text(one))]  # fmt: skip
    lines = [
        head,
        *(f"    {_record(records[name], records, proposal, catalog)}"
          for name in (proposal.kept, proposal.other)),
        f"    {sentence(', '.join(told))}",
    ]  # fmt: skip
    if proposal.foreign:
        lines.append(f"    {FOREIGN}")
    if proposal.rivals:
        rivals = _("Stejně dobře se hodí i {names}; rozhodněte, co k čemu patří.")
        lines.append(f"    {rivals.format(names=listing(proposal.rivals))}")
    if proposal.automatic:
        lines.append(
            "    "
            + _(
                "Je to táž registrace, proto se ukazuje jednou; "
                "nesouhlasíte-li, oddělte ji příkazem reject."
            )
        )
    return tuple(lines)


def duplicates_document(found: Duplicates, catalog: Catalog) -> dict[str, Json]:
    """Return proposals as plain JSON values."""
    records = found.records
    return {
        "proposals": [
            {
                "kept": _record_document(records[one.kept], records, one, catalog),
                "other": _record_document(records[one.other], records, one, catalog),
                "level": one.level.value,
                "score": one.score,
                "automatic": one.automatic,
                "different_ico": one.foreign,
                "rivals": list(one.rivals),
                "evidence": [
                    {
                        "trait": it.trait.value,
                        "agreement": it.agreement.value,
                        "points": it.points,
                        "text": plain(evidence_text(it)),
                    }
                    for it in one.evidence
                ],
            }
            for one in found.proposals
        ],
        "summary": {
            level.value: sum(one.level is level for one in found.proposals)
            for level in DuplicateLevel
        },
        "left_out_for_secrecy": found.hidden,
    }


def summary_text(found: Duplicates) -> str:
    """Say how many proposals there are, by level."""
    if not found.proposals:
        return _("Žádné dvojice k posouzení.")
    parts = [
        f"{LEVELS[level]} {count}"
        for level in DuplicateLevel
        if (count := sum(one.level is level for one in found.proposals))
    ]
    total = counted(len(found.proposals), "dvojice", "dvojice", "dvojic")
    return f"{total} k{chr(0xA0)}posouzení: {', '.join(parts)}."


def decision_text(decision: MergeDecision, *, shown: str) -> str:
    """Say what a decision about one service means for what is shown."""
    return _("{other} a {kept} jsou jedna služba; ukazuje se {shown}.").format(
        other=decision.other, kept=decision.kept, shown=shown
    )


def taken_lines(service: Service, catalog: Catalog) -> tuple[str, ...]:
    """Say which records stand behind a service and what has been taken over from each source."""
    merged = catalog.merged.get(service.id)
    if merged is None:
        return ()
    lines = []
    for name in merged.records:
        fields = [one for one in merged.taken if one.record == name]
        if fields:
            source = catalog.sources[fields[0].source]
            names = listing([_FIELDS[one.field] for one in fields], at_most=len(_FIELDS))
            lines.append(
                sentence(
                    _("Převzato z jiného záznamu téže služby ({source}, stav k {day}): {fields}")
                    .format(source=source.title, day=day(fields[0].as_of), fields=names)
                )
            )  # fmt: skip
    listed = listing([catalog.sources[name].title for name in merged.sources], at_most=9)
    lines.append(sentence(_("Tutéž službu uvádí i: {sources}").format(sources=listed)))
    return tuple(lines)


def _place(evidence: Evidence) -> str:
    km = evidence.facts.get("km")
    apart = f", {distance(float(km))} od sebe" if km is not None else ""
    if evidence.agreement is Agreement.SAME:
        return _("stejné místo ({place}{apart})").format(place=evidence.facts["place"], apart=apart)
    if "orp" in evidence.facts:
        return _("stejné ORP ({orp}{apart})").format(orp=evidence.facts["orp"], apart=apart)
    return _("blízké místo ({apart})").format(apart=apart.removeprefix(", "))


def _signed(points: int) -> str:
    return f" {'+' if points > 0 else '−'}{abs(points)}" if points else ""


def _discreet(proposal: Proposal, records: Mapping[str, Service]) -> bool:
    return records[proposal.kept].secret or records[proposal.other].secret


def _record(
    service: Service, records: Mapping[str, Service], proposal: Proposal, catalog: Catalog
) -> str:
    what = service_label(service, catalog.vocabulary)
    ico = f", IČO {service.organization.ico}" if service.organization.ico else ""
    source = catalog.sources[service.provenance.source].title
    if _discreet(proposal, records):
        return f"{service.id}: {what}, {service.organization.name}{ico}; {source}"
    told = f"„{service.name}“, {service.organization.name}{ico}"
    return f"{service.id}: {told}; {what}; {where_text(service, catalog)}; {source}"


def _record_document(
    service: Service, records: Mapping[str, Service], proposal: Proposal, catalog: Catalog
) -> dict[str, Json]:
    discreet = _discreet(proposal, records)
    return {
        "id": service.id,
        "name": None if discreet else service.name,
        "provider": service.organization.name,
        "ico": service.organization.ico,
        "type": service.type,
        "register_id": service.register_id,
        "place": None if discreet else plain(where_text(service, catalog)),
        "source": service.provenance.source,
        "as_of": service.provenance.as_of.isoformat(),
    }


def pair_lines(proposals: Iterable[Proposal], records: Mapping[str, Service]) -> tuple[str, ...]:
    """Write pairs one a line, as ``duplicates confirm --from`` reads them.

    Those of different IČO are only notes: each of them is confirmed alone.
    """
    lines = []
    for one in proposals:
        discreet = _discreet(one, records)
        names = (
            records[name].organization.name if discreet else records[name].name
            for name in (one.kept, one.other)
        )
        warning = _("# RŮZNÉ IČO, potvrďte zvlášť: ") if one.foreign else ""
        lines.append(f"{warning}{one.kept} {one.other}  # {' = '.join(names)}")
    return tuple(lines)
