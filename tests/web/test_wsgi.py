"""The door for a WSGI server."""

from referral.web.wsgi import create


def test_a_server_gets_the_application_from_the_environment_alone(monkeypatch, tmp_path):
    address = f"sqlite:///{tmp_path / 'nowhere' / 'site.sqlite3'}"
    monkeypatch.setenv("REFERRAL_DATABASE_URL", address)
    app = create()
    assert "help.home" in app.view_functions
    assert not (tmp_path / "nowhere").exists()
