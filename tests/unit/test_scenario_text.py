"""Scenarios out of a text: every mistake has its place."""

import pytest

from referral.ingest.scenario_text import (
    ScenarioTextError,
    located,
    read_scenario_text,
    scenario_toml,
)
from referral.network.errors import ScenarioError
from referral.network.scenarios import CloseService, Scenario

TOML = 'name = "Konec"\n\n[[changes]]\ndo = "close"\nservice = "s-1"\n'
SCENARIO = Scenario(name="Konec", changes=(CloseService(service="s-1"),))


@pytest.mark.parametrize(
    "text",
    [
        TOML,
        TOML.replace("\n", "\r\n"),
        '{"name": "Konec", "changes": [{"do": "close", "service": "s-1"}]}',
    ],
)
def test_toml_and_json_say_the_same(text):
    assert read_scenario_text(text) == SCENARIO


def test_what_is_written_is_read_back():
    assert read_scenario_text(scenario_toml(SCENARIO)) == SCENARIO


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("", None, ""),
        ("name = Konec", 1, "name"),
        ("name = 'x'\n\n???", 3, ""),
        ('name = "x"\nchanges = [', 2, "changes"),
        ('{"name": "x",\n "changes": }', 2, ""),
        ('name = "x"\nchanges = []\n', 2, "changes"),
        ('nme = "x"\n[[changes]]\ndo = "close"\nservice = "1"\n', 1, "nme"),
        (TOML.replace("close", "clos"), 4, "do"),
        (TOML.replace('service = "s-1"', "service = 1"), 5, "service"),
        (TOML.replace('service = "s-1"\n', ""), 3, "service"),
        (TOML + "\n[[changes]]\ndo = 'close'\nservis = 'x'\n", 9, "servis"),
        ('{"name": "x", "changes": [{"do": "close"}]}', 1, "service"),
        ("[" * 3000, None, ""),
        ('{"a":' * 3000, None, ""),
    ],
)
def test_a_mistake_has_a_line_and_a_key_where_they_are_known(text, line, key):
    with pytest.raises(ScenarioTextError) as caught:
        read_scenario_text(text)
    assert (caught.value.line, caught.value.key) == (line, key) or line is None
    assert str(caught.value)


def test_an_error_found_later_is_located_in_the_change_that_it_names():
    text = TOML + '\n[[changes]]\ndo = "close"\nservice = "s-2"\n'
    found = located(ScenarioError("změna 2.: služba „s-2“ v katalogu není"), text)
    assert (found.line, found.key) == (9, "service")
    found = located(ScenarioError("změna 2.: něco je jinak"), text)
    assert (found.line, found.key) == (7, "")
    found = located(ScenarioError("něco je jinak"), text)
    assert (found.line, found.key) == (None, "")
    found = located(ScenarioError("změna 9.: služba „s-2“ v katalogu není"), text)
    assert (found.line, found.key) == (9, "service")
