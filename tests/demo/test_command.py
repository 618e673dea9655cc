"""`boardroom demo`, as somebody types it."""

import re
from pathlib import Path

import pytest

from boardroom_tui.cli import main
from boardroom_tui.demo.script import EXPECTED
from tests.command import boardroom


@pytest.fixture(scope="module")
def headless(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What a headless meeting printed, and the folder it was told to use."""
    home = tmp_path_factory.mktemp("demo")
    data = home / "data"
    outcome = boardroom("demo", "--headless", "--speed", "120", "--data", str(data), home=home)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stderr == ""
    return outcome.stdout, data


def test_a_headless_meeting_tells_who_does_what_and_when(headless: tuple[str, Path]) -> None:
    printed, _ = headless
    for line in (
        "Lars Eriksen joins (13 here)",
        "Odette Laurent (to Lars Eriksen): The budget, dear. Page 1.",
        "Tomasz Nowak has left (12 here)",
        "Tomasz Nowak joins (13 here)",
        "Amal Haddad is away",
        "Amal Haddad is back",
        "Item 3, The lift in the north tower, is taken up",
        "Vote opened: Replace the lift in the north tower (two-thirds of the members present)",
        "Tally: 12 of 12 have voted",
    ):
        assert re.search(rf"^\d\d:\d\d:\d\d  {re.escape(line)}$", printed, re.MULTILINE), line


def test_a_headless_meeting_ends_with_every_result_and_where_the_minutes_are(
    headless: tuple[str, Path],
) -> None:
    printed, data = headless
    results = printed.partition("\nResults\n")[2]
    assert (
        "  Ban charging e-bikes on the landings: Lost: 5 for, 5 against, 2 abstained. "
        "A majority of 10 votes cast needs 6; a tie is lost.\n" in results
    )
    assert len(re.findall(r"^  ", results, re.MULTILINE)) == len(EXPECTED)
    assert printed.endswith(f"\nMinutes: {data / 'minutes.md'}\n")


def test_the_minutes_name_every_decision_and_betray_no_secret_ballot(
    headless: tuple[str, Path],
) -> None:
    _, data = headless
    minutes = (data / "minutes.md").read_text("utf-8")
    assert "Ban charging e-bikes on the landings" in minutes
    ballot = minutes.partition("Decision 6: Elect Odette Laurent vice-chair")[2]
    ballot = ballot.partition("### 6.")[0]
    assert "9 for, 2 against, 1 abstained" in ballot
    assert "Margaret" not in ballot


def test_a_secret_ballot_s_tally_shows_no_direction(headless: tuple[str, Path]) -> None:
    printed, _ = headless
    during = printed.partition("Vote opened: Elect Odette")[2].partition("Result: ")[0]
    tallies = re.findall(r"Tally: (.*)", during)
    assert tallies == [f"{count} of 12 have voted" for count in range(1, 13)]


def test_a_folder_with_meetings_in_it_is_not_touched(headless: tuple[str, Path]) -> None:
    _, data = headless
    outcome = boardroom("demo", "--headless", "--data", str(data), home=data)
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert "holds meetings already" in outcome.stderr


def test_without_a_terminal_the_demo_says_so_in_one_line(tmp_path: Path) -> None:
    outcome = boardroom("demo", home=tmp_path)
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr == "boardroom demo: needs a terminal; --headless needs none\n"


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "inf", "nan"])
def test_a_speed_that_is_none_is_wrong_usage(
    speed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["demo", f"--speed={speed}"])
    assert exit_.value.code == 2
    assert f"expected a number above 0, not {speed}" in capsys.readouterr().err


def test_a_data_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    outcome = boardroom("demo", "--headless", "--data", str(file / "data"), home=tmp_path)
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert "Traceback" not in outcome.stderr
