"""Faults of the world that a user can understand and mend, each with its sentence; bugs are ordinary exceptions and do not belong here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

REASONS = frozenset({"reason", "detail", "missing"})  # values that are sentences of ours, to be translated like the fault itself


class ExitCode(IntEnum):
    """What a command answers to its caller; scripts at headquarters depend on the numbers."""

    DONE = 0
    REFUSED = 1  # mendable by the user: wrong passphrase, held, disk, read-only, …
    USAGE = 2
    NOT_AUTHENTIC = 3  # truncated, altered, forged, revoked, damaged
    BUG = 70


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of the catalogue: a stable code, the exit code, and the two sentences as `str.format` templates."""

    code: str
    exit_code: ExitCode
    what: str
    next_step: str


@dataclass(slots=True)
class KnownError(Exception):
    """A fault of the world, raised with the values its sentences name.

    `code` is a key of `CATALOGUE`; `values` fill the placeholders of both sentences. Never put note text, names of
    interlocutors or key material into `values`: messages may be logged and copied.
    """

    code: str
    values: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in CATALOGUE:
            raise ValueError(f"no such fault: {self.code}")
        Exception.__init__(self, self.code)

    @property
    def fault(self) -> Fault:
        """The catalogue entry of this error."""
        return CATALOGUE[self.code]

    @property
    def exit_code(self) -> ExitCode:
        """The exit code that a command ends with when this error reaches its edge."""
        return self.fault.exit_code

    @property
    def what(self) -> str:
        """What happened and why, in a sentence."""
        return self.fault.what.format(**self.values)

    @property
    def next_step(self) -> str:
        """What the user can do next, in a sentence."""
        return self.fault.next_step.format(**self.values)

    def __str__(self) -> str:
        return f"{self.what} {self.next_step}".strip()


def refuse(code: str, **values: object) -> KnownError:
    """A `KnownError` of that code, ready to be raised."""
    return KnownError(code, dict(values))


_R, _N = ExitCode.REFUSED, ExitCode.NOT_AUTHENTIC
_ALL = [
    # --- the vault
    Fault("vault-missing", _R, "There is no vault in {folder}.", "Make one with “fieldtool init”, or name the folder with --vault."),
    Fault("vault-exists", _R, "There is already a vault in {folder}.", "Open it, or choose another folder."),
    Fault("vault-foreign", _R, "{file} is not a vault of this tool.", "Check the folder; nothing was changed."),
    Fault(
        "vault-damaged", _N, "The vault is damaged: {detail}.", "Do not write to it. Run “fieldtool check”, or restore the newest backup."
    ),
    Fault(
        "vault-newer",
        _R,
        "This vault was written by a newer version of the tool (format {found}, known: {known}).",
        "Install the newer version; the vault was not touched.",
    ),
    Fault("vault-busy", _R, "This vault is open in another window or command.", "Close the other one, or wait until it has ended."),
    Fault(
        "vault-read-only",
        _R,
        "The folder {folder} cannot be written.",
        "Copy the vault to a folder you may write, or change its permissions.",
    ),
    Fault(
        "wrong-passphrase",
        _R,
        "The passphrase does not open this vault.",
        "Check keyboard layout and Caps Lock, or use the recovery sheet.",
    ),
    Fault("passphrase-missing", _R, "No passphrase was given.", "Name a file with --passphrase-file, or answer the prompt in a terminal."),
    Fault("wrong-recovery", _R, "This recovery sheet does not open this vault.", "Check each word group against the sheet."),
    Fault(
        "sealed",
        _R,
        "This vault is sealed: the passphrase no longer opens it.",
        "Open it with the recovery sheet, or ask headquarters.",
    ),
    Fault(
        "key-copy-refused",
        _R,
        "{file} opens nothing here: {reason}.",
        "Ask for the right file, or use the recovery sheet; nothing was changed.",
    ),
    Fault(
        "no-signing-key",
        _R,
        "The recovery sheet opens the data but not the signing key.",
        "Ask headquarters for a new card for this installation.",
    ),
    # --- disk
    Fault("disk-full", _R, "There is no room left on the disk for {file}.", "Free some space and try again; nothing was changed."),
    Fault("file-unwritable", _R, "{file} cannot be written: {reason}.", "Choose another place; nothing was changed."),
    Fault("file-unreadable", _R, "{file} cannot be read: {reason}.", "Check the path and its permissions."),
    Fault(
        "file-foreign",
        _R,
        "{file} is not a kind of file this tool knows.",
        "It imports bundles, receipts, identity requests, recommendation sheets and signed summaries.",
    ),
    Fault(
        "attachment-too-large",
        _R,
        "{file} is larger than {limit} MiB, the most that an attachment may have.",
        "Attach a smaller copy, or hand it over by other means; nothing was changed.",
    ),
    Fault("file-exists", _R, "{file} exists already and was not made by this command.", "Choose another name."),
    # --- identity and trust
    Fault(
        "no-identity",
        _R,
        "This vault has no card yet, so nobody could verify what it sends.",
        "Send the identity request to headquarters and open the visit file that comes back.",
    ),
    Fault("role-needed", _R, "Only {role} may do this.", "Ask them to do it, or ask headquarters for the role."),
    Fault(
        "root-not-compared",
        _R,
        "The organisation of this file has not been compared yet. Its fingerprint: {words}.",
        "Compare it by voice with headquarters, then give --expect-root {fingerprint}.",
    ),
    Fault("root-mismatch", _N, "The organisation's fingerprint is not the one you expected.", "Do not use this file; call headquarters."),
    Fault(
        "fingerprint-mismatch",
        _N,
        "The fingerprint of this request is not the one you were told.",
        "Do not let it in; call the person again.",
    ),
    Fault("root-foreign", _R, "This file belongs to another organisation.", "One vault keeps one organisation; use another vault."),
    Fault(
        "signer-unknown",
        _R,
        "The sender {name} ({fingerprint}) is not known here; the file is kept in quarantine, unread.",
        "Import the newest file from headquarters, or let the head of the visit accept the fingerprint by voice.",
    ),
    Fault("signer-revoked", _N, "The sender's key was revoked by headquarters.", "Nothing was taken in; call headquarters."),
    Fault(
        "name-confusable",
        _R,
        "The name “{name}” can be mistaken for {other}, who has a card already.",
        "Choose a name that cannot be confused.",
    ),
    Fault("person-unknown", _R, "Nobody with the name or fingerprint “{name}” has a card here.", "See “fieldtool people list”."),
    Fault("person-ambiguous", _R, "More than one card matches “{name}”.", "Give the fingerprint instead."),
    Fault("request-altered", _N, "This identity request is damaged or was altered.", "Ask for it again."),
    # --- bundles
    Fault("bundle-not-for-you", _R, "This bundle is not addressed to this vault.", "Ask the sender for one that names you as recipient."),
    Fault("bundle-truncated", _N, "This bundle is not whole: {detail}.", "Ask the sender for the file again; nothing was taken in."),
    Fault(
        "bundle-altered",
        _N,
        "This bundle was changed or damaged on the way: {detail}.",
        "Ask the sender for the file again; nothing was taken in.",
    ),
    Fault("bundle-forged", _N, "The signature of this bundle does not hold: {detail}.", "Do not use the file; call the sender."),
    Fault(
        "bundle-newer",
        _R,
        "This file was written by a newer version of the tool ({found}).",
        "Install the newer version; the file is kept in quarantine.",
    ),
    Fault(
        "bundle-unknown-key",
        _N,
        "No key given here opens this bundle.",
        "Give the age identity with --identity, or use the vault it is for.",
    ),
    Fault(
        "segment-faulty",
        _N,
        "{count} part(s) of this bundle do not hold and were set aside.",
        "The rest was taken in. Ask the sender for the file again.",
    ),
    Fault(
        "bundle-too-large",
        _R,
        "All this is more than one bundle can hold.",
        "Write it in numbered files: “fieldtool export bundle --max-size 500MB”; nothing was written.",
    ),
    Fault("nothing-to-export", _R, "{name} has confirmed everything already.", "There is nothing to send."),
    Fault(
        "too-many-conflicts",
        _R,
        "This import would raise {count} conflicts.",
        "Look at the preview first; import with --accept-conflicts if it is right.",
    ),
    Fault("undo-not-possible", _R, "This import can no longer be undone: {reason}.", "Restore a version from the history instead."),
    # --- records
    Fault("kind-unknown", _R, "“{kind}” is not a kind of record.", "Known kinds: {known}."),
    Fault(
        "record-newer",
        _R,
        "The record {id} is of a kind that only a newer version of the tool knows ({kind}).",
        "Install the newer version; until then it is kept and handed on as it is.",
    ),
    Fault("record-unknown", _R, "There is no record {id}.", "See “fieldtool list”."),
    Fault("record-ambiguous", _R, "More than one record begins with {id}.", "Give the whole id."),
    Fault("field-unknown", _R, "A record of kind {kind} has no field “{field}”.", "Known fields: {known}."),
    Fault(
        "value-refused",
        _R,
        "“{value}” cannot be the {field} of a record of kind {kind}: {reason}.",
        "Correct the value; nothing was recorded.",
    ),
    Fault(
        "ends-before-start",
        _R,
        "A record of kind {kind} that starts {start} cannot end {end}.",
        "Correct one of the two; nothing was recorded.",
    ),
    Fault(
        "notes-of-two-kinds",
        _R,
        "One of the two notes says what was said, the other what you think of it.",
        "Leave them apart, or correct the kind of one first; nothing was changed.",
    ),
    Fault(
        "notes-of-two-places",
        _R,
        "One of the two notes stays on this computer, the other travels with the visit.",
        "Leave them apart, or write into the other what may be handed over; nothing was changed.",
    ),
    Fault(
        "notes-of-two-meetings",
        _R,
        "The two notes belong to different meetings, or the meeting to another visit.",
        "Move the note to the meeting first; nothing was changed.",
    ),
    Fault("value-missing", _R, "A record of kind {kind} needs {field}.", "Add it; nothing was recorded."),
    Fault(
        "base-needed",
        _R,
        "The field {field} has {count} versions that nobody has settled.",
        "Settle the conflict first, or name the version you saw with --base.",
    ),
    Fault("base-unknown", _R, "There is no version {base} of this field.", "See “fieldtool history”."),
    Fault(
        "field-official",
        _R,
        "The {field} of {kind} is set by headquarters only.",
        "Record reported progress instead, or propose it to headquarters.",
    ),
    Fault("visit-needed", _R, "It is not clear which visit is meant.", "Name it with --visit."),
    Fault("visit-unknown", _R, "There is no visit “{visit}”.", "See “fieldtool list visits”."),
    Fault("conflict-unknown", _R, "There is no open conflict {id}.", "See “fieldtool conflicts list”."),
    Fault("json-refused", _R, "{file} does not hold what this command needs: {reason}.", "Give one JSON object, or a list of them."),
    # --- sheets
    Fault(
        "sheet-empty",
        _R,
        "No recommendation was found in {file}.",
        "The sheet needs a column of numbers and a column of texts under headings.",
    ),
    Fault("sheet-row", _R, "{file}, line {line}: {reason}.", "Correct the line; nothing was imported."),
    Fault(
        "sheet-repeated",
        _R,
        "{file}: number {number} stands in line {first} and in line {second}.",
        "Give each recommendation its own number; nothing was imported.",
    ),
    Fault("sheet-unreadable", _R, "{file} cannot be read as a sheet: {reason}.", "Save it again as .xlsx or .csv."),
    # --- summary
    Fault(
        "edition-not-paged",
        _R,
        "The {edition} edition is a plain text and has no pages.",
        "Export it as a text; the head of the visit approves it.",
    ),
    Fault(
        "press-unapproved",
        _R,
        "The head of the visit has not approved this press text, or the records behind it changed since.",
        "Ask the head to read and approve it, or export a draft.",
    ),
    Fault(
        "summary-unrecorded",
        _R,
        "{file} is proven, but the records here do not name it as signed by the head of the visit.",
        "Import the head's newest bundle first, then try again.",
    ),
    Fault("summary-confirmed", _R, "Headquarters has confirmed {file} already.", "There is nothing to do."),
    Fault(
        "summary-conflict", _R, "{count} open conflict(s) about attribution or marking stand in the way of signing.", "Settle them first."
    ),
    Fault(
        "summary-leak", _R, "The {edition} edition would show what it must not: {place}.", "Change the text at that place, then try again."
    ),
    Fault("summary-incomplete", _R, "The summary is not complete: {missing}.", "Fill the gaps, or export a draft."),
    Fault("summary-unprintable", _R, "No font here can print {character} in {place}.", "Replace the character, then try again."),
    Fault("pdf-unsigned", _N, "{file} carries no signature.", "Ask for the signed file."),
    Fault("pdf-altered", _N, "{file} was changed after signing: {detail}.", "Ask for it again."),
    Fault(
        "pdf-untrusted",
        _N,
        "{file} is signed by a certificate that the organisation did not issue.",
        "Do not rely on it; call headquarters.",
    ),
    Fault(
        "pdf-stamp-unknown",
        _N,
        "{file} bears a time stamp of an authority that is not believed here.",
        "Take in the newest visit file and try again; without a vault name the authority's certificate with --time-authority.",
    ),
    Fault(
        "pdf-stamp-withdrawn",
        _N,
        "{file} bears a time stamp of {authority}, which headquarters has withdrawn, and no record that is still believed names this file.",
        "Do not rely on its time; call headquarters.",
    ),
    Fault(
        "pdf-not-leading",
        _N,
        "{file} is signed by {name}, whose card says that they do not lead this visit.",
        "Do not rely on it; ask the head of the visit for theirs.",
    ),
    Fault(
        "pdf-revoked",
        _N,
        "{file} is signed with the key of {name}, which headquarters has revoked, and no record that is still believed names this file.",
        "Do not rely on it; call headquarters.",
    ),
    # --- time stamps
    Fault(
        "authority-unfit", _R, "This certificate cannot stand for a time-stamp authority: {reason}.", "Ask the authority for the right one."
    ),
    Fault("authority-unknown", _R, "No time-stamp authority {name} is named for this visit.", "Look at “authority list”."),
    Fault(
        "authority-needed",
        _R,
        "Headquarters has named no time-stamp authority for this visit.",
        "Name one with “authority add”, then ask again: nobody would believe any other.",
    ),
    Fault(
        "summary-unconfirmed", _R, "{file} does not bear headquarters' counter-signature yet.", "Confirm it first: the time stamp is last."
    ),
    Fault("list-unfit", _R, "{file} is no list of revoked certificates that can be read.", "Fetch it again, as PEM or DER."),
    Fault(
        "archive-incomplete",
        _R,
        "The lists of revoked certificates do not prove every signature in {file}; missing, out of date, or naming a signer: {names}.",
        "Add a list of each issuer that is in force today, or have the summary stamped without lists.",
    ),
    Fault("summary-stamped", _R, "{file} bears a time stamp already.", "There is nothing to do."),
    Fault(
        "stamp-not-asked",
        _R,
        "No time stamp was asked for {file} here.",
        "Write a request for this very file at this installation, or choose the file that the request was written for.",
    ),
    Fault(
        "stamp-unreadable",
        _N,
        "{file} is no answer of a time-stamp authority, or it is cut short or damaged.",
        "Fetch it again; the request that you have may be sent as often as you like.",
    ),
    Fault("stamp-refused", _R, "The time-stamp authority has refused: {reason}.", "Ask again later, or ask another authority."),
    Fault("stamp-of-another", _N, "{file} stamps something else than this document.", "Choose the answer to this document's request."),
    Fault("stamp-stale", _N, "{file} answers an earlier request for this document.", "Choose the answer to the last request."),
    Fault(
        "stamp-unknown",
        _N,
        "{file} is signed by {name} under {issuer}, which headquarters has not named for this visit.",
        "Ask an authority that is named, or name this one with “authority add” once its fingerprint was compared.",
    ),
    Fault(
        "stamp-early",
        _N,
        "The authority says {at} UTC, and a signature in {file} says that it was made later: one of the clocks is wrong.",
        "Check this computer's clock; a summary that was signed under a wrong date has to be signed again.",
    ),
    Fault("stamp-unfit", _N, "The time stamp in {file} cannot be used: {reason}.", "Ask again, or ask another authority."),
    # --- organisations' own cards
    Fault(
        "card-unreadable",
        _R,
        "{card} cannot be used as a card: {reason}.",
        "Check that it is the right file or device and that it is plugged in.",
    ),
    Fault("pin-missing", _R, "The card's PIN was not given.", "Name a file with --pin-file, or answer the prompt in a terminal."),
    Fault(
        "wrong-pin",
        _R,
        "The PIN or passphrase does not open {card}, or it is damaged.",
        "Check it before you try again: most cards lock after three wrong ones.",
    ),
    Fault(
        "card-unfit",
        _R,
        "This card cannot sign summaries: {reason}.",
        "Sign without a card, or ask for a valid one with an RSA key of 3072 to 4096 bits.",
    ),
    Fault(
        "card-unbound",
        _R,
        "Headquarters has not bound this card to {name}.",
        "Sign without a card, or send headquarters the card's certificate and take in the visit file that comes back.",
    ),
    Fault(
        "card-of-another",
        _R,
        "This card is bound to {other}, not to {name}.",
        "Sign with your own card, or without one.",
    ),
    Fault(
        "wrong-pin-last",
        _R,
        "The PIN does not open {card}, and the next wrong one locks it.",
        "Make sure of the PIN first. Whoever issued the card can set a new one.",
    ),
    Fault(
        "token-last-try",
        _R,
        "The next wrong PIN locks {token}: one from a file is not tried.",
        "Make sure of the PIN, then run the command in a terminal and type it.",
    ),
    Fault(
        "token-locked",
        _R,
        "{token} is locked, because a wrong PIN was typed too often.",
        "Sign without the card, and ask whoever issued it to unlock it.",
    ),
    Fault(
        "token-module",
        _R,
        "{module} is no library for cards that this computer can load.",
        "Name the PKCS#11 library of the card's own software, or OpenSC's; its documentation says where it lies.",
    ),
    Fault(
        "token-driver",
        _R,
        "The card's library {module} stopped working; nothing was signed.",
        "Pull the card out, plug it in again and try once more. If it stays so, sign without the card.",
    ),
    Fault(
        "token-absent",
        _R,
        "{module} finds no card.",
        "Plug in the card and its reader, wait a moment, then try again.",
    ),
    Fault(
        "token-unknown",
        _R,
        "No card is called “{name}”. Plugged in: {tokens}.",
        "Give the name, the serial number or the slot of one of them.",
    ),
    Fault(
        "tokens-several",
        _R,
        "More than one card is plugged in: {tokens}.",
        "Name one with --token-name by its name or serial number, or pull out the others.",
    ),
    Fault(
        "token-without-key",
        _R,
        "There is no RSA key for signing on {token}.",
        "Sign without the card, or ask whoever issued it for one with an RSA key of 3072 to 4096 bits.",
    ),
    Fault(
        "token-bare",
        _R,
        "{token} shows no certificate of an RSA key.",
        "Ask whoever issued the card to write the certificate onto it.",
    ),
    Fault(
        "token-key-unknown",
        _R,
        "No key on {token} is called “{name}”. There are: {keys}.",
        "Give the name or the id of one of them.",
    ),
    Fault(
        "token-keys-several",
        _R,
        "More than one key on {token} could sign: {keys}.",
        "Name one with --token-key by its name or id, or have headquarters bind one.",
    ),
    Fault(
        "token-failed",
        _R,
        "{token} did not sign: its library says {reason}.",
        "Pull the card out, plug it in again and try once more. If it stays so, ask whoever issued it.",
    ),
    Fault(
        "token-forged",
        _N,
        "{token} gave a signature that its own certificate does not confirm; nothing was written.",
        "Do not sign with this card; show it to whoever issued it.",
    ),
    # --- surroundings
    Fault(
        "no-display", _R, "There is no screen to open a window on.", "Start the tool in a desktop session; every command works without one."
    ),
    Fault("database-unreachable", _R, "The database cannot be reached: {reason}.", "Check the URL and that the server is running."),
    Fault(
        "database-password",
        _R,
        "The address of the database holds a password, which everybody on this computer can read there.",
        "Take it out; PostgreSQL's own password file (~/.pgpass) or a client certificate proves who you are.",
    ),
    Fault(
        "database-open",
        _R,
        "What goes to this database would travel unencrypted (sslmode {mode}).",
        "Use sslmode=verify-full with the server's root certificate, or a socket on the server itself.",
    ),
    Fault(
        "database-busy",
        _R,
        "Another officer ({who}) is writing to this database, and did not end within {seconds} seconds.",
        "Try again when they have finished; what was taken in until now stays.",
    ),
    Fault(
        "database-foreign",
        _R,
        "This database holds the records of another organisation.",
        "Name a database of your own, or an empty one; nothing was changed.",
    ),
    Fault(
        "database-role",
        _R,
        "The database's role {role} cannot be limited to visits: {reason}.",
        "Let the server's administrator make a role that may log in and nothing else.",
    ),
    Fault("database-needed", _R, "Only a database on a server has other readers.", "Name it with --database."),
    Fault("not-in-database", _R, "{what} is not kept in a database that others read.", "Do it in your own vault: leave out --database."),
    Fault("demo-foreign", _R, "{folder} exists and does not hold a demo of this tool.", "Choose another folder with --out."),
    Fault(
        "wipe-unconfirmed",
        _R,
        "Headquarters has not confirmed everything of {visits}.",
        "Hand it over and import the receipt first, or give --unconfirmed to lose it.",
    ),
    Fault(
        "keys-would-change",
        _R,
        "The vault is not sealed: this would give it a new passphrase and new signing keys.",
        "Where that is wanted, say so with --new-keys, and ask headquarters for a new card afterwards.",
    ),
    Fault("cancelled", _R, "Stopped as you asked.", "Everything is as it was."),
]

CATALOGUE: dict[str, Fault] = {f.code: f for f in _ALL}
