"""What can be typed after `fieldtool`: commands, options and which function serves them; it imports no service and runs nothing."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from fieldtool import __version__

ROLES = ("expert", "head", "deputy", "hq", "service")
LANGUAGES = ("en", "ru")
LISTED = (
    "reports, recommendations, statuses, visits, meetings, notes, institutions, people, positions, progress, assistance, actions, "
    "findings, attachments, conflicts, bundles, proposals, quarantine, countries, sections, summaries, comments"
)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The typed words understood. Ends the program with code 2 for wrong usage, 0 after `--help` and `--version`, as argparse does."""
    parser = _parser()
    typed = parser.parse_args(list(words))
    _refuse_mixtures(parser, typed)
    return typed


def _refuse_mixtures(parser: argparse.ArgumentParser, typed: argparse.Namespace) -> None:
    """Options that say nothing without others."""
    card, token = getattr(typed, "card", None), getattr(typed, "token", None)
    if hasattr(typed, "sign") and (card or token) and not (typed.sign and typed.edition != "press"):
        parser.error("--card and --token sign an edition with pages: they go with --sign")
    if getattr(typed, "pin_file", None) is not None and not (card or token):
        parser.error("--pin-file opens a card: it goes with --card or --token")
    if (getattr(typed, "token_name", "") or getattr(typed, "token_key", "")) and not token:
        parser.error("--token-name and --token-key go with --token")


def _parser() -> argparse.ArgumentParser:
    everywhere = _global_options(argparse.SUPPRESS)
    parser = argparse.ArgumentParser(
        prog="fieldtool",
        description="Record a monitoring visit offline, merge what the team wrote, sign the summary. Without a command the window opens.",
        parents=[_global_options(None)],
        epilog="Exit codes: 0 done; 1 refused, mendable; 2 wrong usage; 3 not authentic or damaged; 70 a bug.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"fieldtool {__version__}")
    parser.set_defaults(serve=None, command="")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    adder = _Adder(commands, everywhere)
    _vault_commands(adder)
    _people_commands(adder)
    _record_commands(adder)
    _exchange_commands(adder)
    _upkeep_commands(adder)
    return parser


def _global_options(default: object) -> argparse.ArgumentParser:
    """Options that may stand before and after the command; after it they replace nothing unless they are given."""
    options = argparse.ArgumentParser(add_help=False, argument_default=default)
    group = options.add_argument_group("everywhere")
    group.add_argument("--vault", type=Path, metavar="DIR", help="folder of the vault (default: in the platform's user data folder)")
    group.add_argument("--passphrase-file", type=Path, metavar="PATH", help="file with the passphrase; then nothing is asked")
    suppressed = default is argparse.SUPPRESS
    group.add_argument("--json", action="store_true", default=default if suppressed else False, help="one JSON object on standard output")
    group.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=default if suppressed else _language(),
        help="language of messages (default: the environment's)",
    )
    group.add_argument("--quiet", action="store_true", default=default if suppressed else False, help="print results and errors only")
    return options


def _language() -> str:
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "ru" if spoken.startswith("ru") else "en"


class _Adder:
    """Adds commands that share the options valid everywhere; `serve` names the function as `module:function` within `fieldtool.cli`."""

    def __init__(
        self, commands: argparse._SubParsersAction[argparse.ArgumentParser], everywhere: argparse.ArgumentParser, path: str = ""
    ) -> None:
        self._commands, self._everywhere, self._path = commands, everywhere, path

    def add(self, name: str, serve: str, summary: str) -> argparse.ArgumentParser:
        """A command."""
        parser = self._commands.add_parser(name, help=summary, description=summary, parents=[self._everywhere], allow_abbrev=False)
        parser.set_defaults(serve=serve, command=f"{self._path}{name}")
        return parser

    def group(self, name: str, summary: str) -> _Adder:
        """A command that has commands of its own."""
        parser = self._commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        return _Adder(parser.add_subparsers(metavar="COMMAND", required=True), self._everywhere, f"{self._path}{name} ")


def _vault_commands(adder: _Adder) -> None:
    demo = adder.add("demo", "demo:play", "play the whole loop on the sample visit, with four real vaults")
    demo.add_argument("--out", type=Path, default=Path("demo-out"), metavar="DIR", help="where to leave everything (default: demo-out)")
    demo.add_argument(
        "--database", metavar="URL", help="an empty PostgreSQL database for headquarters' records, such as postgresql:///demo"
    )
    demo.add_argument("--no-window", action="store_true", help="do not open the head's vault in the window afterwards")
    init = adder.add("init", "vaults:init", "make a vault and an identity")
    init.add_argument("--name", required=True, metavar="N", help="name of the person, in the original script")
    init.add_argument("--name-latin", default="", metavar="N", help="the name in Latin script")
    init.add_argument("--installation", default="", metavar="I", help="what this installation is called, such as “field laptop 3”")
    init.add_argument("--organisation", metavar="O", help="also found an organisation: the first installation of its headquarters")
    init.add_argument("--recovery-sheet", type=Path, metavar="FILE", help="write the recovery sheet here instead of printing it")
    identity = adder.group("identity", "who this installation is")
    identity.add("show", "people:show_identity", "name, fingerprint as digits and words, organisation")
    request = identity.add("request", "people:request", "write an identity request for headquarters")
    request.add_argument("out", type=Path, metavar="OUT")
    root = adder.group("root", "the organisation's root")
    _out(root.add("export", "root:export", "the root certificate for third parties, with those before it"))
    _out(root.add("revocations", "stamping:root_revocations", "the list of certificates that the root issued and that are revoked"))
    root.add("succeed", "root:succeed", "headquarters makes a new root, which the present one names as its successor")


def _people_commands(adder: _Adder) -> None:
    people = adder.group("people", "cards of the people on a visit")
    add = people.add("add", "people:add", "give the installation of an identity request a card")
    add.add_argument("request", type=Path, metavar="REQUEST")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--expect", metavar="FINGERPRINT", help="the fingerprint that was compared by voice")
    _visit(add)
    _visit(people.add("list", "people:show", "who has a card"))
    accept = people.add("accept", "people:accept", "the head accepts an installation whose fingerprint was compared by voice")
    accept.add_argument("fingerprint", metavar="FINGERPRINT", help="digits or words")
    accept.add_argument("--request", type=Path, required=True, metavar="REQUEST", help="the identity request of that installation")
    _visit(accept)
    card = people.add("card", "people:bind_card", "headquarters binds the organisation's own card of a person, so that it may sign")
    card.add_argument("person", metavar="NAME", help="name or fingerprint")
    change = card.add_mutually_exclusive_group(required=True)
    change.add_argument("--certificate", type=Path, metavar="FILE", help="the certificate on the card, PEM or DER")
    _token(card, change, "read it from the card in a reader, by the card's PKCS#11 library")
    change.add_argument("--withdraw", action="store_true", help="the card is lost or returned: it signs no more")
    _visit(card)
    authority = adder.group("authority", "authorities whose time stamps are believed on a visit")
    naming = authority.add("add", "stamping:name", "headquarters names an authority")
    naming.add_argument("certificate", type=Path, metavar="CERT.pem", help="its root or issuing certificate, PEM or DER")
    naming.add_argument("--expect", metavar="FINGERPRINT", help="the SHA-256 that the authority publishes")
    _visit(naming)
    _visit(authority.add("list", "stamping:show", "who is named, and who is withdrawn"))
    ending = authority.add("withdraw", "stamping:withdraw", "believe an authority no longer, except for files that are recorded")
    ending.add_argument("authority", metavar="NAME", help="name or fingerprint")
    ending.add_argument("--reason", default="", metavar="TEXT")
    _visit(ending)
    revoke = people.add("revoke", "people:revoke", "end the trust in somebody's key")
    revoke.add_argument("person", metavar="NAME", help="name or fingerprint")
    revoke.add_argument("--reason", default="", metavar="TEXT")
    _visit(revoke)


def _record_commands(adder: _Adder) -> None:
    listing = adder.add("list", "records:show_list", "records of one kind")
    listing.add_argument("kind", metavar="KIND", help=LISTED)
    _visit(listing)
    _database(listing)
    listing.add_argument(
        "--filter", action="append", default=[], metavar="FIELD=VALUE", help="only those whose field says this; repeatable"
    )
    add = adder.add("add", "records:add", "make records of one kind")
    add.add_argument("kind", metavar="KIND")
    add.add_argument("--json-file", required=True, metavar="F", help="a JSON object or a list of them; “-” for standard input")
    _visit(add)
    edit = adder.add("edit", "records:edit", "make a record say something else")
    edit.add_argument("id", metavar="ID", help="the record's id or its beginning")
    edit.add_argument("fields", nargs="+", metavar="field=value", help="field=value, field:=JSON, field+=element, field-=element")
    _database(edit)
    edit.add_argument("--base", metavar="CHANGE", help="the version that was seen, named as in the history")
    delete = adder.add("delete", "records:delete", "take a record away; its history stays")
    delete.add_argument("id", metavar="ID")
    redact = adder.add("redact", "records:redact", "drop everywhere what a record ever said, because its source takes back consent")
    redact.add_argument("id", metavar="ID")
    redact.add_argument("field", nargs="?", metavar="FIELD", help="one field (default: all free text and names in the record)")
    redact.add_argument("--reason", default="", metavar="TEXT")
    history = adder.add("history", "records:history", "every change of a record: who, when, what")
    history.add_argument("id", metavar="ID")
    _database(history)
    search = adder.add("search", "records:search", "find words in every text, in any script")
    search.add_argument("query", nargs="+", metavar="QUERY")
    _database(search)
    search.add_argument("--limit", type=int, default=50, metavar="N")
    _visit(search)
    attach = adder.add("attach", "records:attach", "attach a file to a record of a visit")
    attach.add_argument("id", metavar="ID")
    attach.add_argument("file", type=Path, metavar="FILE")
    attach.add_argument("--source", metavar="TEXT", help="whom it is from")
    attach.add_argument("--marking", metavar="TERM", help="public, internal, restricted or confidential")
    conflicts = adder.group("conflicts", "versions that somebody has to settle")
    _visit(conflicts.add("list", "conflicts:show_list", "open conflicts"))
    show = conflicts.add("show", "conflicts:show", "both versions, their authors, and a proposed merge")
    show.add_argument("id", metavar="ID")
    resolve = conflicts.add("resolve", "conflicts:resolve", "settle a conflict")
    resolve.add_argument("id", metavar="ID")
    how = resolve.add_mutually_exclusive_group(required=True)
    how.add_argument("--take", metavar="CHANGE", help="the version to take, as “conflicts show” names it")
    how.add_argument("--text-file", type=Path, metavar="F", help="new words that follow both versions")
    twins = adder.group("duplicates", "records that are probably one and the same")
    _visit(twins.add("list", "duplicates:show_list", "pairs that nobody has joined"))
    for name, summary in (("join", "say that the second is the same as the first; both stay"), ("part", "take that back")):
        pair = twins.add(name, f"duplicates:{name}", summary)
        pair.add_argument("first", metavar="FIRST")
        pair.add_argument("second", metavar="SECOND")
    talk = adder.group("comments", "what colleagues say of a draft of the summary")
    listed = talk.add("list", "comments:show_list", "open comments with their answers")
    listed.add_argument("--all", action="store_true", help="the settled ones, too")
    _visit(listed)
    said = talk.add("write", "comments:write", "comment on a section or a record, or answer a comment")
    said.add_argument("on", metavar="SECTION|ID", help="a section's name, or the id of a record or of the comment to answer")
    said.add_argument("--text-file", type=Path, required=True, metavar="F", help="the words")
    _visit(said)
    for name, summary in (("settle", "settle a comment with its answers"), ("reopen", "open a settled comment again")):
        talk.add(name, f"comments:{name}", summary).add_argument("id", metavar="ID")
    proposals = adder.group("proposals", "changes beyond their authors' roles")
    _visit(proposals.add("list", "proposals:show_list", "proposals that nobody has answered"))
    for name, summary in (("accept", "say it in one's own name"), ("decline", "leave things as they are")):
        answer = proposals.add(name, f"proposals:{name}", summary)
        answer.add_argument("change", metavar="CHANGE", help="the proposal, as the list names it")


def _exchange_commands(adder: _Adder) -> None:
    taking = adder.add(
        "import", "importing:take", "bundles, receipts, identity requests, recommendation sheets and signed summaries, known by content"
    )
    taking.add_argument("paths", nargs="*", type=Path, metavar="FILE|FOLDER")
    taking.add_argument("--undo", type=int, metavar="N", help="set aside what bundle N of “list bundles” brought, as if it had not come")
    taking.add_argument("--dry-run", action="store_true", help="show what would happen; record nothing")
    taking.add_argument("--report", metavar="REF", help="the report that a sheet's recommendations belong to")
    taking.add_argument("--expect-root", metavar="FINGERPRINT", help="the organisation's fingerprint, compared by voice")
    taking.add_argument("--accept-conflicts", action="store_true", help="import even if it raises many conflicts")
    export = adder.group("export", "bundles, receipts, summaries, tables")
    bundle = export.add("bundle", "exporting:bundle", "what the recipients have not confirmed, as an encrypted file")
    bundle.add_argument("--to", action="append", required=True, metavar="NAME|team|hq", help="recipient; repeatable")
    _out(bundle)
    _database(bundle)
    bundle.add_argument("--max-size", metavar="SIZE", help="no file grows beyond this as an e-mail attachment, such as 10MB: several files")
    bundle.add_argument("--everything", action="store_true", help="all there is, for somebody whose laptop was restored")
    _visit(bundle)
    receipt = export.add("receipt", "exporting:receipt", "a signed confirmation of what has arrived")
    _database(receipt)
    receipt.add_argument("--for", dest="file", required=True, type=Path, metavar="FILE", help="the bundle to confirm")
    _out(receipt)
    summary = export.add("summary", "exporting:summary", "the visit summary as PDF or text")
    _visit(summary)
    summary.add_argument("--edition", choices=("internal", "shareable", "press"), default="internal")
    summary.add_argument("--language", choices=("en", "ru", "en+ru", "kk"), default="en", help="kk: the press text alone")
    finish = summary.add_mutually_exclusive_group()
    finish.add_argument("--draft", action="store_true", help="watermarked, for comments")
    finish.add_argument("--sign", action="store_true", help="signed by the head of the visit; a press text is approved by that")
    own = summary.add_mutually_exclusive_group()
    own.add_argument("--card", type=Path, metavar="FILE.p12", help="with --sign: by the organisation's own card in a PKCS#12 file")
    _token(summary, own, "with --sign: by the organisation's own card in a reader, by its PKCS#11 library")
    summary.add_argument("--pin-file", type=Path, metavar="FILE", help="the card's passphrase or PIN; otherwise it is asked for")
    _out(summary)
    table = export.add("table", "exporting:table", "records of one kind as a table")
    table.add_argument("kind", metavar="KIND")
    _database(table)
    _visit(table)
    _out(table, "FILE.xlsx|.csv|.json")
    attachment = export.add("attachment", "exporting:attachment", "the content of an attachment")
    attachment.add_argument("id", metavar="ID")
    _out(attachment)
    verify = adder.add("verify", "verifying:verify", "who made a bundle, receipt or PDF, and whether it is whole")
    verify.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    verify.add_argument("--trust", type=Path, metavar="ROOT.pem", help="the organisation's root certificate")
    verify.add_argument(
        "--time-authority", type=Path, action="append", default=[], metavar="CERT.pem", help="the certificate of a time-stamp authority"
        " that you believe; repeatable",
    )  # fmt: skip
    verify.add_argument("--identity", type=Path, metavar="AGE-KEY", help="an age identity that opens the bundles")


def _upkeep_commands(adder: _Adder) -> None:
    hq = adder.group("hq", "headquarters' inbox")
    taking = hq.add("import", "headquarters:take", "many bundles, idempotent, with receipts")
    taking.add_argument("paths", nargs="+", type=Path, metavar="INBOX")
    _database(taking)
    taking.add_argument("--receipts", type=Path, metavar="DIR", help="write a signed receipt for each sender here")
    confirm = hq.add("confirm", "headquarters:confirm", "verify a signed summary, counter-sign it, and record the visit as confirmed")
    confirm.add_argument("summary", type=Path, metavar="SUMMARY.pdf")
    _out(confirm)
    asking = hq.add("stamp-request", "stamping:ask", "a request for a time stamp over a confirmed summary, to be carried to an authority")
    asking.add_argument("summary", type=Path, metavar="SUMMARY.pdf")
    asking.add_argument(
        "--list", type=Path, action="append", default=[], metavar="FILE.crl", help="revoked certificates, for an archive; repeatable"
    )
    _out(asking, "FILE.tsq")
    stamp = hq.add("stamp", "stamping:stamp", "put an authority's answer into the summary it was asked for")
    stamp.add_argument("summary", type=Path, metavar="SUMMARY.pdf")
    stamp.add_argument("--response", required=True, type=Path, metavar="FILE.tsr", help="what the authority answered")
    _out(stamp)
    _out(hq.add("revocations", "stamping:revocations", "the list of certificates that this installation issued and that are revoked"))
    status = hq.add("status", "headquarters:status", "by country and visit: what came from whom, what is missing, what is not confirmed")
    _database(status)
    unseal = hq.add("unseal", "headquarters:unseal", "open somebody's seal: their key file as it was, still behind their passphrase")
    unseal.add_argument("keys", type=Path, metavar="KEYS", help="the file keys.json of the sealed vault")
    _out(unseal)
    rescue = hq.add("recover", "headquarters:recover", "a new passphrase for somebody's vault, by the copy of its key that they left")
    rescue.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of that vault")
    rescue.add_argument("--copy", type=Path, required=True, metavar="FILE", help="the copy of its key")
    rescue.add_argument("--new-passphrase-file", type=Path, metavar="PATH", help="file with the new passphrase (default: asked)")
    limit = hq.add("limit", "headquarters:limit", "which visits a role of the database's server reads; without a role: who reads what")
    limit.add_argument("role", nargs="?", metavar="ROLE", help="a role of the server that may log in and nothing else")
    limit.add_argument("--visit", action="append", default=[], metavar="V", help="reference or id; repeatable; none: it reads nothing")
    _database(limit)
    backup = adder.add("backup", "upkeep:backup", "an encrypted copy, opened and checked before it counts")
    backup.add_argument("out", type=Path, metavar="FILE")
    restore = adder.add("restore", "upkeep:restore", "put a backup in the place of the vault; the present one is set aside")
    restore.add_argument("file", type=Path, metavar="FILE")
    recover = adder.add("recover", "upkeep:recover", "a new passphrase by the recovery sheet, or reopen a sealed vault")
    recover.add_argument("--keys", type=Path, metavar="FILE", help="the key file that headquarters unsealed, instead of the sheet")
    recover.add_argument("--sheet-file", type=Path, metavar="FILE", help="the groups of the recovery sheet (default: asked)")
    recover.add_argument("--new-keys", action="store_true", help="do not ask whether the vault shall have a new passphrase and new keys")
    adder.add("check", "upkeep:check", "integrity, counts, self-test, departure list")
    adder.add("seal", "upkeep:seal", "for the border: the passphrase opens nothing until the recovery sheet or headquarters has helped")
    escrow = adder.add("escrow", "upkeep:leave_copy", "leave headquarters a copy of the vault's key: it opens the data, and never signs")
    escrow.add_argument("out", type=Path, metavar="OUT")
    wipe = adder.add("wipe", "upkeep:wipe", "remove the vault after headquarters confirmed everything")
    wipe.add_argument("--yes", action="store_true", help="do not ask")
    wipe.add_argument("--unconfirmed", action="store_true", help="even though something was not confirmed")


def _visit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--visit", metavar="V", help="the visit's reference or id (default: the only one)")


def _token(parser: argparse.ArgumentParser, group: argparse._MutuallyExclusiveGroup, told: str) -> None:
    group.add_argument("--token", type=Path, metavar="MODULE", help=told)
    parser.add_argument("--token-name", default="", metavar="NAME", help="which card: name, serial number or slot (default: the only one)")
    parser.add_argument("--token-key", default="", metavar="NAME", help="which key: name or id (default: the bound or the only one)")


def _database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--database", metavar="URL", help="headquarters' database, as postgresql:///NAME without a password (default: the vault)"
    )


def _out(parser: argparse.ArgumentParser, metavar: str = "FILE") -> None:
    parser.add_argument("-o", "--out", required=True, type=Path, metavar=metavar)
