"""What an administrator may set, and where the program finds its own files."""

import pytest

from referral import resources
from referral.settings import DEFAULT_DATABASE_URL, Settings

SECRET = "neprozradit"  # noqa: S105 - it opens nothing


def test_without_settings_the_database_is_a_file_beside_the_program():
    assert (
        Settings.from_env({}).database_url
        == DEFAULT_DATABASE_URL
        == "sqlite:///var/referral.sqlite3"
    )


def test_an_empty_setting_is_no_setting():
    assert Settings.from_env({"REFERRAL_DATABASE_URL": ""}) == Settings.from_env({})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_any_address_of_postgresql_goes_through_psycopg(scheme: str):
    settings = Settings.from_env({"REFERRAL_DATABASE_URL": f"{scheme}://kraj@db/pomoc"})
    assert settings.database_url == "postgresql+psycopg://kraj@db/pomoc"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://pomoc.example.test/", "https://pomoc.example.test"),
        (" http://10.0.0.5:8000 ", "http://10.0.0.5:8000"),
        ("javascript:alert(1)", ""),
        ("pomoc.example.test", ""),
        ("", ""),
    ],
)
def test_only_a_web_address_is_printed_and_without_its_last_slash(given: str, kept: str):
    assert Settings.from_env({"REFERRAL_PUBLIC_URL": given}).public_url == kept


def test_the_environment_of_the_process_is_read_when_no_other_is_given(monkeypatch):
    monkeypatch.setenv("REFERRAL_SECRET_KEY", SECRET)
    assert Settings.from_env().secret_key == SECRET


@pytest.mark.parametrize(
    ("environment", "https"),
    [
        ({}, False),
        ({"REFERRAL_HTTPS": "1"}, True),
        ({"REFERRAL_HTTPS": " Ano "}, True),
        ({"REFERRAL_HTTPS": "0"}, False),
        ({"REFERRAL_HTTPS": "ne"}, False),
        ({"REFERRAL_PUBLIC_URL": "https://pomoc.example"}, True),
        ({"REFERRAL_PUBLIC_URL": "http://pomoc.example"}, False),
        ({"REFERRAL_PUBLIC_URL": "https://pomoc.example", "REFERRAL_HTTPS": "0"}, False),
    ],
)
def test_https_is_said_or_follows_from_the_public_address(
    environment: dict[str, str], *, https: bool
):
    assert Settings.from_env(environment).https is https


def test_the_secret_key_is_never_shown():
    assert SECRET not in repr(Settings(secret_key=SECRET))


def test_the_program_has_its_templates_and_its_data():
    assert (resources.templates_dir() / "base.html").is_file()
    assert (resources.data_dir() / "sources.csv").is_file()


def test_a_program_torn_from_its_files_says_how_to_mend_it(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "referral")
    with pytest.raises(FileNotFoundError, match="reinstall"):
        resources.data_dir()


def test_files_in_the_package_come_before_those_beside_it(monkeypatch, tmp_path):
    for folder in ("data", "referral/data"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "referral")
    assert resources.data_dir() == tmp_path / "referral" / "data"
