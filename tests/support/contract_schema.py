"""JSON Schemas of what other programs rely on, written from the contract, not from the code."""

TEXT = {"type": "string", "minLength": 1}
TEXT_OR_NULL = {"type": ["string", "null"]}
NUMBER_OR_NULL = {"type": ["number", "null"]}
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
DAY_OR_NULL = {"anyOf": [DAY, {"type": "null"}]}


def an_object(required: dict, **optional) -> dict:
    """Return the schema of an object that has these members and may have more."""
    return {
        "type": "object",
        "required": sorted(required),
        "properties": {**required, **optional},
    }


def a_list(items: dict) -> dict:
    """Return the schema of an array."""
    return {"type": "array", "items": items}


EXPLANATION = an_object(
    {
        "criterion": TEXT,
        "level": {"enum": ["FULL", "PARTIAL", "NONE", "UNKNOWN"]},
        "points": {"type": "number", "minimum": 0},
        "at_most": {"type": "number", "minimum": 0},
        "text": TEXT,
    }
)
CAPACITY = an_object(
    {
        "unit": TEXT,
        "registered": {"type": ["number", "null"], "minimum": 0},
        "available": {"type": ["integer", "null"]},
        "as_of": DAY,
    }
)
BARRIERS = a_list(TEXT)
SHARE = {"type": "number", "minimum": 0, "maximum": 1}
COUNT = {"type": "integer", "minimum": 0}
VERDICT = an_object(
    {
        "answer": {"enum": ["prijme", "pravdepodobne", "podminene", "neznamo", "neprijme"]},
        "label": TEXT,
        "conditions": a_list(
            an_object(
                {
                    "kind": {"enum": ["stated", "ask_again", "written_reason", "place"]},
                    "barrier": TEXT_OR_NULL,
                    "wording": TEXT_OR_NULL,
                    "on": DAY_OR_NULL,
                    "text": TEXT,
                }
            )
        ),
        "doubts": a_list(an_object({"kind": TEXT, "barriers": BARRIERS, "text": TEXT})),
        "estimates": a_list(
            an_object(
                {
                    "barrier": TEXT,
                    "mean": SHARE,
                    "low": SHARE,
                    "high": SHARE,
                    "accepted": COUNT,
                    "refused": COUNT,
                    "others": COUNT,
                    "scarce": {"type": "boolean"},
                    "text": TEXT,
                }
            )
        ),
        "turn_to": a_list(an_object({"who": TEXT, "why": TEXT})),
    }
)
CHANGE = an_object({"kind": TEXT, "of": TEXT_OR_NULL, "on": DAY_OR_NULL, "text": TEXT})
STEP = an_object(
    {
        "service_id": TEXT,
        "covers": {**a_list(TEXT), "minItems": 1},
        "turn": {"type": "integer", "minimum": 1},
        "due": DAY_OR_NULL,
        "alternatives": a_list(TEXT),
        "bridge": a_list(TEXT),
    }
)
QUESTION = an_object(
    {
        "subject": {"enum": ["age", "sex", "group", "barrier"]},
        "of": TEXT_OR_NULL,
        "bits": {"type": "number", "exclusiveMinimum": 0},
        "decides": {"type": "integer", "minimum": 1},
        "among": {"type": "integer", "minimum": 1},
        "text": TEXT,
    }
)
WOBBLE = an_object({"criterion": TEXT, "swing": {"enum": [0.2, -0.2]}, "first": TEXT})
MATCH = an_object(
    {
        "rank": {"type": "integer", "minimum": 1},
        "service_id": TEXT,
        "register_id": {"type": ["string", "null"], "pattern": r"^\d{7}$"},
        "name": TEXT,
        "provider": TEXT,
        "type": TEXT_OR_NULL,
        "type_name": TEXT,
        "forms": a_list({"enum": ["T", "A", "P"]}),
        "distance_km": NUMBER_OR_NULL,
        "covers_place": {"enum": ["declared", "parsed", "assumed", "unknown"]},
        "capacity": a_list(CAPACITY),
        "phone": TEXT_OR_NULL,
        "email": TEXT_OR_NULL,
        "web": TEXT_OR_NULL,
        "source": TEXT,
        "verified_on": DAY_OR_NULL,
        "score": {"type": "number", "minimum": 0},
        "explanation": {**a_list(EXPLANATION), "minItems": 1},
        "verdict": VERDICT,
    }
)
REASON = an_object(
    {
        "code": TEXT,
        "basis": TEXT_OR_NULL,
        "lawful": {"type": ["boolean", "null"]},
        "text": TEXT,
        "would_accept_if": TEXT_OR_NULL,
    }
)
NOT_FOR_YOU = an_object(
    {
        "service_id": TEXT,
        "register_id": {"type": ["string", "null"]},
        "name": TEXT,
        "type": TEXT_OR_NULL,
        "reasons": {**a_list(REASON), "minItems": 1},
        "changes": a_list(CHANGE),
    }
)
MATCH_DOCUMENT = an_object(
    {
        "request": {"type": "object"},
        "place": an_object(
            {
                "code": {"type": "string", "pattern": r"^\d{6}$"},
                "name": TEXT,
                "orp": TEXT,
                "district": TEXT,
                "region": TEXT,
                "lat": {"type": "number", "minimum": 48, "maximum": 52},
                "lon": {"type": "number", "minimum": 12, "maximum": 19},
            }
        ),
        "needs": a_list(
            an_object(
                {
                    "code": TEXT,
                    "name": TEXT,
                    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                }
            )
        ),
        "urgent": a_list(an_object({"call": TEXT, "why": TEXT})),
        "matches": a_list(MATCH),
        "not_for_you": a_list(NOT_FOR_YOU),
        "plan": a_list(STEP),
        "question": {"anyOf": [QUESTION, {"type": "null"}]},
        "steadiness": a_list(WOBBLE),
        "next_step": an_object({"who": TEXT, "text": TEXT}),
    }
)
PROBLEM = an_object(
    {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
    }
)
CANDIDATE = an_object({"code": TEXT, "name": TEXT, "orp": TEXT, "district": TEXT})
AMBIGUOUS_PLACE = {
    **PROBLEM,
    "properties": {
        **PROBLEM["properties"],
        "error": {"const": "ambiguous_place"},
        "candidates": {**a_list(CANDIDATE), "minItems": 2},
    },
    "required": [*PROBLEM["required"], "error", "candidates"],
}
