"""A link whose token runs out, and our own server: with a new token it goes on."""

from datetime import timedelta
from pathlib import Path

from boardroom_tui.client.tokens import TokenFile
from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.protocol.messages.connection import AuthRefreshed
from boardroom_tui.protocol.messages.meeting import ChatMessage
from boardroom_tui.session.connection import Phase
from tests.client.linking import Listener, linked
from tests.client.test_our_server import in_the_meeting, saying, trust_of
from tests.server.running import charter, running_server

BRIEF = timedelta(seconds=4)


def wants_a_token(heard: Listener) -> bool:
    return heard.link.connection.token_wanted is not None


def has_run_out(heard: Listener) -> bool:
    wanted = heard.link.connection.token_wanted
    return wanted is not None and wanted.ends_at is None


def refusal(heard: Listener) -> str:
    """Why the last token would not do."""
    wanted = heard.link.connection.token_wanted
    return "" if wanted is None else wanted.refusal or ""


async def test_a_token_that_is_given_in_time_renews_the_connection(tmp_path: Path) -> None:
    seen: list[str] = []
    async with running_server(charter(), tmp_path) as server:
        token = server.token("user_ada", ttl=timedelta(seconds=6))
        async with linked(
            server.url, token, trust=trust_of(server), asks=True, on_token=seen.append
        ) as ada:
            await in_the_meeting(ada)
            await ada.until(wants_a_token)
            assert not has_run_out(ada)
            assert ada.link.give_token("two words") == (
                "what you gave holds something that is not a token"
            )
            assert ada.link.give_token(server.token("user_ben")) is None
            await ada.until(lambda heard: bool(refusal(heard)))
            assert refusal(ada) == "The new token belongs to another user."
            newer = server.token("user_ada")
            assert ada.link.give_token(f" {newer}\n") is None
            await ada.until(lambda heard: bool(heard.heard(AuthRefreshed)))
            assert not wants_a_token(ada)
            assert Phase.WAITING not in ada.phases
            assert seen[-1] == newer


async def test_what_was_said_without_a_token_is_delivered_with_the_new_one(
    tmp_path: Path,
) -> None:
    async with running_server(charter(), tmp_path) as server:
        token = server.token("user_ada", ttl=BRIEF)
        async with linked(server.url, token, trust=trust_of(server), asks=True) as ada:
            await in_the_meeting(ada)
            await ada.until(has_run_out)
            said = ada.link.send(saying("Am I still here?"))
            for bad, reason in (
                (server.token("user_ben"), "the new token belongs to user_ben, not to user_ada"),
                ("nonsense", "This server did not issue the token"),
            ):
                ada.link.give_token(bad)
                await ada.until(lambda heard, reason=reason: reason in refusal(heard))
                assert ada.link.connection.phase is Phase.WAITING
            ada.link.give_token(server.token("user_ada"))
            await ada.until(lambda heard: bool(heard.settled))
            assert ada.settled[0].request.id == said
            assert isinstance(ada.settled[0].answer, ChatMessage)
            assert not wants_a_token(ada)


async def test_a_token_that_appears_where_the_old_one_was_needs_nobody(tmp_path: Path) -> None:
    path = tmp_path / "token"
    async with running_server(charter(), tmp_path / "data") as server:
        path.write_text(server.token("user_ada", ttl=BRIEF))
        path.chmod(0o600)
        async with linked(server.url, TokenFile(path), trust=trust_of(server), asks=True) as ada:
            await in_the_meeting(ada)
            await ada.until(has_run_out)
            path.write_text(server.token("user_ada"))
            ada.link.retry_now()
            await in_the_meeting(ada, 2)
            assert not wants_a_token(ada)


async def test_a_link_that_can_ask_nobody_ends_with_the_reason(tmp_path: Path) -> None:
    async with running_server(charter(), tmp_path) as server:
        token = server.token("user_ada", ttl=BRIEF)
        async with linked(server.url, token, trust=trust_of(server)) as ada:
            await in_the_meeting(ada)
            await ada.until(lambda heard: heard.link.connection.phase is Phase.ENDED)
            assert ada.link.connection.code == CloseCode.TOKEN_EXPIRED
            assert ada.link.connection.reason == "the token has run out; a new one is needed"


async def test_who_was_never_in_is_told_and_not_asked(tmp_path: Path) -> None:
    async with (
        running_server(charter(), tmp_path) as server,
        linked(server.url, "nonsense", trust=trust_of(server), asks=True) as ada,
    ):
        assert await ada.link.ready() is not None
        await ada.until(lambda heard: heard.link.connection.phase is Phase.ENDED)
        assert not wants_a_token(ada)
