"""What the vault refuses, one class a reason; every message says what happened and what to do."""


class VaultError(Exception):
    """The base of all refusals of the vault."""


class Erased(VaultError):  # noqa: N818 - a state of the data, not a failure of the program
    """The subject's data key was destroyed on purpose; nothing sealed with it can be read again."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"{subject} was erased. What was written about this subject can no longer be read.")
        self.subject = subject


class KeyMissingError(VaultError):
    """No data key was ever kept for the subject: the keystore is not the one the text was sealed with."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"The keystore holds no key for {subject}, and no mark that it was erased. "
            "The keystore of another day or network is in place. Put the right keys folder back, or restore a backup."
        )
        self.subject = subject


class WrongMasterKeyError(VaultError):
    """The master key file does not hold the key that the data keys are wrapped with."""


class UnsafeKeyFileError(VaultError):
    """A key file can be read by others on this machine, or cannot be understood."""


class TamperedError(VaultError):
    """A sealed text was changed, or moved from another record, field or version."""


class SealedFileError(VaultError):
    """A sealed file is damaged, cut, reordered, or the passphrase is wrong; nothing of it was used."""
