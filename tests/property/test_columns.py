"""All offers weighed at once in columns, against the rules put to them one by one."""

from hypothesis import given

from referral.usecases.recommend import recommend
from support.build import TODAY
from support.matching import POLICY, catalogs, helpers, requests
from support.reference import recommend_slowly


@given(catalogs(), requests())
def test_the_answer_in_columns_is_the_answer_of_the_rules(catalog, request):
    asked = {"catalog": catalog, "policy": POLICY, "today": TODAY}
    assert recommend(request, **asked) == recommend_slowly(request, **asked)


@given(helpers(), requests())
def test_help_without_a_type_is_weighed_in_columns_as_by_the_rules(catalog, request):
    asked = {"catalog": catalog, "policy": POLICY, "today": TODAY}
    assert recommend(request, **asked) == recommend_slowly(request, **asked)
