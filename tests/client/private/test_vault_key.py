"""Where a vault's key rests: in the keyring, or behind a passphrase."""

import stat
from collections.abc import Generator
from pathlib import Path

import pytest
from keyring.backends.null import Keyring as ForgetfulKeyring

from boardroom_tui.client.address import Address
from boardroom_tui.client.private.vault import Vault
from boardroom_tui.client.private.vault_key import (
    NO_KEYRING,
    WRONG_PASSPHRASE,
    has_passphrase,
    keyring_key,
    passphrase_key,
    vault_folder,
)
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.unpadded import encoded
from tests.client.keyrings import MemoryKeyring, no_keyring, using
from tests.client.private.vaults import opened

HERE, THERE = Address(port=8001), Address(port=8002)
PASSPHRASE = "caf\u00e9 au lait"


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A folder that the passphrase protects, and its key."""
    folder = tmp_path_factory.mktemp("devices") / "one"
    assert not has_passphrase(folder)
    key = passphrase_key(folder, PASSPHRASE)
    assert isinstance(key, bytes)
    return folder, key


@pytest.fixture
def ring() -> Generator[MemoryKeyring]:
    backend = MemoryKeyring()
    with using(backend):
        yield backend


def test_the_keyring_gives_the_same_key_each_time(ring: MemoryKeyring) -> None:
    key = keyring_key(HERE, "ana")
    assert isinstance(key, bytes)
    assert len(key) == 32
    assert keyring_key(HERE, "user_ana") == key
    assert len(ring.kept) == 1


def test_each_user_at_each_server_has_a_key_of_its_own(ring: MemoryKeyring) -> None:
    keys = {keyring_key(HERE, "ana"), keyring_key(HERE, "ben"), keyring_key(THERE, "ana")}
    assert len(keys) == 3


def test_a_token_in_the_keyring_is_left_alone(ring: MemoryKeyring) -> None:
    ring.kept["boardroom", HERE.name] = "token"
    keyring_key(HERE, "ana")
    assert ring.kept["boardroom", HERE.name] == "token"


@pytest.mark.parametrize("kept", ["", "AAAA", "?" * 43])
def test_a_damaged_entry_of_the_keyring_is_a_problem(ring: MemoryKeyring, kept: str) -> None:
    keyring_key(HERE, "ana")
    (entry,) = ring.kept
    ring.kept[entry] = kept
    problem = keyring_key(HERE, "ana")
    assert isinstance(problem, Problem)
    assert entry[1] in problem.message


def test_a_machine_without_a_keyring_has_no_key() -> None:
    with using(no_keyring()):
        assert keyring_key(HERE, "ana") == NO_KEYRING
    with using(ForgetfulKeyring()):
        assert keyring_key(HERE, "ana") == NO_KEYRING


def test_a_passphrase_gives_its_folders_key_however_its_accent_is_composed(
    protected: tuple[Path, bytes],
) -> None:
    folder, key = protected
    assert len(key) == 32
    assert has_passphrase(folder)
    assert passphrase_key(folder, "cafe\u0301 au lait") == key


def test_another_passphrase_gives_no_key(protected: tuple[Path, bytes]) -> None:
    assert passphrase_key(protected[0], "") == WRONG_PASSPHRASE


def test_the_same_passphrase_gives_another_folder_another_key(
    protected: tuple[Path, bytes], tmp_path: Path
) -> None:
    assert passphrase_key(tmp_path, PASSPHRASE) != protected[1]


def test_what_is_on_disk_gives_neither_passphrase_nor_key_away(
    protected: tuple[Path, bytes],
) -> None:
    path = protected[0] / "passphrase.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = path.read_text()
    assert not any(secret in kept for secret in (PASSPHRASE, encoded(protected[1])))


def test_a_new_passphrase_that_is_too_short_is_a_problem(tmp_path: Path) -> None:
    assert passphrase_key(tmp_path, "seven c") == Problem("a passphrase has at least 8 characters")
    assert not has_passphrase(tmp_path)


def test_a_folder_whose_key_the_keyring_holds_takes_no_passphrase(
    tmp_path: Path, ring: MemoryKeyring
) -> None:
    folder = vault_folder(HERE, "ana", tmp_path)
    key = keyring_key(HERE, "ana")
    assert isinstance(key, bytes)
    with opened(folder, key) as vault:
        vault.write("device", b"x")
    assert passphrase_key(folder, PASSPHRASE) == Problem(
        "the keyring holds the key of these private messages: unlock it"
    )
    assert not has_passphrase(folder)


def test_a_passphrase_opens_a_vault(protected: tuple[Path, bytes]) -> None:
    folder, key = protected
    with opened(folder, key) as vault:
        vault.write("device", b"x")
    vault = Vault.open(folder, lambda: passphrase_key(folder, PASSPHRASE))
    assert isinstance(vault, Vault)
    assert vault.read("device") == b"x"
    vault.close()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"kdf":"scrypt","n":1048576,"r":8,"p":1,"salt":"%s","check":"%s"}',
        '{"kdf":"scrypt","n":131071,"r":8,"p":1,"salt":"%s","check":"%s"}',
        '{"kdf":"argon2","n":131072,"r":8,"p":1,"salt":"%s","check":"%s"}',
    ],
)
def test_a_damaged_passphrase_file_is_a_problem(tmp_path: Path, content: str) -> None:
    path = tmp_path / "passphrase.json"
    path.write_text(content.replace("%s", "A" * 43))
    path.chmod(0o600)
    assert passphrase_key(tmp_path, PASSPHRASE) == Problem(f"{path} is damaged")


def test_a_passphrase_file_that_is_open_to_others_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "passphrase.json"
    path.touch()
    path.chmod(0o644)
    assert passphrase_key(tmp_path, PASSPHRASE) == Problem(
        f"{path} is open to others: run chmod 600 {path}"
    )


def test_each_user_at_each_server_has_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = vault_folder(HERE, "ana", tmp_path)
    assert folder == vault_folder(HERE, "user_ana", tmp_path)
    assert folder.parent == tmp_path / "devices"
    assert len(folder.name) == 32
    folders = {folder, vault_folder(THERE, "ana", tmp_path), vault_folder(HERE, "ben", tmp_path)}
    assert len(folders) == 3
