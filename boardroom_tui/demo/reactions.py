"""What the members make of what a person says, or of a motion nobody prepared: pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from boardroom_tui.demo.beats import Cast
from boardroom_tui.demo.cast import BY_KEY, PLAYERS, SECRETARY
from boardroom_tui.protocol.fields import Vote

_TOPICS: Mapping[str, str] = {
    "walter": r"budget|money|rents?|costs?|reserve|price|pay|grant|euros?|pounds?|dollars?",
    "priya": r"offers?|drawings?|facade|architect|build(ing)?|repairs?",
    "tomasz": r"lift|elevator|cellar|sockets?|bins?|boiler|keys?",
    "hana": r"law|legal|statutes?|inspector|contract|section",
    "amal": r"tenants?|residents?|floor|neighbou?rs?|landings?|e-?bikes?|batter(y|ies)",
    "odette": r"archive|history|2019|vice-chair|cake|tea",
    SECRETARY: r"minutes|quorum|votes?|ballot|agenda|record|secretary",
}

_GREETING = re.compile(r"\b(hello|hi|hey|good (evening|morning|afternoon)|welcome)\b", re.I)
_THANKS = re.compile(r"\b(thanks|thank you|well done|great)\b", re.I)


@dataclass(frozen=True, slots=True)
class Answer:
    """Who says what to a person."""

    who: str
    text: str


def answer_to(text: str, nth: int) -> Answer | None:
    """The answer to what a person said, their `nth` (from 0) that got one; or None.

    Somebody named answers always; a question is answered by whoever knows about it.
    """
    named = [
        player.key for player in PLAYERS if re.search(rf"\b{player.key}\b", _plain(text), re.I)
    ]
    if named:
        return _answer(named[0], nth)
    if text.rstrip().endswith("?"):
        return _answer(_expert(text), nth)
    if _GREETING.search(text):
        return Answer("odette", "Good evening to you.")
    if _THANKS.search(text):
        return Answer("kofi", "👍")
    return None


def improvised_votes(decision_id: str, title: str) -> tuple[Cast, ...]:
    """How the members vote on a motion that the script does not know: each by their leaning."""
    casts: list[tuple[int, Cast]] = []
    for player in PLAYERS:
        draw = crc32(f"{decision_id} {title} {player.key}".encode())
        mood = draw % 100
        if mood < player.leaning:
            vote = Vote.APPROVE
        elif mood < player.leaning + 15:
            vote = Vote.ABSTAIN
        else:
            vote = Vote.REJECT
        casts.append((draw, Cast(player.key, vote)))
    return tuple(cast for _, cast in sorted(casts, key=lambda pair: pair[0]))


def _plain(text: str) -> str:
    """Inês may be written without her circumflex."""
    return text.replace("ê", "e")


def _expert(text: str) -> str:
    for key, words in _TOPICS.items():
        if re.search(rf"\b({words})\b", text, re.I):
            return key
    return SECRETARY


def _answer(key: str, nth: int) -> Answer:
    answers = BY_KEY[key].answers
    return Answer(key, answers[nth % len(answers)])
