"""What the command line says in Russian; English sentences are their own keys, and a sentence without a translation stays English."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree

from fieldtool import resources

_RUSSIAN = {
    # --- vaults and identity
    "Passphrase: ": "Парольная фраза: ",
    "New passphrase: ": "Новая парольная фраза: ",
    "Once more: ": "Ещё раз: ",
    "PIN or passphrase of the card: ": "PIN-код или парольная фраза карты: ",
    "{name} may sign summaries with this card, once the next visit file has arrived there.": (
        "{name} сможет подписывать сводки этой картой, когда получит следующий файл визита."
    ),
    "No card of the organisation signs for {name} any more.": "Карта организации больше не подписывает за {name}.",
    "Type the PIN of {token} at the reader.": "Наберите PIN-код карты {token} на считывателе.",
    "The next wrong PIN locks {token}.": "Следующий неверный PIN-код заблокирует карту {token}.",
    "Passphrase, to sign: ": "Парольная фраза для подписи: ",
    "Passphrase of the organisation's root key: ": "Парольная фраза корневого ключа организации: ",
    "Groups of the recovery sheet: ": "Группы листа восстановления: ",
    "The two are not the same.": "Фразы не совпадают.",
    "This passphrase is weak: somebody who takes the laptop may guess it. A sentence of five words is better.": (
        "Эта фраза слабая: тот, кто завладеет ноутбуком, может её угадать. Лучше предложение из пяти слов."
    ),
    "A vault for {name} was made in {folder}.": "Хранилище для {name} создано в {folder}.",
    "Its fingerprint: {words} ({digits})": "Отпечаток: {words} ({digits})",
    "The organisation {name} was founded. Its fingerprint: {words}": "Организация {name} основана. Её отпечаток: {words}",
    "The recovery sheet is in {path}. Print it, keep it apart from the laptop, and remove the file.": (
        "Лист восстановления — в {path}. Напечатайте его, храните отдельно от ноутбука, а файл удалите."
    ),
    "Organisation: {name} ({words})": "Организация: {name} ({words})",
    "An earlier root of it, which named its successor: {words}": "Прежний её корень, назвавший преемника: {words}",
    "{path}: the root of {name}. Whoever relies on it compares these words by voice:": (
        "{path}: корень организации {name}. Кто на него полагается, сверяет голосом эти слова:"
    ),
    "The organisation has a new root; {count} installations of headquarters stay believed. New files bring it to every vault.": (
        "У организации новый корень; установок штаб-квартиры, которым верят и дальше: {count}. Новые файлы донесут его до всех хранилищ."
    ),
    "Its words, for whoever joins from now on: {words}": "Его слова — для тех, кто присоединится теперь: {words}",
    "{new} and a backup go to a safe place; destroy {old} and its copies once nobody needs them.": (
        "{new} и его копию — в надёжное место; {old} и его копии уничтожьте, когда они никому не нужны."
    ),
    "{file}: the organisation has a new root, named by the one that this vault knows. Its words now: {words}": (
        "{file}: у организации новый корень, его назвал тот, который знает это хранилище. Теперь его слова: {words}"
    ),
    "No organisation yet: send the identity request to headquarters and import the visit file that comes back.": (
        "Организации пока нет: отправьте запрос в штаб-квартиру и импортируйте файл визита, который придёт в ответ."
    ),
    "{visit}: {role}": "{visit}: {role}",
    "{path} is written. Send it to headquarters, and read them these words: {words}": (
        "Записан {path}. Отправьте его в штаб-квартиру и прочитайте им эти слова: {words}"
    ),
    "{name} has a card as {role}. Compare these words by voice: {words}": "У {name} есть карточка: {role}. Сверьте голосом слова: {words}",
    "{name} is accepted as {role} until headquarters gives a card: {words}": (
        "{name}: принято как {role}, пока штаб-квартира не выдаст карточку: {words}"
    ),
    "The key of {name} is revoked: {words}": "Ключ {name} отозван: {words}",
    "Name": "Имя",
    "Role": "Роль",
    "Installation": "Установка",
    "State": "Состояние",
    "Fingerprint": "Отпечаток",
    # --- records and conflicts
    "{total} in all.": "Всего: {total}.",
    "same time and institution": "то же время и та же организация",
    "same name": "то же имя",
    "This vault is not sealed. It gets a new passphrase and new signing keys: headquarters has to give a new card.": (
        "Это хранилище не запечатано. У него будут новая парольная фраза и новые ключи подписи: штаб-квартира должна выдать новую карточку."
    ),
    "Make them? Type yes: ": "Создать их? Введите да: ",
    "{total} found.": "Найдено: {total}.",
    "{count} changes recorded.": "Записано изменений: {count}.",
    "{id} is deleted; its history stays.": "{id} удалено; история сохранена.",
    (
        "This vault lacks what it had: it was restored from a backup, or a copy of it went on elsewhere. It goes on under new numbers; "
        "ask a colleague for a bundle made with --everything."
    ): (
        "В хранилище нет того, что было: его восстановили из копии, или другая его копия продолжила работу. Дальше нумерация новая; "
        "попросите у коллеги пакет, сделанный с --everything."
    ),
    (
        "Two copies of the vault of {name} ({installation}) are in use; what both wrote is kept. "
        "Ask {name} to go on with one, to hand over what the other has, and to wipe it."
    ): (
        "Используются две копии хранилища {name} ({installation}); написанное в обеих сохранено. "
        "Попросите {name} продолжать в одной, передать то, что есть в другой, и стереть её."
    ),
    (
        "The vault of {name} ({installation}) was restored from a backup and lacks {parts} parts that are here: "
        "send a bundle with --everything."
    ): (
        "Хранилище {name} ({installation}) восстановлено из копии, в нём нет частей, которые есть здесь: {parts}; "
        "пошлите пакет с --everything."
    ),
    (
        "This vault was not open on this computer before. If another copy of it is in use, go on with one of them only, and wipe the other."
    ): ("На этом компьютере хранилище раньше не открывали. Если другая его копия в работе, продолжайте только в одной, а другую сотрите."),
    "redacted": "изъято",
    "{count} changes have lost their words; export a bundle, so that they are dropped everywhere.": (
        "Изъято слов из изменений: {count}; выгрузите пакет, чтобы их изъяли везде."
    ),
    "Both came from:": "Обе версии исходят из:",
    "Proposed merge (take it with --text-file):": "Предлагаемое слияние (принять: --text-file):",
    "Settled. {left} conflicts are left.": "Улажено. Осталось расхождений: {left}.",
    "The comment is written: {id}": "Комментарий записан: {id}",
    "{open} open.": "Не закрыто: {open}.",
    "open": "открыт",
    "settled": "закрыт",
    "state": "состояние",
    "section": "раздел",
    "author": "автор",
    "text": "текст",
    "field": "поле",
    "record": "объект",
    "authors": "авторы",
    # --- files in and out
    "This file comes from an organisation that this vault does not know yet. Call headquarters; they must read out these words:": (
        "Файл — от организации, которой это хранилище ещё не знает. Позвоните в штаб-квартиру; там должны прочитать эти слова:"
    ),
    "Are they the same? Type yes: ": "Совпадают? Введите «да»: ",
    "{file}: identity request of {name}. Compare these words by voice, then “people add”: {words}": (
        "{file}: запрос от {name}. Сверьте голосом слова, затем «people add»: {words}"
    ),
    "{file}: receipt {n} of {sender} noted.": "{file}: квитанция {n} от {sender} учтена.",
    "{file}: bundle {n} of {sender}; everything in it was here already.": "{file}: пакет {n} от {sender}; всё в нём здесь уже было.",
    "{file}: bundle {n} of {sender}: {changes} new changes, {conflicts} more conflicts, {proposals} proposals, {held} held.": (
        "{file}: пакет {n} от {sender}: новых изменений {changes}, расхождений {conflicts}, предложений {proposals}, отложено {held}."
    ),
    "{file}: {newer} of the held parts can be read by a newer version only; they are kept and handed on. Install it.": (
        "{file}: частей, которые прочтёт лишь более новая версия: {newer}. Они хранятся и передаются дальше; установите её."
    ),
    "{file}: bundle {n} of {sender} would bring {changes} new changes, {conflicts} conflicts, {proposals} proposals, {held} held.": (
        "{file}: пакет {n} от {sender} принёс бы: новых изменений {changes}, новых расхождений {conflicts}, предложений {proposals}, "
        "отложено частей {held}."
    ),
    "{file}: {form}, {count} recommendations.": "{file}: {form}, рекомендаций: {count}.",
    "page {number}": "страница {number}",
    "{added} added to {report}, {known} were there already.": "Добавлено в {report}: {added}, уже было: {known}.",
    "column": "столбец",
    "heading": "заголовок",
    "taken as": "понято как",
    "why": "почему",
    "{path}: bundle {n}, {changes} changes in {segments} parts, {blobs} attachments, {size} kB ({mailed} kB as an e-mail attachment).": (
        "{path}: пакет {n}, изменений {changes} в частях: {segments}, вложений {blobs}, {size} КБ ({mailed} КБ в письме)."
    ),
    "For: {names}. Read back and whole: the medium is safe to remove.": "Для: {names}. Прочитан обратно и цел: носитель можно извлечь.",
    "{path}: receipt for {names}.": "{path}: квитанция для {names}.",
    "{path}: receipt written.": "{path}: квитанция записана.",
    "{path}: a draft, {pages} pages, marked as one.": "{path}: черновик, страниц: {pages}, помечен как черновик.",
    "{path}: {rows} rows.": "{path}: строк: {rows}.",
    "open conflict about attribution or marking": "открытое расхождение о правиле цитирования или грифе",
    "open conflict": "открытое расхождение",
    "meeting not marked as held": "встреча не отмечена как состоявшаяся",
    "meeting without a note": "встреча без записи",
    "meeting without a summary": "встреча без сводки",
    "priority recommendation that nobody raised": "приоритетная рекомендация, которую никто не поднял",
    "recommendation that was raised and has no finding": "рекомендация обсуждалась, а вывода нет",
    "finding still a draft": "вывод остаётся черновиком",
    "quote not cleared by its speaker: it stays in the internal edition": "цитата не согласована: останется во внутреннем издании",
    "comment not settled": "комментарий не закрыт",
    "action point without an owner": "пункт действий без ответственного",
    "part of a bundle waiting for another": "часть пакета ждёт другой",
    "What bundle {number} brought is set aside: {count} changes.": "Принесённое пакетом {number} отложено: изменений {count}.",
    "{path}: {size} bytes.": "{path}: байт: {size}.",
    # --- signed summaries and press texts
    "{file}: {edition} summary of {reference} ({language}), signed by {signer}: {meetings} meetings, "
    "{recommendations} recommendations, {notes} notes, {actions} action points.": (
        "{file}: сводка «{edition}» по {reference} ({language}), подписал(а) {signer}: встреч {meetings}, рекомендаций {recommendations}, "
        "записей {notes}, пунктов действий {actions}."
    ),
    "Confirmed by headquarters.": "Подтверждена штаб-квартирой.",
    "Not yet confirmed by headquarters.": "Штаб-квартирой пока не подтверждена.",
    "The records here name this very summary as signed.": "Записи здесь называют подписанной именно эту сводку.",
    "{file}: proven, but no record here names it: import the head's newest bundle, then compare.": (
        "{file}: подлинность доказана, но здесь о ней нет записи: импортируйте последний пакет руководителя и сравните."
    ),
    "It was kept here already.": "Она уже хранилась здесь.",
    "The visit {reference} is confirmed; export a bundle, so that the team has it.": (
        "Визит {reference} подтверждён; выгрузите пакет, чтобы его получила группа."
    ),
    "Export a bundle, so that the team has it.": "Выгрузите пакет, чтобы её получила группа.",
    "{path}: carry it to a machine with a connection, send it to one of: {names}": (
        "{path}: отнесите на машину с сетью и отправьте в одну из этих служб: {names}"
    ),
    "Bring back the answer for “hq stamp”. The request holds a digest and no word of the summary.": (
        "Ответ принесите для «hq stamp». В запросе — контрольная сумма и ни слова из сводки."
    ),
    "Time stamps of {name} are believed on this visit. Compare its SHA-256 with what it publishes: {digits}": (
        "Меткам времени службы {name} на этом визите верят. Сверьте её SHA-256 с тем, что она публикует: {digits}"
    ),
    "Time stamps of {name} are believed only in files that are recorded here until now ({digits}).": (
        "Меткам времени службы {name} верят лишь в файлах, которые здесь уже записаны ({digits})."
    ),
    "Reason": "Причина",
    "{path}: for “hq stamp-request --list”; a stamp has to be fetched within {days} days.": (
        "{path}: для «hq stamp-request --list»; метку времени нужно получить за {days} дней."
    ),
    "The lists inside do not prove the time stamp itself: a list of its authority is missing or out of date.": (
        "Саму метку времени списки внутри не доказывают: списка её службы нет или он устарел."
    ),
    "{path}: the press text, approved by {name}.": "{path}: текст для прессы, утвердил(а) {name}.",
    "{path}: a draft of the press text, marked as one.": "{path}: черновик текста для прессы, помечен как черновик.",
    "Passphrase, to approve: ": "Парольная фраза для утверждения: ",
    # --- headquarters and upkeep
    "visit": "визит",
    "sender": "отправитель",
    "bundles": "пакеты",
    "missing": "недостаёт",
    "country": "страна",
    "visits": "визиты",
    "senders": "отправители",
    "silent": "молчат",
    "unconfirmed": "не подтверждено",
    "{name} has no receipt yet for what came last.": "{name}: на последнее пришедшее ещё нет квитанции.",
    "The database's role {role} reads nothing any more.": "Роль базы {role} больше ничего не читает.",
    "The database's role {role} reads: {visits}": "Роль базы {role} читает: {visits}",
    "Another officer is writing to the database: waiting for {who} …": "В базу пишет другой сотрудник: ждём {who} …",
    "last": "последний",
    "These have parts of {name} that are missing here: {names}": "Части от {name}, которых здесь нет, есть у этих людей: {names}",
    "Bundle {numbers} of {name} has not come.": "Пакет {numbers} от {name} не пришёл.",
    "{path} is written and was opened again: {records} records, {changes} changes, {attachments} attachments.": (
        "{path} записан и открыт для проверки: объектов {records}, изменений {changes}, вложений {attachments}."
    ),
    "The vault is as it was in {path}: {records} records, {changes} changes, {attachments} attachments.": (
        "Хранилище восстановлено из {path}: объектов {records}, изменений {changes}, вложений {attachments}."
    ),
    "The database that was there lies beside it.": "Прежняя база лежит рядом.",
    "The vault is open again for its passphrase.": "Хранилище снова открывается своей парольной фразой.",
    "The vault has a new passphrase. Its signing key is new, too: send a new identity request to headquarters.": (
        "У хранилища новая парольная фраза. Ключ подписи тоже новый: отправьте в штаб-квартиру новый запрос."
    ),
    "Damaged: {fault}": "Повреждено: {fault}",
    "Repaired: {fault}": "Исправлено: {fault}",
    "Part {part} was written by {author} on {visit}.": "Часть {part}: автор {author}, визит {visit}.",
    "Import a bundle made with “export bundle --everything” by one of these people: {names}": (
        "Примите пакет, сделанный командой «export bundle --everything» кем-то из этих людей: {names}"
    ),
    "Nobody is known to have it as well: ask its author and headquarters, or restore a backup.": (
        "Неизвестно, есть ли она у кого-то ещё: спросите её автора и штаб-квартиру или восстановите резервную копию."
    ),
    "The vault is whole: {changes} changes, {sealed} sealed parts; keys work.": (
        "Хранилище цело: изменений {changes}, запечатанных частей {sealed}; ключи работают."
    ),
    "{count} {kind}": "{count} {kind}",
    "Headquarters has not confirmed everything of {visit}.": "Штаб-квартира подтвердила не всё по визиту {visit}.",
    "{count} half-written texts are kept as drafts.": "Недописанных текстов в черновиках: {count}.",
    "{count} conflicts are open.": "Открытых расхождений: {count}.",
    "{count} files are in quarantine.": "Файлов в карантине: {count}.",
    "The vault is sealed: the passphrase opens nothing until the recovery sheet or headquarters has helped.": (
        "Хранилище запечатано: парольная фраза ничего не открывает, пока не поможет лист восстановления или штаб-квартира."
    ),
    "{path}: a copy of this vault's key, which these people can use: {names}": (
        "{path}: копия ключа этого хранилища; воспользоваться ею могут: {names}"
    ),
    "With it they open all data of this vault, private notes included. They cannot sign in your name.": (
        "С ней они откроют все данные хранилища, личные записи тоже. Подписать от вашего имени они не могут."
    ),
    "{path}: for {name}, who takes it in with “recover --keys” and their passphrase.": (
        "{path}: для {name}; принять его — «recover --keys» и своя парольная фраза."
    ),
    "Send it when the border is behind them: with it the passphrase opens the vault.": (
        "Отправьте, когда граница позади: с ним парольная фраза открывает хранилище."
    ),
    "The vault of {name} has a new passphrase: {changes} changes can be read.": (
        "У хранилища {name} новая парольная фраза: можно прочесть изменений: {changes}."
    ),
    "Its signing key is new and has no card: nobody can go on in the holder's name.": (
        "Ключ подписи новый и без карточки: продолжать от имени владельца никто не может."
    ),
    "Headquarters can open the data of this vault: a copy of its key was written at {time}.": (
        "Штаб-квартира может открыть данные этого хранилища: копия ключа записана {time}."
    ),
    "This removes the vault of {name} in {folder} for good, private notes included.": (
        "Хранилище {name} в {folder} будет удалено безвозвратно, вместе с личными записями."
    ),
    "Remove it? Type yes: ": "Удалить? Введите «да»: ",
    "The vault is gone.": "Хранилища больше нет.",
    # --- demo and edge
    "Everything is in {folder}: vaults/, bundles/, receipts/, summary-internal.pdf, recommendations.xlsx, demo.json.": (
        "Всё в {folder}: vaults/, bundles/, receipts/, summary-internal.pdf, recommendations.xlsx, demo.json."
    ),
    "The passphrase of all four vaults is in {path}.": "Парольная фраза всех четырёх хранилищ — в {path}.",
    "There is no screen here to open the head's vault on; run “fieldtool --vault {vault}” where there is one.": (
        "Здесь нет экрана, чтобы открыть хранилище руководителя; запустите «fieldtool --vault {vault}» там, где он есть."
    ),
    "This is a bug in the tool, not a fault of yours. A report without any of your words is in {path}.": (
        "Это ошибка программы, а не ваша. Отчёт без единого вашего слова — в {path}."
    ),
}


def translated(sentence: str, language: str) -> str:
    """The sentence in that language, placeholders and all; English where there is no translation."""
    if language != "ru":
        return sentence
    return _RUSSIAN.get(sentence) or _catalogue().get(sentence, sentence)


@cache
def _catalogue() -> dict[str, str]:
    """The window's Russian catalogue, which holds the sentences of every known fault: they are translated once."""
    found: dict[str, str] = {}
    for message in ElementTree.parse(resources.path("translations", "fieldtool_ru.ts")).iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.get("type") != "unfinished" and translation.text:
            found[message.findtext("source") or ""] = translation.text
    return found
