"""Voting, and leading votes: what each of those commands does."""

from boardroom_tui.plain.outcome import Outcome, Question, asked, said, sent, sent_or_said
from boardroom_tui.plain.words import plain, sentence
from boardroom_tui.protocol.fields import Method, Vote
from boardroom_tui.protocol.limits import COMMENT_CHARACTERS
from boardroom_tui.protocol.messages.decision import DecisionOpen, VoteCast
from boardroom_tui.protocol.messages.proxy import ProxyGive
from boardroom_tui.state.forecast import is_tied
from boardroom_tui.state.select import prepared_decisions, shown_name
from boardroom_tui.ui import requests
from boardroom_tui.ui.decision_form import DecisionForm, Mistake
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.whose_vote import whose_vote

DEEDS_OF_VOTES = {Vote.APPROVE: "Approve", Vote.REJECT: "Reject", Vote.ABSTAIN: "Abstain from"}


def cast(vote: Vote, situation: Situation, comment: str) -> Outcome:
    """Ask, then vote."""
    decision = situation.decision
    if decision is None:
        return said("No vote is open.")
    title = plain(decision.title).rstrip(".")
    if decision.method is Method.CONSENT:
        words = f"Object to “{title}”? It is not adopted by consent then: it takes a vote."
        return asked(words, "to object", sent(requests.objection(decision)))
    whose, comment = whose_vote(situation.meeting, decision, comment)
    secret = decision.question is not None and decision.question.secret
    if comment and secret:
        return said("Not voted: only the screen client can seal a comment on a secret ballot.")
    if len(comment) > COMMENT_CHARACTERS:
        return said(f"Not voted: a comment has at most {COMMENT_CHARACTERS:,} characters.")
    data = VoteCast.Data(
        decision_id=decision.decision_id, vote=vote, comment=comment or None, on_behalf_of=whose
    )
    words = f"{DEEDS_OF_VOTES[vote]} “{title}”"
    if whose is not None:
        words += f" for {plain(shown_name(situation.meeting, whose))}"
    words += "?" if not comment else f", with the comment “{plain(comment)}”?"
    return asked(words, "to vote", sent(VoteCast(data=data)))


def receipts(situation: Situation, _rest: str) -> Outcome:
    """Ask the record for each of one's votes."""
    return sent(*requests.receipts(situation.meeting))


def recuse(situation: Situation, _rest: str) -> Outcome:
    """Ask, then take no part in the open decision."""
    decision = situation.decision
    if decision is None:
        return said("No vote is open.")
    title = plain(decision.title).rstrip(".")
    words = (
        f"Recuse yourself from “{title}”? You take no part in it, and the record says so. "
        "It cannot be undone."
    )
    request = requests.recusal(situation.meeting, decision)
    return asked(words, "to recuse yourself", sent(request))


def give_proxy(situation: Situation, name: str) -> Outcome:
    """Ask, then let another vote for one; without a name one votes for oneself again."""
    request = requests.proxy(situation, name)
    if not isinstance(request, ProxyGive):
        return sent_or_said(request)
    who = plain(shown_name(situation.meeting, request.data.to))
    words = f"Let {who} vote for you? When you vote yourself, that vote counts instead."
    return asked(words, "to give your proxy", sent(request))


def open_vote(situation: Situation, _rest: str) -> Outcome:
    """Ask which of the prepared decisions, then open it."""
    prepared = prepared_decisions(situation.meeting)
    if not prepared:
        return said(
            "No decision is prepared. A motion is put to the vote by /move TEXT and /put; "
            "a new decision is worded in the screen client."
        )
    choices = " ".join(
        f"{place}: {sentence(view.title)}" for place, view in enumerate(prepared, start=1)
    )

    def answer(line: str) -> Outcome:
        number = line.strip()
        place = int(number) if number.isascii() and number.isdigit() else 0
        if not 0 < place <= len(prepared):
            return said("Nothing was opened.")
        return _opened(situation, DecisionForm(decision_id=prepared[place - 1].decision_id))

    words = f"Open which vote? {choices} Type its number, anything else to open none."
    return Outcome(asks=Question(words, answer))


def put_motion(situation: Situation, _rest: str) -> Outcome:
    """Ask, then put the motion to the vote as it is worded."""
    motion = situation.motion
    if motion is None:
        return said("There is no motion.")
    words = f"Put to the vote, by a majority of the votes cast: {sentence(motion.text)}"
    done = _opened(situation, DecisionForm(motion_id=motion.motion_id))
    return asked(words, "to open the vote", done)


def _opened(situation: Situation, form: DecisionForm) -> Outcome:
    read: DecisionOpen | Mistake = form.read(situation.meeting)
    return said(read.words) if isinstance(read, Mistake) else sent(read)


def close_vote(situation: Situation, _rest: str) -> Outcome:
    """Close the vote; where it is a tie, ask whether and how the chair breaks it."""
    decision = situation.decision
    if decision is None:
        return said("No vote is open.")

    def closed(casting_vote: Vote | None) -> Outcome:
        return sent(requests.closing(decision, casting_vote))

    if not is_tied(situation.meeting, decision):
        title = plain(decision.title).rstrip(".")
        return asked(f"Close and count “{title}”?", "to close it", closed(None))
    choices = {"approve": Vote.APPROVE, "reject": Vote.REJECT, "none": None}

    def answer(line: str) -> Outcome:
        given = line.strip().casefold()
        return closed(choices[given]) if given in choices else said("It stays open.")

    words = (
        "It is a tie. Type approve or reject to close it with your casting vote, none to close it "
        "as a tie, anything else to leave it open."
    )
    return Outcome(asks=Question(words, answer))


def withdraw(situation: Situation, _rest: str) -> Outcome:
    """Ask, then withdraw the open decision."""
    decision = situation.decision
    if decision is None:
        return said("No vote is open.")
    title = plain(decision.title).rstrip(".")
    words = f"Withdraw “{title}”? Its votes are not counted."
    return asked(words, "to withdraw it", sent(requests.withdrawal(decision)))
