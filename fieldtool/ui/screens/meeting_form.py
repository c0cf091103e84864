"""A meeting to come, or its particulars: who, when, where, under which rule, what to ask; one page, filled by keyboard."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.ids import EntityId
from fieldtool.services import planning, recording
from fieldtool.services.planning import MeetingPlan, Planned
from fieldtool.services.screens.meetings import meeting_rows, moment
from fieldtool.services.screens.names import Names, RecommendationName
from fieldtool.services.screens.visit import ask_of
from fieldtool.services.session import Session
from fieldtool.services.templates import Template, load_templates
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.editors import PlainEditor
from fieldtool.ui.controls.fields import Well
from fieldtool.ui.controls.forms import Field
from fieldtool.ui.controls.labels import label
from fieldtool.ui.controls.layout import column, holder, row
from fieldtool.ui.controls.menus import Entry, open_menu
from fieldtool.ui.controls.panes import scrolled
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import MEDIUM, SMALL
from fieldtool.ui.look.tokens import INSET, XS, L, M, S
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.meeting_draft import FORM_KEY, FormDraft
from fieldtool.ui.screens.terms import choices, term
from fieldtool.ui.words import tr

WIDE = 720
NEW = "new"
KEEP_AFTER = 600  # milliseconds after the first key; the promise is one second
MOST_OPEN, MOST_WORDS = 8, 60  # recommendations that a template adds, and letters of one that stand beside its key
_DAY, _TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile(r"[0-9]{2}:[0-9]{2}")


class MeetingForm(Screen):
    """Ctrl+Enter saves and opens the recorder; Esc goes back."""

    origin = "meeting-form"

    def __init__(self, desk: Desk) -> None:
        self._meeting = NEW
        self._heads: dict[str, tuple[int, ...]] = {}
        self._filled: FormDraft | None = None  # as the form was filled, before anybody typed
        self._kept = ""
        self._asked: tuple[str, str] | None = None  # a recommendation's key, and of whom to ask about it
        self._terms = {"institution_type": "", "attribution": "", "marking": "", "modality": "in person"}
        self._who, self._people = (
            Field(tr("Interlocutor"), tr("A known name is completed")),
            Field(tr("People"), tr("Names, separated by commas")),
        )
        self._day, self._start = Field(tr("Day"), tr("YYYY-MM-DD")), Field(tr("Begins"), tr("HH:MM"))
        self._end, self._place = Field(tr("Ends"), tr("HH:MM")), Field(tr("Place"))
        self._buttons = {name: Button("", "plain", menu=True) for name in self._terms}
        self._questions = PlainEditor(tr("Questions to ask, one a line"))
        self._added = label("", SMALL, role="text3")
        self._save, back = Button(tr("Save"), "primary", "check", hint="Ctrl+Enter"), Button("", "ghost", "left", name=tr("Back"))
        self._template = Button(tr("Template…"), "plain", "meeting", menu=True)
        self._another = Button(tr("Like another…"), "plain", "meeting", menu=True)
        self._head = Head(tr("Meeting"), self._template, self._another, self._save, before=back)
        super().__init__(desk, self._head, self._body())
        back.clicked.connect(self.give_up)
        self._save.clicked.connect(self.save)
        self._who.edit.editingFinished.connect(self._complete)
        self._template.clicked.connect(self.show_templates)
        self._another.clicked.connect(self._on_another)
        for name, button in self._buttons.items():
            button.clicked.connect(partial(self._open_terms, name))
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(KEEP_AFTER)
        self._keep_timer.timeout.connect(self.keep)
        for field in self._fields().values():
            field.edit.textEdited.connect(lambda _words: self._on_typed())
        self._questions.textChanged.connect(self._on_typed)

    def _body(self) -> QWidget:
        self._questions.setFixedHeight(154)
        heads = {
            "institution_type": tr("Kind of interlocutor"),
            "attribution": tr("Rule"),
            "marking": tr("Marking"),
            "modality": tr("Modality"),
        }
        chosen = [column(label(heads[n], SMALL, MEDIUM, "text2"), XS, row(b, None)) for n, b in self._buttons.items()]
        page = holder(
            column(
                self._who,
                S,
                row(*chosen[:1], *chosen[3:], None, gap=L),
                M,
                row(self._day, self._start, self._end, gap=M),
                S,
                row(self._place, self._people, gap=M),
                S,
                row(*chosen[1:3], None, gap=L),
                M,
                label(tr("Questions to ask, one a line"), SMALL, MEDIUM, "text2"),
                XS,
                Well(self._questions, margins=(10, 8, 8, 8)),
                2,
                row(label(tr("#P-06 ties a question to a recommendation"), SMALL, role="text3"), None, self._added),
                None,
                margins=(INSET, L, INSET, L),
            )
        )
        page.setMaximumWidth(WIDE)
        return scrolled(page, tr("Meeting"))

    # ------------------------------------------------------------------------------------------------ what it shows

    def target(self, wanted: str) -> None:
        """Fill in a new meeting, or change the one of that id; after `#` a question to prepare: key of a recommendation, kind of
        interlocutor.
        """
        self.keep()
        self._filled = None
        self._meeting, _, asked = wanted.partition("#")
        self._meeting, self._stale = self._meeting or NEW, True
        key, _, kind = asked.partition("/")
        self._asked = (key, kind) if key else None

    def kept_target(self) -> str:
        return self._meeting

    def load(self) -> None:
        self._head.title.say(tr("New meeting") if self._meeting == NEW else tr("The meeting"))
        key = FORM_KEY.format(meeting=self._meeting)
        if self._meeting == NEW:
            now = datetime.now()  # noqa: DTZ005  # the visit's clock is the wall's
            start = f"{now:%Y-%m-%dT%H:%M}"
            self._fill(MeetingPlan("", "", start, attribution="on record by institution", marking="internal", modality="in person"), {})
            self.desk.read(recording.kept_drafts, lambda kept: self._go_on(kept.get(key, "")))
            return
        meeting = EntityId(self._meeting)

        def fetch(session: Session) -> tuple[MeetingPlan, dict[str, tuple[int, ...]], str]:
            record, kept = session.store.get(meeting), recording.kept_drafts(session).get(key, "")
            return planning.plan_of(session, meeting), dict(record.heads) if record else {}, kept

        def show(found: tuple[MeetingPlan, dict[str, tuple[int, ...]], str]) -> None:
            plan, heads, kept = found
            self._fill(plan, heads)
            self._go_on(kept)

        self.desk.read(fetch, show)

    def start(self) -> None:
        self._who.edit.setFocus()

    def commands(self) -> list[Command]:
        return [
            Command("meeting-save", tr("Save the meeting"), "Ctrl+Return", self.save),
            Command("meeting-template", tr("Questions for this kind of interlocutor"), "Ctrl+T", self.show_templates),
            Command("back", tr("Back"), "Esc", self.give_up),
        ]

    def _fill(self, plan: MeetingPlan, heads: dict[str, tuple[int, ...]]) -> None:
        self._filled = None  # what is put in now nobody has typed
        self._heads = heads
        begins, ends = moment(plan.start), moment(plan.end)
        self._who.edit.setText(plan.institution)
        self._people.edit.setText(", ".join(plan.people))
        self._place.edit.setText(plan.place)
        self._day.edit.setText(f"{begins:%Y-%m-%d}" if begins else "")
        self._start.edit.setText(f"{begins:%H:%M}" if begins else "")
        self._end.edit.setText(f"{ends:%H:%M}" if ends else "")
        self._questions.show_words("\n".join(plan.questions))
        self._added.setText("")
        self._terms = {
            "institution_type": plan.institution_type, "attribution": plan.attribution, "marking": plan.marking, "modality": plan.modality,
        }  # fmt: skip
        self._show_terms()
        self._filled, self._kept = self._draft(), ""

    def _go_on(self, kept: str) -> None:
        """Put back what was half written when the vault was locked or closed, and below it what is to be asked."""
        draft = FormDraft.from_text(kept)
        if draft is not None and self._draft() == self._filled:
            self._kept = kept
            self._put_back(draft)
        if self._asked is not None:
            key, kind = self._asked
            self._asked = None
            self._prepare([f"#{key} "], kind)
            if not self._who.text():
                self._who.edit.setFocus()  # whom one meets is missing

    def _put_back(self, draft: FormDraft) -> None:
        self._heads, self._terms = dict(draft.heads), {name: draft.terms.get(name, term_) for name, term_ in self._terms.items()}
        for name, field in self._fields().items():
            field.edit.setText(draft.fields.get(name, field.text()))
        self._questions.show_words(draft.fields.get("questions", ""))
        self._added.setText(tr("What you had typed is kept. Esc forgets it."))
        self._show_terms()

    def _fields(self) -> dict[str, Field]:
        names = ("who", "people", "day", "start", "end", "place")
        return dict(zip(names, (self._who, self._people, self._day, self._start, self._end, self._place), strict=True))

    def _draft(self) -> FormDraft:
        typed = {name: field.edit.text() for name, field in self._fields().items()}
        return FormDraft({**typed, "questions": self._questions.words()}, dict(self._terms), dict(self._heads))

    def _on_typed(self) -> None:
        if self._filled is not None and not self._keep_timer.isActive():
            self._keep_timer.start()  # from the first key on

    def keep(self) -> None:
        self._keep_timer.stop()
        if self._filled is not None:
            draft = self._draft()
            self._store("" if draft == self._filled else draft.to_text())

    def _store(self, kept: str) -> None:
        if kept != self._kept:
            self._kept = kept
            session, key = self.desk.session, FORM_KEY.format(meeting=self._meeting)
            self.desk.writes.submit(lambda: recording.keep_draft(session, key, kept))

    def _forget(self) -> None:
        """Nothing here is half written any more."""
        self._keep_timer.stop()
        self._filled = None
        self._store("")

    def give_up(self) -> None:
        """Go back to where one came from, without what was typed."""
        self._forget()
        self.desk.go("", "")

    def _show_terms(self) -> None:
        for name, button in self._buttons.items():
            button.say(term(name, self._terms[name]) or tr("choose"), f"{_spoken(name)}: {term(name, self._terms[name])}")

    def _open_terms(self, name: str, _on: bool = False) -> None:
        open_menu(
            self._buttons[name],
            [Entry(told, partial(self._set_term, name, word), word == self._terms[name]) for word, told in choices(name)],
        )

    def _set_term(self, name: str, word: str) -> None:
        self._terms[name] = word
        self._show_terms()
        self._on_typed()

    def _complete(self) -> None:
        typed = self._who.text()

        def found(known: tuple[str, str] | None) -> None:
            if known is not None and self._who.text() == typed:
                self._who.edit.setText(known[0])
                self._set_term("institution_type", known[1])

        def fetch(session: Session) -> tuple[str, str] | None:
            record = planning.find_institution(session, typed)
            names = record.fields.get("name") if record else None
            if record is None or not isinstance(names, dict):
                return None
            return str(names.get(words.language.code) or names.get("en") or typed), str(record.fields.get("type") or "")

        if typed:
            self.desk.read(fetch, found)

    def show_templates(self) -> None:
        """Offer the questions for each kind of interlocutor; the kind that is chosen comes first."""
        kind = self._terms["institution_type"]
        found = sorted(load_templates(), key=lambda t: kind not in t.types)
        entries = [Entry(t.label(words.language.code), partial(self._use, t), kind in t.types) for t in found]
        open_menu(self._template, entries)

    def _use(self, template: Template) -> None:
        """Add a template's questions, and what such interlocutors have not spoken on yet."""
        visit, language, kind = self.desk.visit, words.language.code, self._terms["institution_type"]
        if visit is None:
            return
        kinds = (kind,) if kind in template.types else template.types

        def fill(names: tuple[RecommendationName, ...]) -> None:
            open_ones = [f"#{n.key} {n.words if len(n.words) < MOST_WORDS else ''}".strip() for n in names[:MOST_OPEN]]
            self._prepare([*template.lines(language), *open_ones], kinds[0] if len(kinds) == 1 else "")

        self.desk.read(lambda s: ask_of(s, visit, language, kinds), fill)

    def _prepare(self, lines: list[str], kind: str) -> None:
        """Add questions below what is typed, those that stand there already left out; one Ctrl+Z in the field takes them back."""
        there = self._questions.words().splitlines()
        fresh = [line for line in lines if not any(_same_question(line, t) for t in there)]
        cursor = self._questions.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if fresh:
            cursor.insertText(("\n" if there and there[-1].strip() else "") + "\n".join(fresh))
        self._questions.setTextCursor(cursor)
        self._questions.setFocus()
        if kind and not self._terms["institution_type"]:
            self._set_term("institution_type", kind)
        added = tr("%n question(s) added. Ctrl+Z takes them back.", len(fresh))
        told = added if fresh else tr("All of these questions stand here already.")
        self._added.setText(told)
        announce(self, told)

    def _on_another(self) -> None:
        """Everything but day, time and people of another meeting: teams meet under the same rule again and again."""
        visit, language = self.desk.visit, words.language.code
        if visit is None:
            return

        def fetch(session: Session) -> list[tuple[EntityId, str]]:
            return [(r.id, f"{r.number}  {r.title}") for r in meeting_rows(session, Names(session, language), visit)]

        def show(rows: list[tuple[EntityId, str]]) -> None:
            open_menu(self._another, [Entry(told, partial(self._like, entity)) for entity, told in rows])

        self.desk.read(fetch, show)

    def _like(self, other: EntityId) -> None:
        def fill(plan: MeetingPlan) -> None:
            self._terms |= {"attribution": plan.attribution, "marking": plan.marking, "modality": plan.modality}
            if not self._place.text():
                self._place.edit.setText(plan.place)
            self._show_terms()
            self._prepare([q for q in plan.questions if q.strip()], "")

        self.desk.read(lambda s: planning.plan_of(s, other), fill)

    # ------------------------------------------------------------------------------------------------ saving

    def _refused(self) -> tuple[Field, str] | None:
        """The first field that cannot be meant so, and why."""
        day, begins, ends = self._day.text(), self._start.text(), self._end.text()
        if not self._who.text():
            return self._who, tr("Whom you meet is missing.")
        if not _DAY.fullmatch(day) or moment(day) is None:
            return self._day, tr("A day is written 2022-04-13.")
        for field, time in ((self._start, begins), (self._end, ends)):
            if (time or field is self._start) and (not _TIME.fullmatch(time) or moment(f"{day}T{time}") is None):
                return field, tr("A time is written 09:30.")
        return (self._end, tr("It begins {time}; it cannot end earlier.", time=begins)) if ends and ends < begins else None

    def plan(self) -> MeetingPlan | None:
        """What was typed, or None with a sentence beneath the field that cannot be meant so."""
        if refused := self._refused():
            refused[0].refuse(refused[1])
            return None
        day, begins, ends = self._day.text(), self._start.text(), self._end.text()
        return MeetingPlan(
            institution=self._who.text(),
            institution_type=self._terms["institution_type"],
            start=f"{day}T{begins}",
            end=f"{day}T{ends}" if ends else "",
            place=self._place.text(),
            people=[p for p in self._people.text().split(",") if p.strip()],
            attribution=self._terms["attribution"],
            marking=self._terms["marking"],
            modality=self._terms["modality"],
            questions=self._questions.words().splitlines(),
        )

    def save(self) -> None:
        """Save what was typed and open the recorder on it."""
        plan, visit, meeting = self.plan(), self.desk.visit, self._meeting
        if plan is None or visit is None:
            return
        heads, made = self._heads, list[Planned]()

        def work(session: Session) -> ChangeSet:
            if meeting == NEW:
                made.append(planning.plan_meeting(session, visit, plan, origin=self.origin))
            else:
                made.append(planning.change_meeting(session, EntityId(meeting), plan, base=heads, origin=self.origin))  # type: ignore[arg-type]  # LocalChange is an int
            return made[0].changes

        def done(_changes: ChangeSet) -> None:
            self._forget()
            self.desk.go("meetings", made[0].id)

        self.desk.write(work, done, self.refuse)


def _same_question(line: str, typed: str) -> bool:
    """Whether a line asks what stands there: the same words, or about the same recommendation by its key alone."""
    key = line.split(" ")[0]
    return line.strip().casefold() == typed.strip().casefold() or (key.startswith("#") and typed.strip().startswith(key))


def _spoken(name: str) -> str:
    return {
        "institution_type": tr("Kind of interlocutor"),
        "attribution": tr("Rule"),
        "marking": tr("Marking"),
        "modality": tr("Modality"),
    }[name]
