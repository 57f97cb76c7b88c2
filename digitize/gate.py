"""The gate of secrecy in a batch: what is held or refused is not read, what a person has released passes."""

from __future__ import annotations

from dataclasses import replace

from digitize.account import Trouble
from digitize.archive import Archive
from digitize.intake import Source
from digitize.ledger import Ledger
from digitize.outcome import PageOutcome
from digitize.secrets.marking import MARKED, Level
from digitize.secrets.quarantine import Quarantine, level_name, shown_place

_HINT = "digitize secrets list --archive KHO"


class Gate:
    """The quarantine of an archive as its ledger and its documents must follow it."""

    def __init__(self, archive: Archive, ledger: Ledger) -> None:
        self._archive, self._ledger = archive, ledger
        self._quarantine = Quarantine(archive)

    def bring_up(self) -> None:
        """Take up what has been released since the last run; take away what has been refused or held."""
        documents = self._quarantine.all()
        self._ledger.requeue_released(held.sha256 for held in documents if held.status == "released")
        for held in documents:
            known = self._ledger.state_of(held.sha256)
            if held.status != "released" and known and known != ("quarantined", self.reason(held.sha256)):
                self.stop(held.sha256)

    def lets(self, source: Source) -> bool:
        """Tell whether a document may be read."""
        return self._quarantine.status(source.sha256) in (None, "released")

    def released(self, sha256: str) -> Level | None:
        """Return the level up to which a person has released a document, None when nobody has."""
        return self._quarantine.level_of(sha256) if self._quarantine.status(sha256) == "released" else None

    def hold(self, sha256: str, page: PageOutcome) -> None:
        """Hold a document for the marking of a page, and forget what was stored of it. Raises OSError."""
        assert page.level
        # At once: what a kill leaves of other pages must not wait for the end.
        self._archive.forget(sha256)
        self._quarantine.hold(sha256, page.level, page.number, self._ledger.paths_of(sha256), page.doubt)

    def stop(self, sha256: str) -> None:
        """Enter a held or refused document as what it is."""
        self._archive.forget(sha256)
        self._ledger.finish(sha256, "quarantined", reason=self.reason(sha256))

    def reason(self, sha256: str) -> str:
        """Return why a document is not read, and what a person can do."""
        level = self._quarantine.level_of(sha256)
        assert level
        decided = ", đã bị từ chối số hóa" if self._quarantine.status(sha256) == "refused" else ""
        return f"{MARKED} {level_name(level)}{decided} → {_HINT}"

    def shown(self, trouble: Trouble) -> Trouble:
        """Return a trouble as it may be shown: the name of a file marked Tuyệt mật may be its subject."""
        level = self._quarantine.level_of(trouble.sha256)
        return replace(trouble, path=shown_place(trouble.path, level)) if level else trouble
