"""The door for a WSGI server."""

from sqlalchemy import Engine, event

from referral.bootstrap import build
from referral.settings import Settings
from referral.web.app import create_app
from referral.web.wsgi import create
from support.build import TODAY


def test_a_server_gets_the_application_from_the_environment_alone(monkeypatch, tmp_path):
    address = f"sqlite:///{tmp_path / 'nowhere' / 'site.sqlite3'}"
    monkeypatch.setenv("REFERRAL_DATABASE_URL", address)
    app = create()
    assert "help.home" in app.view_functions
    assert not (tmp_path / "nowhere").exists()


def test_a_request_is_answered_from_one_state_with_one_question_to_the_database(tmp_path):
    """Whatever is imported meanwhile, and however many services are found."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'own.sqlite3'}")
    program = build(settings, today=lambda: TODAY)
    program.migrate()
    program.load_embedded()
    client = create_app(program, settings=settings, today=lambda: TODAY).test_client()
    question = {"place": "Kadaň", "need": ["PEC-HYG", "BYD-BEZ"], "limit": 100}
    assert client.post("/api/match", json=question).status_code == 200
    sent: list[str] = []

    def heard(*about: object) -> None:
        sent.append(str(about[2]))

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        assert len(client.post("/api/match", json=question).get_json()["matches"]) > 20
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
    assert 1 <= len(sent) <= 3
    program.close()
