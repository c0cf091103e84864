"""Which column of a sheet holds what, by headings in English and Russian; it reads no record."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Headings as `normalised` gives them, between commas. `role` is a field of a recommendation, or one of the words below.
OFFICIAL = "official status"  # known, but recorded elsewhere
ASIDE = "aside"  # known, and without a place in a recommendation
ORDINAL = "ordinal"  # a running count, taken as the number only where there is no better column

_EXACT: dict[str, str] = {
    "number": (
        "no, n, nr, num, number, №, #, rec no, rec #, rec №, rec, rec number, recommendation no, recommendation number, "
        "recommendation #, recommendation №, no of recommendation, number of recommendation, № рекомендации, номер, номер "
        "рекомендации, № рек, рек №, n рекомендации, id, key, ref, reference, код, ключ, нөмірі, нөмір"
    ),
    ORDINAL: "№ п п, n п п, п п, s n, seq, row, строка",
    "letter": "letter, sub letter, subletter, sub, part, буква, литера, подпункт, часть",
    "class": (
        "priority, class, category, priority other, priority or other, p o, y n, is priority, type of recommendation, "
        "recommendation type, type, приоритет, приоритетная, приоритетность, приоритетные, класс, категория, вид рекомендации, "
        "тип рекомендации, тип, вид, басымдық, басым"
    ),
    "themes": (
        "theme, themes, topic, topics, thematic area, area, areas, subject, subject area, chapter, section, тема, темы, "
        "тематика, область, сфера, раздел, тематическая область, глава, тақырып"
    ),
    "text": (
        "recommendation, recommendations, recommendation text, text of recommendation, text of the recommendation, text, full "
        "text, wording, verbatim, verbatim text, description, текст, текст рекомендации, рекомендация, рекомендации, "
        "формулировка, содержание, содержание рекомендации, полный текст, ұсыным, ұсынымдар"
    ),
    "translation": "translation, unofficial translation, перевод, неофициальный перевод, аударма",
    "short_label": (
        "short label, label, short title, short name, short, keyword, краткое название, кратко, короткое название, краткая "
        "формулировка, ярлык"
    ),
    "addressees": (
        "addressee, addressees, addressed to, to whom, for whom, responsible, responsible body, responsible bodies, responsible "
        "authority, responsible authorities, responsible institution, responsible institutions, institution, institutions, "
        "authority, authorities, body, stakeholder, stakeholders, implementing body, адресат, адресаты, кому, кому адресована, "
        "кому адресовано, ответственный, ответственные, ответственный орган, ответственные органы, исполнитель, исполнители, "
        "учреждение, учреждения, орган, органы, ответственное учреждение"
    ),
    "action_required": (
        "action required, actions required, required action, action, actions, type of action, action type, measure, measures, "
        "type of change, change required, kind of change, means, требуемое действие, требуемые действия, действие, действия, "
        "мера, меры, вид действия, тип действия, тип изменения, вид изменения, необходимые действия, способ выполнения"
    ),
    "commitments": (
        "commitment, commitments, osce commitment, osce commitments, international commitments, standard, standards, "
        "international standards, instrument, instruments, legal basis, обязательство, обязательства, обязательства обсе, "
        "международные обязательства, стандарты, международные стандарты, документ, документы, основание"
    ),
    "horizon": (
        "horizon, time horizon, timeline, timeframe, time frame, deadline, when, term, timing, by when, срок, сроки, срок "
        "выполнения, горизонт, временной горизонт, период, когда"
    ),
    "page": "page, pages, p, pp, page no, page number, страница, стр, с, номер страницы, бет",
    OFFICIAL: ("status, official status, implementation status, implementation, статус, официальный статус, статус выполнения, выполнение"),
    ASIDE: (
        "comment, comments, remark, remarks, note, notes, report, country, progress, примечание, примечания, комментарий, "
        "комментарии, заметки, отчет, страна, прогресс"
    ),
}
_ROLE_OF = {heading: role for role, headings in _EXACT.items() for heading in headings.split(", ")}

# A heading that is none of the above may still contain one of these words; the earlier one wins.
_CONTAINS: tuple[tuple[str, str], ...] = (
    (r"\b(no|nr|number|номер)\b|[№#]", "number"),
    (r"статус|status", OFFICIAL),
    (r"priorit|приоритет", "class"),
    (r"\bthem|\btopic|темат|\bтема", "themes"),
    (r"translat|перевод", "translation"),
    (r"short|кратк", "short_label"),
    (r"address|responsib|адресат|ответственн|исполнител", "addressees"),
    (r"commitment|обязательств", "commitments"),
    (r"\baction|\bдействи", "action_required"),
    (r"horizon|deadline|\bсрок", "horizon"),
    (r"recommendation|wording|рекомендаци|формулировк", "text"),
    (r"\bpage|\bстраниц", "page"),
)

_LANGUAGES: dict[str, str] = {
    "en": r"english|английск\w*|ағылшын\w*",
    "ru": r"russian|русск\w*|орыс\w*",
    "kk": r"kazakh|казахск\w*|қазақ\w*",
    "ky": r"kyrgyz|кыргызск\w*|киргизск\w*|кыргыз\w*",
    "uz": r"uzbek|узбекск\w*|o.zbek\w*",
    "tg": r"tajik|таджикск\w*",
    "tk": r"turkmen|туркменск\w*",
    "mn": r"mongol\w*|монгольск\w*",
    "uk": r"ukrainian|украинск\w*|українськ\w*",
    "be": r"belarus\w*|белорусск\w*",
    "ka": r"georgian|грузинск\w*",
    "hy": r"armenian|армянск\w*",
    "az": r"azerbaijani|азербайджанск\w*",
    "ro": r"romanian|moldovan|румынск\w*|молдавск\w*",
    "sr": r"serbian|сербск\w*",
    "mk": r"macedonian|македонск\w*",
    "sq": r"albanian|албанск\w*",
    "bs": r"bosnian|боснийск\w*",
    "hr": r"croatian|хорватск\w*",
    "fr": r"french|français|французск\w*",
    "de": r"german|deutsch|немецк\w*",
    "es": r"spanish|испанск\w*",
    "it": r"italian|итальянск\w*",
    "pl": r"polish|польск\w*",
    "tr": r"turkish|турецк\w*",
}
_OTHER_CODES = {"eng": "en", "rus": "ru", "kaz": "kk", "kz": "kk", "ukr": "uk"}
# A code counts in brackets, after a dash or a slash, or in capitals at the end: “be”, “it” and “de” are words, too.
_CODE = re.compile(r"(?:[(\[/:,–—-]\s*(?P<set_off>[A-Za-z]{2,3})\s*[)\]]?|\s(?P<capitals>[A-Z]{2,3})|^\s*(?P<alone>[A-Za-z]{2,3}))\s*\Z")
_AFFIXES = re.compile(r"\b(in|into|to|from|the|language|version|на|в|языке|язык|версия|тілінде)\b")

MAX_HEADING = 80


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading says: the role ("" when unknown), how sure (0-3), and the language it names ("" when none)."""

    role: str
    strength: int
    language: str = ""


def normalised(text: str) -> str:
    """A heading or term without case, brackets, punctuation and ё, words one blank apart."""
    text = text.casefold().replace("ё", "е")
    return " ".join(re.sub(r"[^\w№#]|_", " ", text).split())


def heading_of(text: str) -> Heading:
    """What a cell says if it is taken as a heading."""
    whole = normalised(text)
    plain = normalised(re.sub(r"[(\[][^)\]]*[)\]]", " ", text)) or whole
    if not whole or len(plain) > MAX_HEADING:
        return Heading("", 0)
    if role := _ROLE_OF.get(whole):  # before languages: “No” is a number, not Norwegian
        return Heading(role, 3)
    language, rest = _language_of(text)
    if language and not rest:
        return _named("translation", 2, language)  # the heading is nothing but “Russian”
    for candidate in (rest, plain):
        if role := _ROLE_OF.get(candidate):
            return _named(role, 3, language)
    for pattern, role in _CONTAINS:
        if re.search(pattern, plain):
            return _named(role, 2 if len(plain.split()) <= 4 else 1, language)
    return Heading("", 0, language)


def _named(role: str, strength: int, language: str) -> Heading:
    if role == "translation" and language == "en":
        return Heading("text", strength, language)
    if role == "text" and language and language != "en":
        return Heading("translation", strength, language)
    return Heading(role, strength, language)


def _language_of(text: str) -> tuple[str, str]:
    """The language that a heading names ("" when none), and the heading, normalised, without it."""
    whole = normalised(text)
    for language, pattern in _LANGUAGES.items():
        if re.search(pattern, whole):
            return language, " ".join(_AFFIXES.sub(" ", re.sub(pattern, " ", whole)).split())
    if found := _CODE.search(text):
        code = (found["set_off"] or found["capitals"] or found["alone"]).lower()
        language = code if code in _LANGUAGES else _OTHER_CODES.get(code, "")
        if language:
            return language, normalised(text[: found.start()])
    return "", whole
