"""The sentences the intake room says, in English and Russian; it must not decide anything."""

from __future__ import annotations

from dataclasses import dataclass

# code → (English, Russian); placeholders are filled by str.format.
SENTENCES: dict[str, tuple[str, str]] = {
    # --- why a column was taken as what
    "by-heading": ("its heading says so", "так называется столбец"),
    "by-language": ("its heading names a text in another language", "заголовок называет текст на другом языке"),
    "by-script": (
        "its heading names a text, and it is written in another script than the main text",
        "это текст, написанный другим алфавитом",
    ),
    "by-contents": ("its contents look like it", "так выглядит содержимое"),
    "number-in-text": ("each text begins with its number", "каждый текст начинается со своего номера"),
    "unknown-heading": ("the heading is not known", "заголовок неизвестен"),
    "no-heading": ("it has no heading", "нет заголовка"),
    "taken-already": ("column {letter} is taken for that already", "для этого уже взят столбец {letter}"),
    "official-elsewhere": (
        "official status is recorded apart, with the report that set it",
        "официальный статус вносится отдельно, с указанием отчёта",
    ),
    "not-recorded": ("a recommendation has no place for it", "в рекомендации для этого нет места"),
    # --- remarks about lines
    "unknown-themes": ("“{value}” is not a known theme; it was left out", "«{value}» — неизвестная тема; пропущено"),
    "unknown-action_required": (
        "“{value}” is not a known kind of action; it was left out",
        "«{value}» — неизвестный вид действия; пропущено",
    ),
    "unknown-horizon": ("“{value}” is not a known horizon; it was left out", "«{value}» — неизвестный горизонт; пропущено"),
    "page-unread": ("“{value}” is not a page number; it was left out", "«{value}» — не номер страницы; пропущено"),
    "label-long": ("the short label has more than four words; it was left out", "краткое название длиннее четырёх слов; пропущено"),
    "class-contradicts": (
        "the cell says “{cell}”, the heading above says “{section}”; the cell was believed",
        "в ячейке «{cell}», в заголовке выше «{section}»; учтена ячейка",
    ),
    "total-skipped": ("a total, not a recommendation", "итоговая строка, а не рекомендация"),
    "line-unused": (
        "it has neither number nor text of a recommendation; it was not taken",
        "нет ни номера, ни текста рекомендации; строка пропущена",
    ),
    "continued": ("it carries on recommendation {value}", "строка продолжает рекомендацию {value}"),
    "hidden-line": ("this line is hidden in the sheet; it was taken", "строка скрыта в таблице; она учтена"),
    "formula-empty": ("the formula in column {letter} has no stored value", "у формулы в столбце {letter} нет сохранённого значения"),
    "characters-dropped": ("invisible control characters were dropped", "удалены невидимые управляющие символы"),
    # --- remarks about sheets
    "sheet-hidden": ("the sheet is hidden; it was skipped", "лист скрыт; он пропущен"),
    "sheet-without-table": ("no recommendation was found on this sheet", "на этом листе рекомендаций не найдено"),
    "class-unknown": (
        "nothing says which recommendations have priority; all were taken as “other”",
        "ничто не указывает на приоритетные рекомендации; все учтены как «прочие»",
    ),
    "text-not-english": (
        "the text is not in English; only the English text of a recommendation is official",
        "текст не на английском; официален только английский текст рекомендации",
    ),
    # --- remarks about reports
    "from-pages": (
        "taken from the pages of a PDF: compare each text with the report before it is quoted",
        "взято со страниц PDF: сверьте каждый текст с отчётом, прежде чем цитировать",
    ),
    "changes-tracked": (
        "the document holds tracked changes; it was read as if all were accepted",
        "в документе есть исправления; он прочитан так, будто все они приняты",
    ),
    "number-skipped": (
        "after {before} comes {value}: look whether one between them is missing",
        "после {before} следует {value}: проверьте, не пропущено ли что-то между ними",
    ),
    "text-long": (
        "the text of {value} is unusually long: look whether what follows it was taken along",
        "текст номера {value} необычно длинный: проверьте, не попало ли в него то, что стоит после",
    ),
    # --- why a line cannot be read
    "number-missing": ("there is a text but no number", "есть текст, но нет номера"),
    "number-unread": ("“{value}” is not the number of a recommendation", "«{value}» — не номер рекомендации"),
    "number-range": ("the number {value} is not between 1 and 999", "номер {value} не лежит между 1 и 999"),
    "text-missing": ("number {value} has no text", "у номера {value} нет текста"),
    "class-unread": (
        "“{value}” in column {letter} says neither priority nor other",
        "«{value}» в столбце {letter} — ни «приоритетная», ни «прочая»",
    ),
    "cells-beyond": (
        "it has more cells than there are headings; a text that holds the separator has to stand in quotation marks",
        "в строке больше ячеек, чем заголовков; текст, в котором есть разделитель, надо заключить в кавычки",
    ),
    "cell-long": ("a cell has more than {limit} characters", "в ячейке больше {limit} знаков"),
    "quote-open": ("a quotation mark opens here and is never closed", "кавычка открыта здесь и нигде не закрыта"),
    "too-many": ("there are more than {limit} recommendations", "рекомендаций больше {limit}"),
    # --- why a file cannot be read
    "file-large": ("it is larger than {limit} MB", "файл больше {limit} МБ"),
    "unpacks-large": ("it unpacks to more than {limit} MB", "в распакованном виде больше {limit} МБ"),
    "old-office": ("it is an old .xls or .doc file or protected by a password", "это старый файл .xls или .doc или файл под паролем"),
    "other-archive": (
        "it is an archive, but neither an Excel workbook nor a Word document",
        "это архив, но не книга Excel и не документ Word",
    ),
    "paragraphs-many": ("it has more than {limit} paragraphs", "в нём больше {limit} абзацев"),
    "pages-many": ("it has more than {limit} pages", "в нём больше {limit} страниц"),
    "locked": ("it is protected by a password", "он защищён паролем"),
    "no-text": ("its pages are pictures and hold no text", "его страницы — изображения без текста"),
    "json-broken": ("it is no JSON that can be read: look at line {line}", "это не читаемый JSON: посмотрите на строку {line}"),
    "json-other": (
        "its JSON is no list of objects, and has none under “recommendations” or “items”",
        "JSON не содержит списка объектов, в том числе под «recommendations» и «items»",
    ),
    "declares-entities": (
        "its XML declares entities, which no office program writes",
        "XML объявляет сущности, чего не делает ни одна программа",
    ),
    "damaged": ("it is damaged", "файл повреждён"),
}


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence by its code, with the values it names."""

    code: str
    values: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """The sentence in Russian for "ru", else in English."""
        english, russian = SENTENCES[self.code]
        return (russian if language == "ru" else english).format(**dict(self.values))


def say(code: str, **values: object) -> Saying:
    """The saying of that code. Raises `KeyError` for a code that is not in the catalogue."""
    if code not in SENTENCES:
        raise KeyError(code)
    return Saying(code, tuple((name, str(value)) for name, value in values.items()))
