"""The tables, as Declarative rows; what they mean is said beside the model's classes.

Rows are written and read whole and mapped by hand (``mapping``), so they have no relationships and
nothing loads lazily. Lists keep their order by ``position``. A set of which the source says nothing
is told from an empty one: ``forms`` NULL, ``groups_known`` and ``ages_stated`` false.

Municipality codes in locations and coverages are no foreign keys: a service may sit in, or come
to, a municipality that is not loaded.
"""

from referral.storage.rows.accounts import (
    AccountEventRow,
    AccountRoleRow,
    AccountRow,
    AccountSessionRow,
    SignInFailureRow,
)
from referral.storage.rows.base import Row
from referral.storage.rows.decisions import MergeDecisionRow, OutcomeCountRow
from referral.storage.rows.edits import (
    CardOpeningsRow,
    EditRow,
    ProposalRow,
    RecordLinkRow,
)
from referral.storage.rows.evidence import ExclusionValueRow, UnmetCountRow
from referral.storage.rows.imports import (
    ChangeRow,
    CodeListEntryRow,
    ImportedRowRow,
    ImportRow,
    OwnValueRow,
)
from referral.storage.rows.offers import (
    LETTERS,
    AcceptanceRuleRow,
    CoveredMunicipalityRow,
    LocationRow,
    MetaRow,
    OrganizationRow,
    ServiceAreaRow,
    ServiceCapacityRow,
    ServiceNeedRow,
    ServicePartRow,
    ServiceRow,
    ServiceScheduleRow,
    ServiceTargetGroupRow,
    SourceRow,
)
from referral.storage.rows.places import (
    BoundaryRow,
    DistrictRow,
    MunicipalityPartRow,
    MunicipalityRow,
)
from referral.storage.rows.words import (
    BarrierRow,
    CallNeedRow,
    CallRow,
    NeedGroupRow,
    NeedRow,
    NeedServiceTypeRow,
    ServiceTypeGroupRow,
    ServiceTypeRow,
    TargetGroupRow,
)

__all__ = [
    "LETTERS",
    "AcceptanceRuleRow",
    "AccountEventRow",
    "AccountRoleRow",
    "AccountRow",
    "AccountSessionRow",
    "BarrierRow",
    "BoundaryRow",
    "CallNeedRow",
    "CallRow",
    "CardOpeningsRow",
    "ChangeRow",
    "CodeListEntryRow",
    "CoveredMunicipalityRow",
    "DistrictRow",
    "EditRow",
    "ExclusionValueRow",
    "ImportRow",
    "ImportedRowRow",
    "LocationRow",
    "MergeDecisionRow",
    "MetaRow",
    "MunicipalityPartRow",
    "MunicipalityRow",
    "NeedGroupRow",
    "NeedRow",
    "NeedServiceTypeRow",
    "OrganizationRow",
    "OutcomeCountRow",
    "OwnValueRow",
    "ProposalRow",
    "RecordLinkRow",
    "Row",
    "ServiceAreaRow",
    "ServiceCapacityRow",
    "ServiceNeedRow",
    "ServicePartRow",
    "ServiceRow",
    "ServiceScheduleRow",
    "ServiceTargetGroupRow",
    "ServiceTypeGroupRow",
    "ServiceTypeRow",
    "SignInFailureRow",
    "SourceRow",
    "TargetGroupRow",
    "UnmetCountRow",
]
