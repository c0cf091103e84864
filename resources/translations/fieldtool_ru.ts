<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
  <context>
    <name>fieldtool</name>
    <message>
      <source>#P-06 ties a question to a recommendation</source>
      <translation>#P-06 связывает вопрос с рекомендацией</translation>
    </message>
    <message numerus="yes">
      <source>%n action point(s)</source>
      <translation>
        <numerusform>%n пункт действий</numerusform>
        <numerusform>%n пункта действий</numerusform>
        <numerusform>%n пунктов действий</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation>
        <numerusform>%n изменение</numerusform>
        <numerusform>%n изменения</numerusform>
        <numerusform>%n изменений</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) are in no file yet</source>
      <translation>
        <numerusform>%n изменение ещё ни в одном файле</numerusform>
        <numerusform>%n изменения ещё ни в одном файле</numerusform>
        <numerusform>%n изменений ещё ни в одном файле</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) in no file yet</source>
      <translation>
        <numerusform>%n изменение ещё не в файле</numerusform>
        <numerusform>%n изменения ещё не в файле</numerusform>
        <numerusform>%n изменений ещё не в файле</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n расхождение</numerusform>
        <numerusform>%n расхождения</numerusform>
        <numerusform>%n расхождений</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s) about a rule or marking</source>
      <translation>
        <numerusform>%n расхождение о правиле или грифе</numerusform>
        <numerusform>%n расхождения о правиле или грифе</numerusform>
        <numerusform>%n расхождений о правиле или грифе</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n earlier note(s)</source>
      <translation>
        <numerusform>%n более ранняя запись</numerusform>
        <numerusform>%n более ранние записи</numerusform>
        <numerusform>%n более ранних записей</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s)</source>
      <translation>
        <numerusform>%n файл</numerusform>
        <numerusform>%n файла</numerusform>
        <numerusform>%n файлов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) for {names}, from {first} to {last}.</source>
      <translation>
        <numerusform>%n файл для {names}: от {first} до {last}.</numerusform>
        <numerusform>%n файла для {names}: от {first} до {last}.</numerusform>
        <numerusform>%n файлов для {names}: от {first} до {last}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) without a receipt</source>
      <translation>
        <numerusform>%n файл без квитанции</numerusform>
        <numerusform>%n файла без квитанции</numerusform>
        <numerusform>%n файлов без квитанции</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n finding(s) not agreed</source>
      <translation>
        <numerusform>%n вывод не согласован</numerusform>
        <numerusform>%n вывода не согласованы</numerusform>
        <numerusform>%n выводов не согласованы</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n half-written text(s)</source>
      <translation>
        <numerusform>%n недописанный текст</numerusform>
        <numerusform>%n недописанных текста</numerusform>
        <numerusform>%n недописанных текстов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s)</source>
      <translation>
        <numerusform>%n встреча</numerusform>
        <numerusform>%n встречи</numerusform>
        <numerusform>%n встреч</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s) not held</source>
      <translation>
        <numerusform>%n встреча не состоялась</numerusform>
        <numerusform>%n встречи не состоялись</numerusform>
        <numerusform>%n встреч не состоялось</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s) without a note</source>
      <translation>
        <numerusform>%n встреча без записей</numerusform>
        <numerusform>%n встречи без записей</numerusform>
        <numerusform>%n встреч без записей</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s) without a summary</source>
      <translation>
        <numerusform>%n встреча без сводки</numerusform>
        <numerusform>%n встречи без сводки</numerusform>
        <numerusform>%n встреч без сводки</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation>
        <numerusform>%n мин</numerusform>
        <numerusform>%n мин</numerusform>
        <numerusform>%n мин</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new change(s)</source>
      <translation>
        <numerusform>%n новое изменение</numerusform>
        <numerusform>%n новых изменения</numerusform>
        <numerusform>%n новых изменений</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s)</source>
      <translation>
        <numerusform>%n запись</numerusform>
        <numerusform>%n записи</numerusform>
        <numerusform>%n записей</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s) in this meeting</source>
      <translation>
        <numerusform>%n запись на этой встрече</numerusform>
        <numerusform>%n записи на этой встрече</numerusform>
        <numerusform>%n записей на этой встрече</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of you wrote this without seeing the others'. Marked is what only one of them says.</source>
      <translation>
        <numerusform>%n из вас написал это, не видя другого. Выделено то, что есть только у одного.</numerusform>
        <numerusform>%n из вас написали это, не видя других. Выделено то, что есть только у одного.</numerusform>
        <numerusform>%n из вас написали это, не видя других. Выделено то, что есть только у одного.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of {total} shown</source>
      <translation>
        <numerusform>показана %n из {total}</numerusform>
        <numerusform>показаны %n из {total}</numerusform>
        <numerusform>показано %n из {total}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open</source>
      <translation>
        <numerusform>%n не закрыт</numerusform>
        <numerusform>%n не закрыто</numerusform>
        <numerusform>%n не закрыто</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open comment(s)</source>
      <translation>
        <numerusform>%n открытый комментарий</numerusform>
        <numerusform>%n открытых комментария</numerusform>
        <numerusform>%n открытых комментариев</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open conflict(s)</source>
      <translation>
        <numerusform>%n открытое расхождение</numerusform>
        <numerusform>%n открытых расхождения</numerusform>
        <numerusform>%n открытых расхождений</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) can be read by a newer version only. They are kept and handed on; install it.</source>
      <translation>
        <numerusform>%n часть прочтёт лишь более новая версия. Она хранится и передаётся дальше; установите новую версию.</numerusform>
        <numerusform>%n части прочтёт лишь более новая версия. Они хранятся и передаются дальше; установите новую версию.</numerusform>
        <numerusform>%n частей прочтёт лишь более новая версия. Они хранятся и передаются дальше; установите новую версию.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) for a newer version of the program</source>
      <translation>
        <numerusform>%n часть для более новой версии программы</numerusform>
        <numerusform>%n части для более новой версии программы</numerusform>
        <numerusform>%n частей для более новой версии программы</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) have not come</source>
      <translation>
        <numerusform>%n часть не пришла</numerusform>
        <numerusform>%n части не пришли</numerusform>
        <numerusform>%n частей не пришло</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) held back</source>
      <translation>
        <numerusform>%n часть отложена</numerusform>
        <numerusform>%n части отложены</numerusform>
        <numerusform>%n частей отложено</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) of files missing</source>
      <translation>
        <numerusform>%n части файлов нет</numerusform>
        <numerusform>%n частей файлов нет</numerusform>
        <numerusform>%n частей файлов нет</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) that {name} has are not here. Ask for a new file.</source>
      <translation>
        <numerusform>%n части, которая есть у {name}, здесь нет. Попросите новый файл.</numerusform>
        <numerusform>%n частей, которые есть у {name}, здесь нет. Попросите новый файл.</numerusform>
        <numerusform>%n частей, которые есть у {name}, здесь нет. Попросите новый файл.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n priority one(s) never raised</source>
      <translation>
        <numerusform>%n приоритетная не поднималась</numerusform>
        <numerusform>%n приоритетные не поднимались</numerusform>
        <numerusform>%n приоритетных не поднималось</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n proposal(s)</source>
      <translation>
        <numerusform>%n предложение</numerusform>
        <numerusform>%n предложения</numerusform>
        <numerusform>%n предложений</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s) added. Ctrl+Z takes them back.</source>
      <translation>
        <numerusform>Добавлен %n вопрос. Ctrl+Z его уберёт.</numerusform>
        <numerusform>Добавлено %n вопроса. Ctrl+Z их уберёт.</numerusform>
        <numerusform>Добавлено %n вопросов. Ctrl+Z их уберёт.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n quote(s) not cleared by the speaker</source>
      <translation>
        <numerusform>%n цитата не согласована с говорившим</numerusform>
        <numerusform>%n цитаты не согласованы с говорившими</numerusform>
        <numerusform>%n цитат не согласовано с говорившими</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n raised without a finding</source>
      <translation>
        <numerusform>%n обсуждалась, а вывода нет</numerusform>
        <numerusform>%n обсуждались, а выводов нет</numerusform>
        <numerusform>%n обсуждались, а выводов нет</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n receipt(s) written</source>
      <translation>
        <numerusform>записана %n квитанция</numerusform>
        <numerusform>записаны %n квитанции</numerusform>
        <numerusform>записано %n квитанций</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n recommendation(s)</source>
      <translation>
        <numerusform>%n рекомендация</numerusform>
        <numerusform>%n рекомендации</numerusform>
        <numerusform>%n рекомендаций</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n recommendation(s) added to {report}</source>
      <translation>
        <numerusform>%n рекомендация добавлена в {report}</numerusform>
        <numerusform>%n рекомендации добавлены в {report}</numerusform>
        <numerusform>%n рекомендаций добавлено в {report}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n объект</numerusform>
        <numerusform>%n объекта</numerusform>
        <numerusform>%n объектов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n to look at</source>
      <translation>
        <numerusform>проверить: %n</numerusform>
        <numerusform>проверить: %n</numerusform>
        <numerusform>проверить: %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n visit(s)</source>
      <translation>
        <numerusform>%n визит</numerusform>
        <numerusform>%n визита</numerusform>
        <numerusform>%n визитов</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n without an owner</source>
      <translation>
        <numerusform>%n без ответственного</numerusform>
        <numerusform>%n без ответственного</numerusform>
        <numerusform>%n без ответственного</numerusform>
      </translation>
    </message>
    <message>
      <source>(empty)</source>
      <translation>(пусто)</translation>
    </message>
    <message>
      <source>(taken away)</source>
      <translation>(убрано)</translation>
    </message>
    <message>
      <source>A day is written 2022-04-13.</source>
      <translation>День пишется так: 2022-04-13.</translation>
    </message>
    <message>
      <source>A known name is completed</source>
      <translation>Известное название дополняется</translation>
    </message>
    <message>
      <source>A record of kind {kind} has no field “{field}”.</source>
      <translation>У объекта вида {kind} нет поля «{field}».</translation>
    </message>
    <message>
      <source>A record of kind {kind} needs {field}.</source>
      <translation>Объекту вида {kind} нужно поле {field}.</translation>
    </message>
    <message>
      <source>A record of kind {kind} that starts {start} cannot end {end}.</source>
      <translation>Объект вида {kind} начинается {start} и не может кончиться {end}.</translation>
    </message>
    <message>
      <source>A report that is not known yet is made.</source>
      <translation>Неизвестный отчёт будет создан.</translation>
    </message>
    <message>
      <source>A seized and locked computer shows the size of the vault and when it was used, nothing else.</source>
      <translation>Изъятый и заблокированный компьютер покажет лишь размер хранилища и время работы с ним.</translation>
    </message>
    <message>
      <source>A time is written 09:30.</source>
      <translation>Время пишется так: 09:30.</translation>
    </message>
    <message>
      <source>A word of what you look for</source>
      <translation>Слово из того, что ищете</translation>
    </message>
    <message>
      <source>A word, a name, a number, or what to do</source>
      <translation>Слово, имя, номер или действие</translation>
    </message>
    <message>
      <source>Aca-
demia</source>
      <translation>Наука</translation>
    </message>
    <message>
      <source>Accent</source>
      <translation>Акцент</translation>
    </message>
    <message>
      <source>Action point</source>
      <translation>Пункт действий</translation>
    </message>
    <message>
      <source>Add a list of each issuer that is in force today, or have the summary stamped without lists.</source>
      <translation>Добавьте действующий сегодня список каждого издателя или ставьте метку без списков.</translation>
    </message>
    <message>
      <source>Add it; nothing was recorded.</source>
      <translation>Добавьте его; ничего не записано.</translation>
    </message>
    <message>
      <source>Addressed to {name}</source>
      <translation>Адресовано: {name}</translation>
    </message>
    <message>
      <source>Addressee</source>
      <translation>Адресат</translation>
    </message>
    <message>
      <source>Agreed</source>
      <translation>Согласовано</translation>
    </message>
    <message>
      <source>All</source>
      <translation>Все</translation>
    </message>
    <message>
      <source>All of these questions stand here already.</source>
      <translation>Все эти вопросы здесь уже есть.</translation>
    </message>
    <message>
      <source>All of you heard the same</source>
      <translation>Все вы слышали одно и то же</translation>
    </message>
    <message>
      <source>All this is more than one bundle can hold.</source>
      <translation>Всё это не помещается в один пакет.</translation>
    </message>
    <message>
      <source>Another card…</source>
      <translation>Другая карта…</translation>
    </message>
    <message>
      <source>Another officer ({who}) is writing to this database, and did not end within {seconds} seconds.</source>
      <translation>В эту базу пишет другой сотрудник ({who}); за {seconds} с он не закончил.</translation>
    </message>
    <message>
      <source>Answer to {author}: {text}</source>
      <translation>Ответ {author}: {text}</translation>
    </message>
    <message>
      <source>Anti-
corrupt.</source>
      <translation>Анти-
корр.</translation>
    </message>
    <message>
      <source>Approve</source>
      <translation>Утвердить</translation>
    </message>
    <message>
      <source>Approved by {name}</source>
      <translation>Утверждено: {name}</translation>
    </message>
    <message>
      <source>Approve…</source>
      <translation>Утвердить…</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Как в системе</translation>
    </message>
    <message>
      <source>As your colleagues write it; any script</source>
      <translation>Как его пишут коллеги; любое письмо</translation>
    </message>
    <message>
      <source>Ask about</source>
      <translation>Спросить</translation>
    </message>
    <message>
      <source>Ask again later, or ask another authority.</source>
      <translation>Повторите позже или обратитесь в другую службу.</translation>
    </message>
    <message>
      <source>Ask again, or ask another authority.</source>
      <translation>Запросите ещё раз или обратитесь в другую службу.</translation>
    </message>
    <message>
      <source>Ask an authority that is named, or name this one with “authority add” once its fingerprint was compared.</source>
      <translation>Обратитесь в названную службу или, сверив отпечаток, назовите эту командой «authority add».</translation>
    </message>
    <message>
      <source>Ask for it again.</source>
      <translation>Запросите его снова.</translation>
    </message>
    <message>
      <source>Ask for the right file, or use the recovery sheet; nothing was changed.</source>
      <translation>Попросите нужный файл или воспользуйтесь листом восстановления; ничего не изменено.</translation>
    </message>
    <message>
      <source>Ask for the signed file.</source>
      <translation>Запросите подписанный файл.</translation>
    </message>
    <message>
      <source>Ask headquarters for a new card for this installation.</source>
      <translation>Запросите у штаб-квартиры новую карточку для этой установки.</translation>
    </message>
    <message>
      <source>Ask headquarters for the visit</source>
      <translation>Запросите визит у штаб-квартиры</translation>
    </message>
    <message>
      <source>Ask the authority for the right one.</source>
      <translation>Попросите у службы подходящий.</translation>
    </message>
    <message>
      <source>Ask the head to read and approve it, or export a draft.</source>
      <translation>Попросите руководителя прочесть и утвердить или выгрузите черновик.</translation>
    </message>
    <message>
      <source>Ask the sender for one that names you as recipient.</source>
      <translation>Попросите у отправителя пакет, где вы названы получателем.</translation>
    </message>
    <message>
      <source>Ask the sender for the file again; nothing was taken in.</source>
      <translation>Запросите файл у отправителя снова; ничего не принято.</translation>
    </message>
    <message>
      <source>Ask them to do it, or ask headquarters for the role.</source>
      <translation>Попросите их или запросите роль у штаб-квартиры.</translation>
    </message>
    <message>
      <source>Ask whoever issued the card to write the certificate onto it.</source>
      <translation>Попросите того, кто выпустил карту, записать на неё сертификат.</translation>
    </message>
    <message>
      <source>Assistance</source>
      <translation>Содействие</translation>
    </message>
    <message>
      <source>At a border</source>
      <translation>На границе</translation>
    </message>
    <message>
      <source>Attach a smaller copy, or hand it over by other means; nothing was changed.</source>
      <translation>Приложите меньшую копию или передайте его иначе; ничего не изменено.</translation>
    </message>
    <message>
      <source>Attach files to the meeting</source>
      <translation>Приложить файлы к встрече</translation>
    </message>
    <message>
      <source>Attribution: {rule}</source>
      <translation>Правило: {rule}</translation>
    </message>
    <message>
      <source>Audit</source>
      <translation>Аудит</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Назад</translation>
    </message>
    <message>
      <source>Back to draft</source>
      <translation>Вернуть в черновик</translation>
    </message>
    <message>
      <source>Back to exchange</source>
      <translation>Назад к обмену</translation>
    </message>
    <message>
      <source>Back to the line</source>
      <translation>Назад к строке</translation>
    </message>
    <message>
      <source>Back to the table</source>
      <translation>Назад к таблице</translation>
    </message>
    <message>
      <source>Back up now…</source>
      <translation>Создать копию…</translation>
    </message>
    <message>
      <source>Backup</source>
      <translation>Резервная копия</translation>
    </message>
    <message>
      <source>Backups and files elsewhere stay; find them yourself.</source>
      <translation>Копии и файлы в других местах останутся: найдите их сами.</translation>
    </message>
    <message>
      <source>Before you leave</source>
      <translation>Перед отъездом</translation>
    </message>
    <message>
      <source>Begins</source>
      <translation>Начало</translation>
    </message>
    <message>
      <source>Both of you wrote about one meeting. Open the conflict, compare, and save one text; both stay in the history.</source>
      <translation>Вы оба написали об одной встрече. Откройте расхождение, сравните и сохраните один текст; оба останутся в истории.</translation>
    </message>
    <message>
      <source>Both versions stay in the history.</source>
      <translation>Обе версии останутся в истории.</translation>
    </message>
    <message>
      <source>Brought back</source>
      <translation>Возвращено</translation>
    </message>
    <message>
      <source>Bundle {n} of {name}</source>
      <translation>Пакет {n}, отправитель: {name}</translation>
    </message>
    <message>
      <source>Call a number you know from before, not one from the file's letter. Let them read their words to you.</source>
      <translation>Позвоните по номеру, который знали раньше, а не из письма с файлом. Пусть вам прочтут слова.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Отмена</translation>
    </message>
    <message>
      <source>Capitals, spaces and hyphens do not matter</source>
      <translation>Регистр, пробелы и дефисы не важны</translation>
    </message>
    <message>
      <source>Caps Lock is on</source>
      <translation>Включён Caps Lock</translation>
    </message>
    <message>
      <source>Card in a file…</source>
      <translation>Карта в файле…</translation>
    </message>
    <message>
      <source>Card in a reader, by {library}</source>
      <translation>Карта в считывателе, {library}</translation>
    </message>
    <message>
      <source>Card in a reader: its library…</source>
      <translation>Карта в считывателе: её библиотека…</translation>
    </message>
    <message>
      <source>Change the text at that place, then try again.</source>
      <translation>Измените текст в этом месте и повторите.</translation>
    </message>
    <message>
      <source>Changes, latest first</source>
      <translation>Изменения, новые сверху</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>Проверить</translation>
    </message>
    <message>
      <source>Check again</source>
      <translation>Проверить снова</translation>
    </message>
    <message>
      <source>Check before you leave</source>
      <translation>Проверка перед отъездом</translation>
    </message>
    <message>
      <source>Check each word group against the sheet.</source>
      <translation>Сверьте каждую группу с листом.</translation>
    </message>
    <message>
      <source>Check it before you try again: most cards lock after three wrong ones.</source>
      <translation>Проверьте его, прежде чем повторить: большинство карт блокируется после трёх ошибок.</translation>
    </message>
    <message>
      <source>Check keyboard layout and Caps Lock, or use the recovery sheet.</source>
      <translation>Проверьте раскладку и Caps Lock или возьмите лист восстановления.</translation>
    </message>
    <message>
      <source>Check that it is the right file or device and that it is plugged in.</source>
      <translation>Проверьте, тот ли это файл или устройство и подключено ли оно.</translation>
    </message>
    <message>
      <source>Check the URL and that the server is running.</source>
      <translation>Проверьте адрес и работу сервера.</translation>
    </message>
    <message>
      <source>Check the folder; nothing was changed.</source>
      <translation>Проверьте папку; ничего не изменено.</translation>
    </message>
    <message>
      <source>Check the path and its permissions.</source>
      <translation>Проверьте путь и права.</translation>
    </message>
    <message>
      <source>Check this computer's clock; a summary that was signed under a wrong date has to be signed again.</source>
      <translation>Проверьте часы этого компьютера; сводку, подписанную с неверной датой, нужно подписать заново.</translation>
    </message>
    <message>
      <source>Choose a meeting, type what is said in the line at the bottom, and press Enter.</source>
      <translation>Выберите встречу, наберите сказанное в строке внизу и нажмите Enter.</translation>
    </message>
    <message>
      <source>Choose a name that cannot be confused.</source>
      <translation>Выберите имя, которое нельзя спутать.</translation>
    </message>
    <message>
      <source>Choose another folder with --out.</source>
      <translation>Выберите другую папку: --out.</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>Выберите другое имя.</translation>
    </message>
    <message>
      <source>Choose another place; nothing was changed.</source>
      <translation>Выберите другое место; ничего не изменено.</translation>
    </message>
    <message>
      <source>Choose the answer to the last request.</source>
      <translation>Выберите ответ на последний запрос.</translation>
    </message>
    <message>
      <source>Choose the answer to this document's request.</source>
      <translation>Выберите ответ на запрос этого документа.</translation>
    </message>
    <message>
      <source>Choose the status and the report that set it.</source>
      <translation>Выберите статус и отчёт, который его установил.</translation>
    </message>
    <message>
      <source>Citizen
obs.</source>
      <translation>Наблю-
датели</translation>
    </message>
    <message>
      <source>Civil
society</source>
      <translation>Гражд.
общ.</translation>
    </message>
    <message>
      <source>Class</source>
      <translation>Класс</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Закрыть</translation>
    </message>
    <message>
      <source>Close the help</source>
      <translation>Закрыть справку</translation>
    </message>
    <message>
      <source>Close the other one, or wait until it has ended.</source>
      <translation>Закройте другое или дождитесь его завершения.</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Действия</translation>
    </message>
    <message>
      <source>Comment on the section</source>
      <translation>Прокомментировать раздел</translation>
    </message>
    <message>
      <source>Comment on this section</source>
      <translation>Комментарий к этому разделу</translation>
    </message>
    <message>
      <source>Comments</source>
      <translation>Комментарии</translation>
    </message>
    <message>
      <source>Comments on this section</source>
      <translation>Комментарии к этому разделу</translation>
    </message>
    <message>
      <source>Compare it by voice with headquarters, then give --expect-root {fingerprint}.</source>
      <translation>Сверьте его голосом со штаб-квартирой, затем укажите --expect-root {fingerprint}.</translation>
    </message>
    <message>
      <source>Compare with headquarters</source>
      <translation>Сверьте со штаб-квартирой</translation>
    </message>
    <message>
      <source>Confirm it first: the time stamp is last.</source>
      <translation>Сначала подтвердите сводку: метка времени ставится последней.</translation>
    </message>
    <message>
      <source>Contents</source>
      <translation>Содержание</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>Дальше</translation>
    </message>
    <message>
      <source>Contradictions</source>
      <translation>Противоречия</translation>
    </message>
    <message>
      <source>Contrast</source>
      <translation>Контраст</translation>
    </message>
    <message>
      <source>Copy the report</source>
      <translation>Скопировать отчёт об ошибке</translation>
    </message>
    <message>
      <source>Copy the vault to a folder you may write, or change its permissions.</source>
      <translation>Скопируйте хранилище в доступную папку или измените права.</translation>
    </message>
    <message>
      <source>Correct one of the two; nothing was recorded.</source>
      <translation>Исправьте одно из двух; ничего не записано.</translation>
    </message>
    <message>
      <source>Correct the line; nothing was imported.</source>
      <translation>Исправьте строку; ничего не принято.</translation>
    </message>
    <message>
      <source>Correct the value; nothing was recorded.</source>
      <translation>Исправьте значение; ничего не записано.</translation>
    </message>
    <message>
      <source>Court</source>
      <translation>Суд</translation>
    </message>
    <message>
      <source>Coverage</source>
      <translation>Охват</translation>
    </message>
    <message>
      <source>Coverage: recommendations by interlocutor</source>
      <translation>Охват: рекомендации по типам собеседников</translation>
    </message>
    <message>
      <source>Ctrl+K, a word in any script, and Enter on what was found.</source>
      <translation>Ctrl+K, слово любым письмом и Enter на найденном.</translation>
    </message>
    <message>
      <source>Ctrl+L, even in the middle of a word. The passphrase here is: sample passphrase</source>
      <translation>Ctrl+L, хоть на полуслове. Парольная фраза здесь: sample passphrase</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Тёмная</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>День</translation>
    </message>
    <message>
      <source>Days and meetings</source>
      <translation>Дни и встречи</translation>
    </message>
    <message>
      <source>Decline</source>
      <translation>Отклонить</translation>
    </message>
    <message>
      <source>Diplom.
corps</source>
      <translation>Дипл.
корпус</translation>
    </message>
    <message>
      <source>Do it in your own vault: leave out --database.</source>
      <translation>Сделайте это в своём хранилище: без --database.</translation>
    </message>
    <message>
      <source>Do not let it in; call the person again.</source>
      <translation>Не впускайте его; перезвоните этому человеку.</translation>
    </message>
    <message>
      <source>Do not rely on it; ask the head of the visit for theirs.</source>
      <translation>Не полагайтесь на него; попросите файл у руководителя визита.</translation>
    </message>
    <message>
      <source>Do not rely on it; call headquarters.</source>
      <translation>Не полагайтесь на него; позвоните в штаб-квартиру.</translation>
    </message>
    <message>
      <source>Do not rely on its time; call headquarters.</source>
      <translation>Не полагайтесь на это время; свяжитесь со штаб-квартирой.</translation>
    </message>
    <message>
      <source>Do not rely on this file</source>
      <translation>Не полагайтесь на этот файл</translation>
    </message>
    <message>
      <source>Do not sign with this card; show it to whoever issued it.</source>
      <translation>Не подписывайте этой картой; покажите её тому, кто её выпустил.</translation>
    </message>
    <message>
      <source>Do not use the file; call the sender.</source>
      <translation>Не используйте файл; позвоните отправителю.</translation>
    </message>
    <message>
      <source>Do not use this file. Nothing of it was taken in. Call headquarters.</source>
      <translation>Не используйте этот файл. Из него ничего не принято. Позвоните в штаб-квартиру.</translation>
    </message>
    <message>
      <source>Do not use this file; call headquarters.</source>
      <translation>Не используйте этот файл; позвоните в штаб-квартиру.</translation>
    </message>
    <message>
      <source>Do not write to it. Run “fieldtool check”, or restore the newest backup.</source>
      <translation>Не пишите в него. Запустите «fieldtool check» или восстановите последнюю копию.</translation>
    </message>
    <message>
      <source>Document key</source>
      <translation>Ключ документов</translation>
    </message>
    <message>
      <source>Draft from the notes</source>
      <translation>Составить из записей</translation>
    </message>
    <message>
      <source>Draft…</source>
      <translation>Черновик…</translation>
    </message>
    <message>
      <source>Drawn from the records until you write here.</source>
      <translation>Берётся из записей, пока не напишете здесь.</translation>
    </message>
    <message>
      <source>Drawn from the records; change them there. It follows at once.</source>
      <translation>Берётся из записей: меняйте их там, здесь обновится сразу.</translation>
    </message>
    <message>
      <source>Edition</source>
      <translation>Издание</translation>
    </message>
    <message>
      <source>Election
comm.</source>
      <translation>Избир.
орган</translation>
    </message>
    <message>
      <source>Eleven meetings, and a tour of five minutes. Nothing of it is real.</source>
      <translation>Одиннадцать встреч и тур на пять минут. Всё вымышлено.</translation>
    </message>
    <message>
      <source>Encrypted on this computer; headquarters sends you the visit.</source>
      <translation>Шифруется здесь; визит пришлёт штаб-квартира.</translation>
    </message>
    <message>
      <source>End</source>
      <translation>Завершить</translation>
    </message>
    <message>
      <source>End the meeting</source>
      <translation>Завершить встречу</translation>
    </message>
    <message>
      <source>Ends</source>
      <translation>Конец</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Enter corrects    Alt+↑↓ moves    Ctrl+J joins with the one above    Ctrl+Shift+M other meeting</source>
      <translation>Enter правит    Alt+↑↓ перемещает    Ctrl+J сливает с верхней    Ctrl+Shift+M в другую встречу</translation>
    </message>
    <message>
      <source>Enter files    Ctrl+Enter splits    # recommendation    / kind    @ speaker    ! marking    ↑ last note</source>
      <translation>Enter сохраняет    Ctrl+Enter делит    # рекомендация    / вид    @ кто сказал    ! гриф    ↑ последняя</translation>
    </message>
    <message>
      <source>Enter: ask about it</source>
      <translation>Enter: спросить об этом</translation>
    </message>
    <message>
      <source>Esc leaves the note as it was    Enter saves the correction</source>
      <translation>Esc оставляет запись прежней    Enter сохраняет правку</translation>
    </message>
    <message>
      <source>Every file was confirmed</source>
      <translation>Все файлы подтверждены</translation>
    </message>
    <message>
      <source>Everything from these files is set aside. Taking them in again brings it back.</source>
      <translation>Всё из этих файлов отложено. Повторный приём вернёт это.</translation>
    </message>
    <message>
      <source>Everything is as it was.</source>
      <translation>Всё осталось как было.</translation>
    </message>
    <message>
      <source>Everything you did stays in the sample. F1 explains each screen, and starts the tour again.</source>
      <translation>Всё сделанное остаётся в образце. F1 объясняет каждый экран и начинает тур заново.</translation>
    </message>
    <message>
      <source>Everything you wrote is in a file</source>
      <translation>Всё написанное вами есть в файле</translation>
    </message>
    <message>
      <source>Everything, also what they have confirmed: for a laptop that was restored</source>
      <translation>Всё, и подтверждённое тоже: для восстановленного ноутбука</translation>
    </message>
    <message>
      <source>Exchange</source>
      <translation>Обмен</translation>
    </message>
    <message>
      <source>Export it as a text; the head of the visit approves it.</source>
      <translation>Выгрузите её как текст; её утверждает руководитель визита.</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Выгрузить…</translation>
    </message>
    <message>
      <source>Fetch it again, as PEM or DER.</source>
      <translation>Получите его ещё раз, в виде PEM или DER.</translation>
    </message>
    <message>
      <source>Fetch it again; the request that you have may be sent as often as you like.</source>
      <translation>Получите его ещё раз; тот же запрос можно отправлять сколько угодно раз.</translation>
    </message>
    <message numerus="yes">
      <source>File as %n notes</source>
      <translation>
        <numerusform>Сохранить как %n запись</numerusform>
        <numerusform>Сохранить как %n записи</numerusform>
        <numerusform>Сохранить как %n записей</numerusform>
      </translation>
    </message>
    <message>
      <source>File each paragraph as a note</source>
      <translation>Каждый абзац — отдельной записью</translation>
    </message>
    <message>
      <source>Filed: {text}</source>
      <translation>Записано: {text}</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Файлы</translation>
    </message>
    <message>
      <source>Files sent and received</source>
      <translation>Отправленные и полученные файлы</translation>
    </message>
    <message>
      <source>Fill the gaps, or export a draft.</source>
      <translation>Заполните пробелы или выгрузите черновик.</translation>
    </message>
    <message>
      <source>Filter recommendations</source>
      <translation>Отбор рекомендаций</translation>
    </message>
    <message>
      <source>Find anything</source>
      <translation>Найти</translation>
    </message>
    <message>
      <source>Finding</source>
      <translation>Вывод</translation>
    </message>
    <message>
      <source>Finding agreed, or draft again</source>
      <translation>Вывод согласован или снова черновик</translation>
    </message>
    <message>
      <source>Fits e-mail</source>
      <translation>Помещается в письмо</translation>
    </message>
    <message>
      <source>Five-minute tour</source>
      <translation>Тур на пять минут</translation>
    </message>
    <message>
      <source>Follow-up</source>
      <translation>Исполнение</translation>
    </message>
    <message>
      <source>Foreign
ministry</source>
      <translation>МИД</translation>
    </message>
    <message>
      <source>Four unusual words are easy to keep and hard to guess.</source>
      <translation>Четыре необычных слова легко запомнить и трудно угадать.</translation>
    </message>
    <message>
      <source>Free some space and try again; nothing was changed.</source>
      <translation>Освободите место и повторите; ничего не изменено.</translation>
    </message>
    <message>
      <source>From now on your passphrase opens nothing. You can say it truthfully to whoever asks.</source>
      <translation>С этой минуты ваша парольная фраза не открывает ничего. Вы можете честно назвать её, если спросят.</translation>
    </message>
    <message>
      <source>Give each recommendation its own number; nothing was imported.</source>
      <translation>Дайте каждой рекомендации свой номер; ничего не принято.</translation>
    </message>
    <message>
      <source>Give it to them on a stick or send it; nobody else can read it. It counts as arrived when their receipt comes.</source>
      <translation>Передайте на флешке или отправьте: другие его не прочтут. Дошедшим он считается, когда придёт квитанция.</translation>
    </message>
    <message>
      <source>Give one JSON object, or a list of them.</source>
      <translation>Дайте один объект JSON или список.</translation>
    </message>
    <message>
      <source>Give the age identity with --identity, or use the vault it is for.</source>
      <translation>Укажите ключ age: --identity, или возьмите хранилище, которому он адресован.</translation>
    </message>
    <message>
      <source>Give the fingerprint instead.</source>
      <translation>Укажите отпечаток.</translation>
    </message>
    <message>
      <source>Give the name or the id of one of them.</source>
      <translation>Укажите имя или номер одного из них.</translation>
    </message>
    <message>
      <source>Give the name, the serial number or the slot of one of them.</source>
      <translation>Укажите имя, серийный номер или слот одной из них.</translation>
    </message>
    <message>
      <source>Give the whole id.</source>
      <translation>Укажите номер целиком.</translation>
    </message>
    <message>
      <source>Go to: {place}</source>
      <translation>Перейти: {place}</translation>
    </message>
    <message>
      <source>Good</source>
      <translation>Хорошо</translation>
    </message>
    <message>
      <source>HH:MM</source>
      <translation>ЧЧ:ММ</translation>
    </message>
    <message>
      <source>Hand everything over to {name}</source>
      <translation>Передать всё: {name}</translation>
    </message>
    <message>
      <source>Hand everything over…</source>
      <translation>Передать всё…</translation>
    </message>
    <message>
      <source>Hand it over and import the receipt first, or give --unconfirmed to lose it.</source>
      <translation>Сначала передайте и примите квитанцию или укажите --unconfirmed, чтобы потерять это.</translation>
    </message>
    <message>
      <source>Hand over</source>
      <translation>Передать</translation>
    </message>
    <message>
      <source>Hand over first: what is in no file yet stays here, unreadable, until the sheet is typed.</source>
      <translation>Сначала передайте: то, чего нет ни в одном файле, останется здесь нечитаемым, пока не введён лист.</translation>
    </message>
    <message>
      <source>Hand over to</source>
      <translation>Кому передать</translation>
    </message>
    <message>
      <source>Hand over…</source>
      <translation>Передать…</translation>
    </message>
    <message>
      <source>Head of
state</source>
      <translation>Глава
гос-ва</translation>
    </message>
    <message>
      <source>Headquarters</source>
      <translation>Штаб-квартира</translation>
    </message>
    <message>
      <source>Headquarters has confirmed {file} already.</source>
      <translation>Штаб-квартира уже подтвердила {file}.</translation>
    </message>
    <message>
      <source>Headquarters has named no time-stamp authority for this visit.</source>
      <translation>Штаб-квартира не назвала для этого визита ни одной службы меток времени.</translation>
    </message>
    <message>
      <source>Headquarters has not bound this card to {name}.</source>
      <translation>Штаб-квартира не закрепила эту карту за: {name}.</translation>
    </message>
    <message>
      <source>Headquarters has not confirmed everything of {visits}.</source>
      <translation>Штаб-квартира подтвердила не всё по визитам: {visits}.</translation>
    </message>
    <message>
      <source>Headquarters plans a visit with the command `fieldtool add visits`, or takes one in with a file.</source>
      <translation>Визит штаб-квартира планирует командой `fieldtool add visits` или принимает из файла.</translation>
    </message>
    <message>
      <source>Headquarters sends the visit in a file. It needs your identity request first and compares these words by voice.</source>
      <translation>Визит присылает штаб-квартира, файлом. Сначала ей нужен ваш запрос на карточку; эти слова сверят с вами по телефону.</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Справка</translation>
    </message>
    <message>
      <source>Help for this screen</source>
      <translation>Справка об этом экране</translation>
    </message>
    <message>
      <source>Hide the passphrase</source>
      <translation>Скрыть парольную фразу</translation>
    </message>
    <message>
      <source>High contrast</source>
      <translation>Высокий</translation>
    </message>
    <message>
      <source>History</source>
      <translation>История</translation>
    </message>
    <message>
      <source>How it came about</source>
      <translation>Как это вышло</translation>
    </message>
    <message>
      <source>How you call it, such as “field laptop 1”</source>
      <translation>Например, «ноутбук 1»</translation>
    </message>
    <message>
      <source>I have handed it over</source>
      <translation>Файл передан</translation>
    </message>
    <message>
      <source>I have handed them over</source>
      <translation>Файлы переданы</translation>
    </message>
    <message>
      <source>I have it on paper</source>
      <translation>Он у меня на бумаге</translation>
    </message>
    <message>
      <source>Identity request of {name}, signed by its own key: compare {words} by voice</source>
      <translation>Запрос на карточку, {name}, подписан собственным ключом: сверьте голосом {words}</translation>
    </message>
    <message>
      <source>If another copy of it is in use, go on with one of them only, and wipe the other.</source>
      <translation>Если другая его копия в работе, продолжайте только в одной, а другую сотрите.</translation>
    </message>
    <message>
      <source>If the name is in another script</source>
      <translation>Если имя выше — другим письмом</translation>
    </message>
    <message>
      <source>Import the head's newest bundle first, then try again.</source>
      <translation>Сначала примите новейший пакет руководителя, затем повторите.</translation>
    </message>
    <message>
      <source>Import the newest file from headquarters, or let the head of the visit accept the fingerprint by voice.</source>
      <translation>Примите новейший файл штаб-квартиры, или пусть руководитель визита сверит отпечаток голосом.</translation>
    </message>
    <message>
      <source>In conflict</source>
      <translation>Расхождения</translation>
    </message>
    <message>
      <source>In the same line type # and a number or a word, choose with Enter, then file the note.</source>
      <translation>В той же строке наберите # и номер или слово, выберите клавишей Enter и внесите запись.</translation>
    </message>
    <message>
      <source>Install the newer version; the file is kept in quarantine.</source>
      <translation>Установите новую версию; файл отложен.</translation>
    </message>
    <message>
      <source>Install the newer version; the vault was not touched.</source>
      <translation>Установите новую версию; хранилище не тронуто.</translation>
    </message>
    <message>
      <source>Install the newer version; until then it is kept and handed on as it is.</source>
      <translation>Установите более новую версию; до тех пор он хранится и передаётся дальше как есть.</translation>
    </message>
    <message>
      <source>Interlocutor</source>
      <translation>Собеседник</translation>
    </message>
    <message>
      <source>Intern.
org.</source>
      <translation>Межд.
орг.</translation>
    </message>
    <message>
      <source>Internal</source>
      <translation>Внутреннее</translation>
    </message>
    <message>
      <source>It begins {time}; it cannot end earlier.</source>
      <translation>Начало в {time}, раньше кончиться нельзя.</translation>
    </message>
    <message>
      <source>It follows the keyboard. Words hold out longer.</source>
      <translation>Она идёт по клавиатуре. Слова держатся дольше.</translation>
    </message>
    <message>
      <source>It has not come yet</source>
      <translation>Файл ещё не пришёл</translation>
    </message>
    <message>
      <source>It holds a word that is guessed first. Put another in its place.</source>
      <translation>В ней слово, которое угадывают первым. Замените его.</translation>
    </message>
    <message>
      <source>It imports bundles, receipts, identity requests, recommendation sheets and signed summaries.</source>
      <translation>Она принимает пакеты, квитанции, запросы на карточку, таблицы рекомендаций и подписанные сводки.</translation>
    </message>
    <message>
      <source>It is encrypted with the passphrase. Nobody can send you a new one.</source>
      <translation>Оно зашифровано парольной фразой. Новую вам никто не пришлёт.</translation>
    </message>
    <message>
      <source>It is not clear which visit is meant.</source>
      <translation>Неясно, о каком визите речь.</translation>
    </message>
    <message>
      <source>It is refused until headquarters has confirmed everything you wrote.</source>
      <translation>Стереть нельзя, пока штаб-квартира не подтвердила всё, что вы написали.</translation>
    </message>
    <message numerus="yes">
      <source>It lacks %n part(s) that are here. Hand everything over to {name} once more.</source>
      <translation>
        <numerusform>В нём нет %n части, которая есть здесь. Передайте всё ещё раз: {name}.</numerusform>
        <numerusform>В нём нет %n частей, которые есть здесь. Передайте всё ещё раз: {name}.</numerusform>
        <numerusform>В нём нет %n частей, которые есть здесь. Передайте всё ещё раз: {name}.</numerusform>
      </translation>
    </message>
    <message>
      <source>It opens the data and sets a new passphrase. The signing key is new as well: ask headquarters for a new card.</source>
      <translation>Он открывает данные и задаёт новую парольную фразу. Ключ подписи тоже новый: запросите новую карточку.</translation>
    </message>
    <message>
      <source>It opens the vault when the passphrase is lost. Write it down and keep it apart from this computer. It is shown this once.</source>
      <translation>Он откроет хранилище, если фраза утрачена. Перепишите его и храните отдельно от компьютера. Показывается один раз.</translation>
    </message>
    <message>
      <source>It repeats itself. Another word would help more.</source>
      <translation>Она повторяется. Ещё одно слово поможет больше.</translation>
    </message>
    <message>
      <source>It was restored from a backup, or a copy of it went on elsewhere. What you write is safe. Ask a colleague for everything.</source>
      <translation>Его восстановили из копии, или другая его копия продолжила работу. То, что вы пишете, сохранно. Попросите у коллеги файл со всем.</translation>
    </message>
    <message>
      <source>It would hold out for years.</source>
      <translation>Она продержится годы.</translation>
    </message>
    <message>
      <source>Join the note with the one above</source>
      <translation>Слить запись с той, что выше</translation>
    </message>
    <message>
      <source>Joined with the note above</source>
      <translation>Слито с записью выше</translation>
    </message>
    <message>
      <source>Keyboard: {name}</source>
      <translation>Клавиатура: {name}</translation>
    </message>
    <message>
      <source>Kind of interlocutor</source>
      <translation>Тип собеседника</translation>
    </message>
    <message>
      <source>Known fields: {known}.</source>
      <translation>Известные поля: {known}.</translation>
    </message>
    <message>
      <source>Known kinds: {known}.</source>
      <translation>Известные виды: {known}.</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Язык</translation>
    </message>
    <message>
      <source>Language of the summary</source>
      <translation>Язык сводки</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Позже</translation>
    </message>
    <message>
      <source>Leave the status as it is</source>
      <translation>Оставить статус как есть</translation>
    </message>
    <message>
      <source>Leave them apart, or correct the kind of one first; nothing was changed.</source>
      <translation>Оставьте их порознь или сначала исправьте вид одной; ничего не изменено.</translation>
    </message>
    <message>
      <source>Leave them apart, or write into the other what may be handed over; nothing was changed.</source>
      <translation>Оставьте их порознь или впишите в другую то, что можно передать; ничего не изменено.</translation>
    </message>
    <message>
      <source>Leave them out</source>
      <translation>Не принимать</translation>
    </message>
    <message>
      <source>Let the server's administrator make a role that may log in and nothing else.</source>
      <translation>Пусть администратор сервера создаст роль, которой можно только входить.</translation>
    </message>
    <message>
      <source>Libraries (*.so *.dll *.dylib)</source>
      <translation>Библиотеки (*.so *.dll *.dylib)</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Светлая</translation>
    </message>
    <message>
      <source>Like another…</source>
      <translation>Как другая…</translation>
    </message>
    <message>
      <source>Lock after</source>
      <translation>Блокировать через</translation>
    </message>
    <message>
      <source>Lock and come back</source>
      <translation>Заблокировать и вернуться</translation>
    </message>
    <message>
      <source>Lock now</source>
      <translation>Заблокировать</translation>
    </message>
    <message>
      <source>Lock when nobody types for</source>
      <translation>Блокировать без ввода</translation>
    </message>
    <message>
      <source>Lock, and come back</source>
      <translation>Заблокировать и вернуться</translation>
    </message>
    <message>
      <source>Look at the preview first; import with --accept-conflicts if it is right.</source>
      <translation>Сначала посмотрите, что он принесёт; если всё верно, примите с --accept-conflicts.</translation>
    </message>
    <message>
      <source>Look at “authority list”.</source>
      <translation>Посмотрите «authority list».</translation>
    </message>
    <message>
      <source>Looking at the file…</source>
      <translation>Файл проверяется…</translation>
    </message>
    <message>
      <source>Make one with “fieldtool init”, or name the folder with --vault.</source>
      <translation>Создайте его командой «fieldtool init» или укажите папку: --vault.</translation>
    </message>
    <message>
      <source>Make sure of the PIN first. Whoever issued the card can set a new one.</source>
      <translation>Сначала удостоверьтесь в PIN-коде. Тот, кто выпустил карту, может задать новый.</translation>
    </message>
    <message>
      <source>Make sure of the PIN, then run the command in a terminal and type it.</source>
      <translation>Удостоверьтесь в PIN-коде, затем запустите команду в терминале и наберите его.</translation>
    </message>
    <message>
      <source>Make the vault</source>
      <translation>Создать хранилище</translation>
    </message>
    <message>
      <source>Make your vault</source>
      <translation>Создать своё хранилище</translation>
    </message>
    <message>
      <source>Mark as settled</source>
      <translation>Закрыть</translation>
    </message>
    <message>
      <source>Marking</source>
      <translation>Гриф</translation>
    </message>
    <message>
      <source>Marking of the meeting: {marking}</source>
      <translation>Гриф встречи: {marking}</translation>
    </message>
    <message>
      <source>Marking: {marking}</source>
      <translation>Гриф: {marking}</translation>
    </message>
    <message>
      <source>Media
regul.</source>
      <translation>Регул.
СМИ</translation>
    </message>
    <message>
      <source>Meeting</source>
      <translation>Встреча</translation>
    </message>
    <message>
      <source>Meeting {number}</source>
      <translation>Встреча {number}</translation>
    </message>
    <message>
      <source>Meeting {number}: choose another</source>
      <translation>Встреча {number}: выбрать другую</translation>
    </message>
    <message>
      <source>Meetings</source>
      <translation>Встречи</translation>
    </message>
    <message>
      <source>Modality</source>
      <translation>Форма</translation>
    </message>
    <message>
      <source>More than one card is plugged in: {tokens}.</source>
      <translation>Подключено несколько карт: {tokens}.</translation>
    </message>
    <message>
      <source>More than one card matches “{name}”.</source>
      <translation>Под «{name}» подходит несколько карточек.</translation>
    </message>
    <message>
      <source>More than one key on {token} could sign: {keys}.</source>
      <translation>На карте {token} несколько ключей для подписи: {keys}.</translation>
    </message>
    <message>
      <source>More than one record begins with {id}.</source>
      <translation>С {id} начинается несколько записей.</translation>
    </message>
    <message>
      <source>Move the note down</source>
      <translation>Переместить запись ниже</translation>
    </message>
    <message>
      <source>Move the note to another meeting…</source>
      <translation>Перенести запись в другую встречу…</translation>
    </message>
    <message>
      <source>Move the note to the meeting first; nothing was changed.</source>
      <translation>Сначала перенесите запись в эту встречу; ничего не изменено.</translation>
    </message>
    <message>
      <source>Move the note up</source>
      <translation>Переместить запись выше</translation>
    </message>
    <message>
      <source>Move the page sideways</source>
      <translation>Сдвинуть страницу вбок</translation>
    </message>
    <message>
      <source>Move the page up and down</source>
      <translation>Сдвинуть страницу вверх или вниз</translation>
    </message>
    <message>
      <source>Moved down</source>
      <translation>Перемещено ниже</translation>
    </message>
    <message>
      <source>Moved to meeting {number}</source>
      <translation>Перенесено во встречу {number}</translation>
    </message>
    <message>
      <source>Moved up</source>
      <translation>Перемещено выше</translation>
    </message>
    <message>
      <source>Name a database of your own, or an empty one; nothing was changed.</source>
      <translation>Назовите свою базу или пустую; ничего не изменено.</translation>
    </message>
    <message>
      <source>Name a file with --passphrase-file, or answer the prompt in a terminal.</source>
      <translation>Укажите файл: --passphrase-file, или введите её в терминале.</translation>
    </message>
    <message>
      <source>Name a file with --pin-file, or answer the prompt in a terminal.</source>
      <translation>Укажите файл с помощью --pin-file или ответьте на запрос в терминале.</translation>
    </message>
    <message>
      <source>Name it with --database.</source>
      <translation>Назовите её: --database.</translation>
    </message>
    <message>
      <source>Name it with --visit.</source>
      <translation>Укажите его: --visit.</translation>
    </message>
    <message>
      <source>Name one with --token-key by its name or id, or have headquarters bind one.</source>
      <translation>Назовите один через --token-key по имени или номеру, или пусть штаб-квартира закрепит один из них.</translation>
    </message>
    <message>
      <source>Name one with --token-name by its name or serial number, or pull out the others.</source>
      <translation>Назовите одну через --token-name по имени или серийному номеру, или отключите остальные.</translation>
    </message>
    <message>
      <source>Name one with “authority add”, then ask again: nobody would believe any other.</source>
      <translation>Назовите её командой «authority add» и повторите: никакой другой никто не поверит.</translation>
    </message>
    <message>
      <source>Name the PKCS#11 library of the card's own software, or OpenSC's; its documentation says where it lies.</source>
      <translation>Укажите библиотеку PKCS#11 из программы самой карты или из OpenSC; где она лежит, сказано в описании.</translation>
    </message>
    <message>
      <source>Names, separated by commas</source>
      <translation>Имена через запятую</translation>
    </message>
    <message>
      <source>Never raised</source>
      <translation>Не поднимались</translation>
    </message>
    <message>
      <source>Never raised.</source>
      <translation>Не поднималась.</translation>
    </message>
    <message>
      <source>Never raised. Ask about it in the next meeting.</source>
      <translation>Не поднималась. Спросите на следующей встрече.</translation>
    </message>
    <message>
      <source>New meeting</source>
      <translation>Новая встреча</translation>
    </message>
    <message>
      <source>New meeting…</source>
      <translation>Новая встреча…</translation>
    </message>
    <message>
      <source>New note</source>
      <translation>Новая запись</translation>
    </message>
    <message>
      <source>New passphrase</source>
      <translation>Новая парольная фраза</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>Дальше</translation>
    </message>
    <message>
      <source>Next gap</source>
      <translation>Следующий пробел</translation>
    </message>
    <message>
      <source>Next meeting</source>
      <translation>Следующая встреча</translation>
    </message>
    <message>
      <source>Next page</source>
      <translation>Следующая страница</translation>
    </message>
    <message>
      <source>Next pane</source>
      <translation>Следующая область</translation>
    </message>
    <message>
      <source>Next recommendation</source>
      <translation>Следующая рекомендация</translation>
    </message>
    <message>
      <source>Next task</source>
      <translation>Следующее задание</translation>
    </message>
    <message>
      <source>No card is called “{name}”. Plugged in: {tokens}.</source>
      <translation>Карты с именем «{name}» нет. Подключены: {tokens}.</translation>
    </message>
    <message>
      <source>No conflict is open</source>
      <translation>Открытых расхождений нет</translation>
    </message>
    <message>
      <source>No file yet. What you hand over and what comes is listed here.</source>
      <translation>Файлов пока нет. Здесь будет то, что вы передали и получили.</translation>
    </message>
    <message>
      <source>No font here can print {character} in {place}.</source>
      <translation>Нет шрифта, чтобы напечатать {character} в {place}.</translation>
    </message>
    <message>
      <source>No key given here opens this bundle.</source>
      <translation>Ни один из указанных ключей не открывает пакет.</translation>
    </message>
    <message>
      <source>No key on {token} is called “{name}”. There are: {keys}.</source>
      <translation>На карте {token} нет ключа «{name}». Есть: {keys}.</translation>
    </message>
    <message>
      <source>No note bears on it.</source>
      <translation>Записей об этом нет.</translation>
    </message>
    <message>
      <source>No passphrase was given.</source>
      <translation>Парольная фраза не указана.</translation>
    </message>
    <message>
      <source>No recommendation fits these filters.</source>
      <translation>Под этот отбор не подходит ни одна рекомендация.</translation>
    </message>
    <message>
      <source>No recommendation was found in {file}.</source>
      <translation>В {file} не найдено ни одной рекомендации.</translation>
    </message>
    <message>
      <source>No section has these words.</source>
      <translation>Этих слов нет ни в одном разделе.</translation>
    </message>
    <message>
      <source>No time stamp was asked for {file} here.</source>
      <translation>Здесь метку времени для {file} не запрашивали.</translation>
    </message>
    <message>
      <source>No time-stamp authority {name} is named for this visit.</source>
      <translation>Служба меток времени {name} для этого визита не названа.</translation>
    </message>
    <message>
      <source>No visit yet</source>
      <translation>Визита пока нет</translation>
    </message>
    <message>
      <source>No visit yet. Plan one with the command line, or open an inbox.</source>
      <translation>Визитов пока нет. Запланируйте визит командой или откройте папку входящих.</translation>
    </message>
    <message>
      <source>No.</source>
      <translation>№</translation>
    </message>
    <message>
      <source>Nobody has a card here yet: headquarters sends the team with the visit file.</source>
      <translation>Карточек пока ни у кого нет: состав группы пришлёт штаб-квартира с файлом визита.</translation>
    </message>
    <message>
      <source>Nobody has stated one yet.</source>
      <translation>Никто ещё не высказал позицию.</translation>
    </message>
    <message>
      <source>Nobody is chosen. Tick at least one name.</source>
      <translation>Никто не выбран. Отметьте хотя бы одно имя.</translation>
    </message>
    <message>
      <source>Nobody with the name or fingerprint “{name}” has a card here.</source>
      <translation>Ни у кого с именем или отпечатком «{name}» здесь нет карточки.</translation>
    </message>
    <message>
      <source>None heard of yet.</source>
      <translation>Пока ничего не сообщали.</translation>
    </message>
    <message>
      <source>Normal contrast</source>
      <translation>Обычный</translation>
    </message>
    <message>
      <source>Not as on the sheet, by number: {groups}.</source>
      <translation>Не совпадают с листом группы: {groups}.</translation>
    </message>
    <message>
      <source>Not confirmed</source>
      <translation>Не подтверждено</translation>
    </message>
    <message>
      <source>Not handed over</source>
      <translation>Не передано</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>Не сейчас</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>Записи</translation>
    </message>
    <message>
      <source>Notes of this meeting</source>
      <translation>Записи этой встречи</translation>
    </message>
    <message>
      <source>Notes on this point</source>
      <translation>Записи по этому вопросу</translation>
    </message>
    <message>
      <source>Nothing has come back yet.</source>
      <translation>Пока ничего не пришло.</translation>
    </message>
    <message>
      <source>Nothing has these words.</source>
      <translation>Таких слов нигде нет.</translation>
    </message>
    <message>
      <source>Nothing is half written</source>
      <translation>Недописанного нет</translation>
    </message>
    <message>
      <source>Nothing to follow up yet. Type / and “action point” in a meeting.</source>
      <translation>Отслеживать пока нечего. На встрече наберите / и «пункт».</translation>
    </message>
    <message>
      <source>Nothing was taken in; call headquarters.</source>
      <translation>Ничего не принято; позвоните в штаб-квартиру.</translation>
    </message>
    <message>
      <source>Nothing. Everybody agrees.</source>
      <translation>Ничего: расхождений нет.</translation>
    </message>
    <message>
      <source>Number, word or theme</source>
      <translation>Номер, слово или тема</translation>
    </message>
    <message>
      <source>OSCE
field</source>
      <translation>Миссия
ОБСЕ</translation>
    </message>
    <message>
      <source>Official</source>
      <translation>Статус</translation>
    </message>
    <message>
      <source>Official status</source>
      <translation>Официальный статус</translation>
    </message>
    <message>
      <source>Official status of {key}</source>
      <translation>Официальный статус {key}</translation>
    </message>
    <message>
      <source>Official text, English</source>
      <translation>Официальный текст, английский</translation>
    </message>
    <message>
      <source>Ombuds-
person</source>
      <translation>Омбуд-
смен</translation>
    </message>
    <message>
      <source>One file that only the people chosen, headquarters and you can read. It holds what they have not confirmed.</source>
      <translation>Один файл, который прочтут только выбранные люди, штаб-квартира и вы. В нём то, что они ещё не подтвердили.</translation>
    </message>
    <message>
      <source>One file.</source>
      <translation>Один файл.</translation>
    </message>
    <message>
      <source>One of the two notes says what was said, the other what you think of it.</source>
      <translation>Одна из записей передаёт сказанное, другая — ваше мнение о нём.</translation>
    </message>
    <message>
      <source>One of the two notes stays on this computer, the other travels with the visit.</source>
      <translation>Одна из записей остаётся на этом компьютере, другая передаётся с визитом.</translation>
    </message>
    <message>
      <source>One vault keeps one organisation; use another vault.</source>
      <translation>В хранилище одна организация; возьмите другое хранилище.</translation>
    </message>
    <message>
      <source>Only a database on a server has other readers.</source>
      <translation>Другие читатели есть только у базы на сервере.</translation>
    </message>
    <message>
      <source>Only headquarters or the head of the visit can answer it.</source>
      <translation>Ответить может только штаб-квартира или руководитель визита.</translation>
    </message>
    <message>
      <source>Only headquarters sets the official status. What you hear is recorded as reported progress.</source>
      <translation>Официальный статус устанавливает только штаб-квартира. Услышанное записывается как сообщённый прогресс.</translation>
    </message>
    <message>
      <source>Only here, never handed over</source>
      <translation>Только здесь, не передавать</translation>
    </message>
    <message>
      <source>Only the head of the visit signs.</source>
      <translation>Подписывает только руководитель визита.</translation>
    </message>
    <message>
      <source>Only the recovery sheet, or headquarters, opens the vault again. Leave the sheet where you will come back to, never in your luggage.</source>
      <translation>Снова открыть хранилище смогут лист восстановления или штаб-квартира. Лист оставьте там, куда вернётесь, но не в багаже.</translation>
    </message>
    <message>
      <source>Only {role} may do this.</source>
      <translation>Это может делать только {role}.</translation>
    </message>
    <message>
      <source>Only: {kind}</source>
      <translation>Только: {kind}</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Открыть</translation>
    </message>
    <message>
      <source>Open again</source>
      <translation>Открыть снова</translation>
    </message>
    <message>
      <source>Open an inbox</source>
      <translation>Открыть входящие</translation>
    </message>
    <message>
      <source>Open an inbox…</source>
      <translation>Открыть входящие…</translation>
    </message>
    <message>
      <source>Open another vault…</source>
      <translation>Открыть другое хранилище…</translation>
    </message>
    <message>
      <source>Open conflicts about rules stand in the way.</source>
      <translation>Мешают открытые расхождения о правилах.</translation>
    </message>
    <message>
      <source>Open files that came</source>
      <translation>Открыть пришедшие файлы</translation>
    </message>
    <message>
      <source>Open files…</source>
      <translation>Открыть файлы…</translation>
    </message>
    <message>
      <source>Open his file</source>
      <translation>Открыть его файл</translation>
    </message>
    <message>
      <source>Open it with the recovery sheet, or ask headquarters.</source>
      <translation>Откройте листом восстановления или обратитесь в штаб-квартиру.</translation>
    </message>
    <message>
      <source>Open it, or choose another folder.</source>
      <translation>Откройте его или выберите другую папку.</translation>
    </message>
    <message>
      <source>Open meeting {number}</source>
      <translation>Открыть встречу {number}</translation>
    </message>
    <message>
      <source>Open the next note</source>
      <translation>К следующей записи</translation>
    </message>
    <message>
      <source>Open the vault</source>
      <translation>Открыть хранилище</translation>
    </message>
    <message>
      <source>Open the visit file</source>
      <translation>Откройте файл визита</translation>
    </message>
    <message>
      <source>Open the visit file…</source>
      <translation>Открыть файл визита…</translation>
    </message>
    <message>
      <source>Open the visit {name}</source>
      <translation>Открыть визит {name}</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>Прочие</translation>
    </message>
    <message>
      <source>Other
ministries</source>
      <translation>Министер-
ства</translation>
    </message>
    <message>
      <source>Other vault…</source>
      <translation>Другое хранилище…</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>Просрочены</translation>
    </message>
    <message>
      <source>PIN or passphrase of the card</source>
      <translation>PIN-код или фраза карты</translation>
    </message>
    <message>
      <source>Page preview</source>
      <translation>Просмотр страницы</translation>
    </message>
    <message>
      <source>Page {number} of {total}</source>
      <translation>Страница {number} из {total}</translation>
    </message>
    <message>
      <source>Parlia-
ment</source>
      <translation>Парла-
мент</translation>
    </message>
    <message>
      <source>Particulars of the meeting</source>
      <translation>Данные встречи</translation>
    </message>
    <message>
      <source>Parties</source>
      <translation>Партии</translation>
    </message>
    <message>
      <source>Passphrase</source>
      <translation>Парольная фраза</translation>
    </message>
    <message>
      <source>Passphrase to sign</source>
      <translation>Парольная фраза для подписи</translation>
    </message>
    <message>
      <source>People</source>
      <translation>Люди</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Место</translation>
    </message>
    <message>
      <source>Plan a new meeting</source>
      <translation>Запланировать встречу</translation>
    </message>
    <message>
      <source>Planned by others</source>
      <translation>Планируют другие</translation>
    </message>
    <message>
      <source>Plug in the card and its reader, wait a moment, then try again.</source>
      <translation>Подключите карту и считыватель, немного подождите и попробуйте снова.</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>Позиция</translation>
    </message>
    <message>
      <source>Positions</source>
      <translation>Позиции</translation>
    </message>
    <message>
      <source>Prepared, not raised yet</source>
      <translation>Подготовлено, ещё не поднято</translation>
    </message>
    <message>
      <source>Press</source>
      <translation>Для прессы</translation>
    </message>
    <message>
      <source>Previous meeting</source>
      <translation>Предыдущая встреча</translation>
    </message>
    <message>
      <source>Previous page</source>
      <translation>Предыдущая страница</translation>
    </message>
    <message>
      <source>Previous recommendation</source>
      <translation>Предыдущая рекомендация</translation>
    </message>
    <message>
      <source>Priority</source>
      <translation>Приоритетные</translation>
    </message>
    <message>
      <source>Private
media</source>
      <translation>Частн.
СМИ</translation>
    </message>
    <message>
      <source>Promised</source>
      <translation>Обещано</translation>
    </message>
    <message>
      <source>Proposed merge</source>
      <translation>Предлагаемый общий текст</translation>
    </message>
    <message>
      <source>Prose-
cution</source>
      <translation>Проку-
ратура</translation>
    </message>
    <message>
      <source>Proving and taking in…</source>
      <translation>Проверка и приём…</translation>
    </message>
    <message>
      <source>Public
media</source>
      <translation>Общ.
вещание</translation>
    </message>
    <message>
      <source>Pull the card out, plug it in again and try once more. If it stays so, ask whoever issued it.</source>
      <translation>Выньте карту, вставьте снова и попробуйте ещё раз. Если не поможет, спросите того, кто её выпустил.</translation>
    </message>
    <message>
      <source>Pull the card out, plug it in again and try once more. If it stays so, sign without the card.</source>
      <translation>Выньте карту, вставьте снова и попробуйте ещё раз. Если не поможет, подпишите без карты.</translation>
    </message>
    <message>
      <source>Put in force</source>
      <translation>Ввести в силу</translation>
    </message>
    <message>
      <source>Put the tour away; it goes on from here later</source>
      <translation>Убрать тур; потом он продолжится отсюда</translation>
    </message>
    <message>
      <source>Put this message away</source>
      <translation>Убрать сообщение</translation>
    </message>
    <message>
      <source>Questions for this kind of interlocutor</source>
      <translation>Вопросы к собеседнику этого вида</translation>
    </message>
    <message>
      <source>Questions to ask, one a line</source>
      <translation>Вопросы, по одному в строке</translation>
    </message>
    <message>
      <source>Read it back once</source>
      <translation>Прочтите его один раз</translation>
    </message>
    <message>
      <source>Receipt {n} of {name}</source>
      <translation>Квитанция {n}, отправитель: {name}</translation>
    </message>
    <message>
      <source>Recommendation</source>
      <translation>Рекомендация</translation>
    </message>
    <message>
      <source>Recommendations</source>
      <translation>Рекомендации</translation>
    </message>
    <message>
      <source>Recommendations, discussed ones ticked</source>
      <translation>Рекомендации, обсуждённые отмечены</translation>
    </message>
    <message>
      <source>Record a meeting</source>
      <translation>Записать встречу</translation>
    </message>
    <message>
      <source>Record a note</source>
      <translation>Записать сказанное</translation>
    </message>
    <message>
      <source>Record meeting {number}</source>
      <translation>Записать встречу {number}</translation>
    </message>
    <message>
      <source>Record reported progress instead, or propose it to headquarters.</source>
      <translation>Запишите сообщённый прогресс или предложите это штаб-квартире.</translation>
    </message>
    <message>
      <source>Record the next meeting</source>
      <translation>Записать следующую встречу</translation>
    </message>
    <message>
      <source>Record what is said, tie it to recommendations, hand it over signed. Everything works without a connection.</source>
      <translation>Записывайте сказанное, связывайте с рекомендациями, передавайте с подписью. Всё работает без связи.</translation>
    </message>
    <message>
      <source>Reference of the report</source>
      <translation>Обозначение отчёта</translation>
    </message>
    <message>
      <source>Replace the character, then try again.</source>
      <translation>Замените знак и повторите.</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Отчёт</translation>
    </message>
    <message>
      <source>Reported</source>
      <translation>Сообщено</translation>
    </message>
    <message>
      <source>Reported progress</source>
      <translation>Сообщённый прогресс</translation>
    </message>
    <message>
      <source>Restore a version from the history instead.</source>
      <translation>Верните версию из истории.</translation>
    </message>
    <message>
      <source>Rule</source>
      <translation>Правило</translation>
    </message>
    <message>
      <source>Rule of the meeting: {rule}</source>
      <translation>Правило встречи: {rule}</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Сохранить</translation>
    </message>
    <message>
      <source>Save it again as .xlsx or .csv.</source>
      <translation>Сохраните его снова как .xlsx или .csv.</translation>
    </message>
    <message>
      <source>Save the identity request</source>
      <translation>Сохранить запрос</translation>
    </message>
    <message>
      <source>Save the identity request…</source>
      <translation>Сохранить запрос на карточку…</translation>
    </message>
    <message>
      <source>Save the meeting</source>
      <translation>Сохранить встречу</translation>
    </message>
    <message>
      <source>Save the merge</source>
      <translation>Сохранить общий текст</translation>
    </message>
    <message>
      <source>Save the recovery sheet</source>
      <translation>Сохранить лист восстановления</translation>
    </message>
    <message>
      <source>Save the request…</source>
      <translation>Сохранить запрос…</translation>
    </message>
    <message>
      <source>Save to print…</source>
      <translation>Сохранить для печати…</translation>
    </message>
    <message>
      <source>Saved {time}</source>
      <translation>Сохранено {time}</translation>
    </message>
    <message>
      <source>Say the chosen version again</source>
      <translation>Вернуть выбранную версию</translation>
    </message>
    <message>
      <source>Say this again</source>
      <translation>Вернуть эту версию</translation>
    </message>
    <message>
      <source>Seal it now</source>
      <translation>Запечатать сейчас</translation>
    </message>
    <message>
      <source>Seal the vault</source>
      <translation>Запечатать хранилище</translation>
    </message>
    <message>
      <source>Seal…</source>
      <translation>Запечатать…</translation>
    </message>
    <message>
      <source>Search the guide</source>
      <translation>Искать в руководстве</translation>
    </message>
    <message>
      <source>Sections</source>
      <translation>Разделы</translation>
    </message>
    <message>
      <source>Sections found</source>
      <translation>Найденные разделы</translation>
    </message>
    <message>
      <source>See the sheet again</source>
      <translation>Показать лист снова</translation>
    </message>
    <message>
      <source>See what is still missing, and how it will print. Draft… writes a file for comments; the head of a visit signs.</source>
      <translation>Посмотрите, чего ещё нет и как это напечатается. «Черновик…» пишет файл для замечаний; подписывает руководитель визита.</translation>
    </message>
    <message>
      <source>See “fieldtool conflicts list”.</source>
      <translation>См. «fieldtool conflicts list».</translation>
    </message>
    <message>
      <source>See “fieldtool history”.</source>
      <translation>См. «fieldtool history».</translation>
    </message>
    <message>
      <source>See “fieldtool list visits”.</source>
      <translation>См. «fieldtool list visits».</translation>
    </message>
    <message>
      <source>See “fieldtool list”.</source>
      <translation>См. «fieldtool list».</translation>
    </message>
    <message>
      <source>See “fieldtool people list”.</source>
      <translation>См. «fieldtool people list».</translation>
    </message>
    <message>
      <source>Send each in a mail of its own, in any order; nobody else can read them. What has arrived their receipts will say.</source>
      <translation>Пошлите каждый отдельным письмом, в любом порядке; никто другой их не прочтёт. Что дошло, скажут квитанции.</translation>
    </message>
    <message>
      <source>Send the identity request to headquarters and open the visit file that comes back.</source>
      <translation>Отправьте запрос в штаб-квартиру и откройте файл визита, который придёт в ответ.</translation>
    </message>
    <message>
      <source>Send them this small file in any way you like; it holds no secret. They send the visit back.</source>
      <translation>Отправьте им этот небольшой файл любым способом: секретов в нём нет. В ответ придёт визит.</translation>
    </message>
    <message>
      <source>Set the official status</source>
      <translation>Установить официальный статус</translation>
    </message>
    <message>
      <source>Set the status</source>
      <translation>Установить</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Настройки</translation>
    </message>
    <message>
      <source>Settle</source>
      <translation>Уладить</translation>
    </message>
    <message>
      <source>Settle the comment, or open it again</source>
      <translation>Закрыть комментарий или открыть снова</translation>
    </message>
    <message>
      <source>Settle the conflict</source>
      <translation>Уладить расхождение</translation>
    </message>
    <message>
      <source>Settle the conflict first, or name the version you saw with --base.</source>
      <translation>Сначала уладьте расхождение или укажите виденную версию: --base.</translation>
    </message>
    <message>
      <source>Settle them first.</source>
      <translation>Сначала уладьте их.</translation>
    </message>
    <message>
      <source>Settle: {name}</source>
      <translation>Уладить: {name}</translation>
    </message>
    <message>
      <source>Set…</source>
      <translation>Установить…</translation>
    </message>
    <message>
      <source>Shareable</source>
      <translation>Для передачи</translation>
    </message>
    <message numerus="yes">
      <source>Show %n more</source>
      <translation>
        <numerusform>Показать ещё %n</numerusform>
        <numerusform>Показать ещё %n</numerusform>
        <numerusform>Показать ещё %n</numerusform>
      </translation>
    </message>
    <message>
      <source>Show the notes of all, not only: {kind}</source>
      <translation>Показать записи всех, а не только: {kind}</translation>
    </message>
    <message>
      <source>Show the passphrase</source>
      <translation>Показать парольную фразу</translation>
    </message>
    <message>
      <source>Sign</source>
      <translation>Подписать</translation>
    </message>
    <message>
      <source>Sign the summary</source>
      <translation>Подписать сводку</translation>
    </message>
    <message>
      <source>Sign with</source>
      <translation>Чем подписать</translation>
    </message>
    <message>
      <source>Sign with your own card, or without one.</source>
      <translation>Подпишите своей картой или без карты.</translation>
    </message>
    <message>
      <source>Sign without a card, or ask for a valid one with an RSA key of 3072 to 4096 bits.</source>
      <translation>Подпишите без карты или попросите действующую, с ключом RSA от 3072 до 4096 бит.</translation>
    </message>
    <message>
      <source>Sign without a card, or send headquarters the card's certificate and take in the visit file that comes back.</source>
      <translation>Подпишите без карты или отправьте штаб-квартире сертификат карты и примите файл визита, который придёт в ответ.</translation>
    </message>
    <message>
      <source>Sign without the card, and ask whoever issued it to unlock it.</source>
      <translation>Подпишите без карты и попросите того, кто её выпустил, разблокировать её.</translation>
    </message>
    <message>
      <source>Sign without the card, or ask whoever issued it for one with an RSA key of 3072 to 4096 bits.</source>
      <translation>Подпишите без карты или попросите того, кто её выпустил, карту с ключом RSA от 3072 до 4096 бит.</translation>
    </message>
    <message>
      <source>Signed by {name}, head of visit, certified by {issuer}</source>
      <translation>Подпись: {name}, руководитель визита; ключ заверен: {issuer}</translation>
    </message>
    <message>
      <source>Signed with the card of {name}, head of visit, certified by {issuer}</source>
      <translation>Подпись картой, владелец: {name}, руководитель визита; ключ заверен: {issuer}</translation>
    </message>
    <message>
      <source>Signed: {file}</source>
      <translation>Подписано: {file}</translation>
    </message>
    <message>
      <source>Signing…</source>
      <translation>Подписание…</translation>
    </message>
    <message>
      <source>Sign…</source>
      <translation>Подписать…</translation>
    </message>
    <message>
      <source>Size of text</source>
      <translation>Размер текста</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>Пропустить</translation>
    </message>
    <message>
      <source>Skip this task</source>
      <translation>Пропустить задание</translation>
    </message>
    <message>
      <source>So many conflicts mostly come from a copied vault, or a list that two people entered. Ask the sender first.</source>
      <translation>Столько расхождений обычно даёт копия хранилища или список, введённый двумя людьми. Сначала спросите отправителя.</translation>
    </message>
    <message>
      <source>So that you know now, and not in a hotel at night, that it can be read.</source>
      <translation>Чтобы узнать сейчас, а не ночью в гостинице, что он читается.</translation>
    </message>
    <message>
      <source>Start the tool in a desktop session; every command works without one.</source>
      <translation>Запустите программу в графическом сеансе; все команды работают и без него.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Состояние</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Статус</translation>
    </message>
    <message>
      <source>Still open</source>
      <translation>Открытые</translation>
    </message>
    <message>
      <source>Stopped as you asked.</source>
      <translation>Остановлено по вашей просьбе.</translation>
    </message>
    <message>
      <source>Stopped as you asked. What is listed here is done; the other files are as they were, and come the next time.</source>
      <translation>Остановлено, как вы просили. Перечисленное здесь сделано; остальные файлы не тронуты, их очередь в следующий раз.</translation>
    </message>
    <message>
      <source>Strength of the passphrase</source>
      <translation>Надёжность парольной фразы</translation>
    </message>
    <message>
      <source>Suggestions</source>
      <translation>Подсказки</translation>
    </message>
    <message>
      <source>Summary</source>
      <translation>Сводка</translation>
    </message>
    <message>
      <source>Take back the last change of this screen</source>
      <translation>Отменить последнее изменение на этом экране</translation>
    </message>
    <message>
      <source>Take in a colleague's file</source>
      <translation>Принять файл коллеги</translation>
    </message>
    <message>
      <source>Take in the newest visit file and try again; without a vault name the authority's certificate with --time-authority.</source>
      <translation>Импортируйте самый новый файл визита и повторите; без хранилища укажите сертификат службы через --time-authority.</translation>
    </message>
    <message>
      <source>Take it back</source>
      <translation>Отменить приём</translation>
    </message>
    <message>
      <source>Take it out; PostgreSQL's own password file (~/.pgpass) or a client certificate proves who you are.</source>
      <translation>Уберите его: кто вы, подтвердит файл паролей PostgreSQL (~/.pgpass) или сертификат клиента.</translation>
    </message>
    <message>
      <source>Take the first version</source>
      <translation>Взять первую версию</translation>
    </message>
    <message>
      <source>Take the second version</source>
      <translation>Взять вторую версию</translation>
    </message>
    <message>
      <source>Take the version of {author}</source>
      <translation>Взять версию: {author}</translation>
    </message>
    <message>
      <source>Take them in</source>
      <translation>Принять</translation>
    </message>
    <message>
      <source>Take them in all the same</source>
      <translation>Всё равно принять</translation>
    </message>
    <message>
      <source>Take this one</source>
      <translation>Взять эту</translation>
    </message>
    <message>
      <source>Take {name} away</source>
      <translation>Убрать: {name}</translation>
    </message>
    <message>
      <source>Taken back: the action point</source>
      <translation>Отменено: пункт действий</translation>
    </message>
    <message>
      <source>Taken back: the change of the meeting</source>
      <translation>Отменено: изменение встречи</translation>
    </message>
    <message>
      <source>Taken back: the comment</source>
      <translation>Отменено: комментарий</translation>
    </message>
    <message>
      <source>Taken back: the correction</source>
      <translation>Отменено: правка</translation>
    </message>
    <message>
      <source>Taken back: the deletion</source>
      <translation>Отменено: удаление</translation>
    </message>
    <message>
      <source>Taken back: the end of the meeting</source>
      <translation>Отменено: завершение встречи</translation>
    </message>
    <message>
      <source>Taken back: the joining of two notes</source>
      <translation>Отменено: слияние двух записей</translation>
    </message>
    <message>
      <source>Taken back: the last change</source>
      <translation>Отменено: последнее изменение</translation>
    </message>
    <message>
      <source>Taken back: the moving of a note</source>
      <translation>Отменено: перемещение записи</translation>
    </message>
    <message>
      <source>Taken back: the note</source>
      <translation>Отменено: запись</translation>
    </message>
    <message>
      <source>Taken back: the official status</source>
      <translation>Отменено: официальный статус</translation>
    </message>
    <message>
      <source>Taken back: the opening of a comment</source>
      <translation>Отменено: повторное открытие комментария</translation>
    </message>
    <message>
      <source>Taken back: the settlement</source>
      <translation>Отменено: решение</translation>
    </message>
    <message>
      <source>Taken back: the settling of a comment</source>
      <translation>Отменено: закрытие комментария</translation>
    </message>
    <message>
      <source>Taken back: the state of the finding</source>
      <translation>Отменено: состояние вывода</translation>
    </message>
    <message>
      <source>Taken back: the text of the section</source>
      <translation>Отменено: текст раздела</translation>
    </message>
    <message>
      <source>Taken back: the words of the finding</source>
      <translation>Отменено: слова вывода</translation>
    </message>
    <message>
      <source>Taken back: your differing view</source>
      <translation>Отменено: ваше особое мнение</translation>
    </message>
    <message>
      <source>Taken in</source>
      <translation>Принято</translation>
    </message>
    <message>
      <source>Taking in…</source>
      <translation>Приём…</translation>
    </message>
    <message>
      <source>Team</source>
      <translation>Группа</translation>
    </message>
    <message>
      <source>Template…</source>
      <translation>Образец…</translation>
    </message>
    <message>
      <source>Text of the section</source>
      <translation>Текст раздела</translation>
    </message>
    <message>
      <source>That is the whole loop</source>
      <translation>Вот и весь круг</translation>
    </message>
    <message>
      <source>The PIN does not open {card}, and the next wrong one locks it.</source>
      <translation>PIN-код не открывает карту {card}; следующий неверный её заблокирует.</translation>
    </message>
    <message>
      <source>The PIN or passphrase does not open {card}, or it is damaged.</source>
      <translation>PIN-код или парольная фраза не открывает {card}, или карта повреждена.</translation>
    </message>
    <message>
      <source>The address of the database holds a password, which everybody on this computer can read there.</source>
      <translation>В адресе базы данных стоит пароль, и его может прочесть каждый на этом компьютере.</translation>
    </message>
    <message>
      <source>The authority says {at} UTC, and a signature in {file} says that it was made later: one of the clocks is wrong.</source>
      <translation>По часам службы {at} UTC, а подпись в {file} говорит, что сделана позже: одни из часов неверны.</translation>
    </message>
    <message>
      <source>The backup is written and was opened once to be sure: {size}.</source>
      <translation>Копия записана и для проверки один раз открыта: {size}.</translation>
    </message>
    <message>
      <source>The card's PIN was not given.</source>
      <translation>PIN-код карты не указан.</translation>
    </message>
    <message>
      <source>The card's file</source>
      <translation>Файл карты</translation>
    </message>
    <message>
      <source>The card's library {module} stopped working; nothing was signed.</source>
      <translation>Библиотека карты {module} перестала работать; ничего не подписано.</translation>
    </message>
    <message>
      <source>The chosen action point is done</source>
      <translation>Выбранный пункт действий выполнен</translation>
    </message>
    <message>
      <source>The chosen recommendation</source>
      <translation>Выбранная рекомендация</translation>
    </message>
    <message>
      <source>The comment is filed.</source>
      <translation>Комментарий записан.</translation>
    </message>
    <message>
      <source>The database cannot be reached: {reason}.</source>
      <translation>База данных недоступна: {reason}.</translation>
    </message>
    <message>
      <source>The database's role {role} cannot be limited to visits: {reason}.</source>
      <translation>Роль базы {role} нельзя ограничить визитами: {reason}.</translation>
    </message>
    <message>
      <source>The eight groups of the recovery sheet</source>
      <translation>Восемь групп листа восстановления</translation>
    </message>
    <message>
      <source>The eight groups, in order</source>
      <translation>Восемь групп по порядку</translation>
    </message>
    <message>
      <source>The field {field} has {count} versions that nobody has settled.</source>
      <translation>У поля {field} неулаженных версий: {count}.</translation>
    </message>
    <message>
      <source>The file from headquarters brings recommendations, team and agenda. You can also do this later, in Exchange.</source>
      <translation>Файл из штаб-квартиры принесёт рекомендации, состав группы и программу. Это можно сделать и позже, на экране «Обмен».</translation>
    </message>
    <message>
      <source>The file is attached</source>
      <translation>Файл приложен</translation>
    </message>
    <message>
      <source>The fingerprint of this request is not the one you were told.</source>
      <translation>Отпечаток запроса не тот, который вам назвали.</translation>
    </message>
    <message>
      <source>The folder of the inbox</source>
      <translation>Папка входящих</translation>
    </message>
    <message>
      <source>The folder of the vault</source>
      <translation>Папка хранилища</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be written.</source>
      <translation>В папку {folder} нельзя писать.</translation>
    </message>
    <message>
      <source>The guide</source>
      <translation>Руководство</translation>
    </message>
    <message>
      <source>The head of the visit has not approved this press text, or the records behind it changed since.</source>
      <translation>Руководитель не утвердил этот текст для прессы, или записи с тех пор изменились.</translation>
    </message>
    <message>
      <source>The head or headquarters decides.</source>
      <translation>Решает руководитель или штаб-квартира.</translation>
    </message>
    <message>
      <source>The library (PKCS#11 module) of the card's own software</source>
      <translation>Библиотека (модуль PKCS#11) программы самой карты</translation>
    </message>
    <message>
      <source>The line is correcting this note: finish that first, with Enter or Esc.</source>
      <translation>Эта запись правится в строке: сначала закончите правку — Enter или Esc.</translation>
    </message>
    <message>
      <source>The lists of revoked certificates do not prove every signature in {file}; missing, out of date, or naming a signer: {names}.</source>
      <translation>Списки отозванных сертификатов доказывают не каждую подпись в {file}; нет, устарел или называет подписавшего список: {names}.</translation>
    </message>
    <message>
      <source>The meeting</source>
      <translation>Встреча</translation>
    </message>
    <message>
      <source>The name “{name}” can be mistaken for {other}, who has a card already.</source>
      <translation>Имя «{name}» можно спутать с {other}: у него уже есть карточка.</translation>
    </message>
    <message>
      <source>The next wrong PIN locks this card.</source>
      <translation>Следующий неверный PIN-код заблокирует эту карту.</translation>
    </message>
    <message>
      <source>The next wrong PIN locks {token}: one from a file is not tried.</source>
      <translation>Следующий неверный PIN-код заблокирует карту {token}: из файла он не берётся.</translation>
    </message>
    <message>
      <source>The organisation has a new root, named by the one before. Its words now: {words}</source>
      <translation>У организации новый корень, названный прежним. Его слова теперь: {words}</translation>
    </message>
    <message>
      <source>The organisation of this file has not been compared yet. Its fingerprint: {words}.</source>
      <translation>Организация этого файла ещё не сверена. Её отпечаток: {words}.</translation>
    </message>
    <message>
      <source>The organisation's fingerprint is not the one you expected.</source>
      <translation>Отпечаток организации не тот, которого вы ждали.</translation>
    </message>
    <message>
      <source>The page appears here.</source>
      <translation>Здесь появится страница.</translation>
    </message>
    <message>
      <source>The passphrase does not open this vault.</source>
      <translation>Эта парольная фраза не открывает хранилище.</translation>
    </message>
    <message>
      <source>The program's blue</source>
      <translation>Синий программы</translation>
    </message>
    <message>
      <source>The reader asks for the PIN itself.</source>
      <translation>PIN-код спросит сам считыватель.</translation>
    </message>
    <message>
      <source>The recommendations as they were read</source>
      <translation>Рекомендации, как они прочитаны</translation>
    </message>
    <message>
      <source>The record {id} is of a kind that only a newer version of the tool knows ({kind}).</source>
      <translation>Объект {id} такого вида, который знает лишь более новая версия программы ({kind}).</translation>
    </message>
    <message>
      <source>The recovery sheet opens the data but not the signing key.</source>
      <translation>Лист восстановления открывает данные, но не ключ подписи.</translation>
    </message>
    <message>
      <source>The request is written.</source>
      <translation>Запрос записан.</translation>
    </message>
    <message>
      <source>The request is written. Send it to headquarters; they answer with the visit file.</source>
      <translation>Запрос записан. Отправьте его в штаб-квартиру: в ответ придёт файл визита.</translation>
    </message>
    <message>
      <source>The rest was taken in. Ask the sender for the file again.</source>
      <translation>Остальное принято. Запросите файл у отправителя снова.</translation>
    </message>
    <message>
      <source>The same passphrase again</source>
      <translation>Та же парольная фраза ещё раз</translation>
    </message>
    <message>
      <source>The sender {name} ({fingerprint}) is not known here; the file is kept in quarantine, unread.</source>
      <translation>Отправитель {name} ({fingerprint}) здесь неизвестен; файл отложен непрочитанным.</translation>
    </message>
    <message>
      <source>The sender's key was revoked by headquarters.</source>
      <translation>Ключ отправителя отозван штаб-квартирой.</translation>
    </message>
    <message>
      <source>The sheet needs a column of numbers and a column of texts under headings.</source>
      <translation>В таблице нужны столбец номеров и столбец текстов под заголовками.</translation>
    </message>
    <message>
      <source>The signature of this bundle does not hold: {detail}.</source>
      <translation>Подпись пакета неверна: {detail}.</translation>
    </message>
    <message>
      <source>The summary is not complete: {missing}.</source>
      <translation>Сводка неполна: {missing}.</translation>
    </message>
    <message>
      <source>The time stamp in {file} cannot be used: {reason}.</source>
      <translation>Метку времени из {file} использовать нельзя: {reason}.</translation>
    </message>
    <message>
      <source>The time-stamp authority has refused: {reason}.</source>
      <translation>Служба меток времени отказала: {reason}.</translation>
    </message>
    <message>
      <source>The two notes belong to different meetings, or the meeting to another visit.</source>
      <translation>Записи относятся к разным встречам или встреча — к другому визиту.</translation>
    </message>
    <message>
      <source>The two passphrases differ. Look at them with the eye, and check the keyboard.</source>
      <translation>Парольные фразы различаются. Откройте их значком глаза и проверьте раскладку.</translation>
    </message>
    <message>
      <source>The vault is damaged: {detail}.</source>
      <translation>Хранилище повреждено: {detail}.</translation>
    </message>
    <message>
      <source>The vault is not sealed: this would give it a new passphrase and new signing keys.</source>
      <translation>Хранилище не запечатано: оно получило бы новую парольную фразу и новые ключи подписи.</translation>
    </message>
    <message>
      <source>The vault of this computer goes for good, private notes and drafts included. Nobody can bring it back.</source>
      <translation>Хранилище на этом компьютере исчезнет навсегда, вместе с личными записями и черновиками. Вернуть его не сможет никто.</translation>
    </message>
    <message>
      <source>The vault of {name} was restored from a backup</source>
      <translation>Хранилище восстановлено из копии: {name}</translation>
    </message>
    <message>
      <source>The words are the same</source>
      <translation>Слова совпадают</translation>
    </message>
    <message>
      <source>The words are the same: accept</source>
      <translation>Слова совпадают: принять</translation>
    </message>
    <message>
      <source>The words are the same: give a card as {role}</source>
      <translation>Слова совпадают: выдать карточку, {role}</translation>
    </message>
    <message>
      <source>The {edition} edition is a plain text and has no pages.</source>
      <translation>Издание «{edition}» — простой текст без страниц.</translation>
    </message>
    <message>
      <source>The {edition} edition would show what it must not: {place}.</source>
      <translation>Издание «{edition}» показало бы лишнее: {place}.</translation>
    </message>
    <message>
      <source>The {field} of {kind} is set by headquarters only.</source>
      <translation>Поле {field} у {kind} определяет только штаб-квартира.</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Тема</translation>
    </message>
    <message>
      <source>There is already a vault in {folder}.</source>
      <translation>В {folder} уже есть хранилище.</translation>
    </message>
    <message>
      <source>There is no RSA key for signing on {token}.</source>
      <translation>На карте {token} нет ключа RSA для подписи.</translation>
    </message>
    <message>
      <source>There is no file in it.</source>
      <translation>Файлов в папке нет.</translation>
    </message>
    <message>
      <source>There is no open conflict {id}.</source>
      <translation>Открытого расхождения {id} нет.</translation>
    </message>
    <message>
      <source>There is no page while this stands in the way.</source>
      <translation>Пока это мешает, страницы нет.</translation>
    </message>
    <message>
      <source>There is no record {id}.</source>
      <translation>Объекта {id} нет.</translation>
    </message>
    <message>
      <source>There is no room left on the disk for {file}.</source>
      <translation>На диске нет места для {file}.</translation>
    </message>
    <message>
      <source>There is no screen to open a window on.</source>
      <translation>Нет экрана, чтобы открыть окно.</translation>
    </message>
    <message>
      <source>There is no vault in the folder {folder}. Choose the folder that holds keys.json and vault.db.</source>
      <translation>В папке {folder} нет хранилища. Выберите папку, где лежат keys.json и vault.db.</translation>
    </message>
    <message>
      <source>There is no vault in {folder}.</source>
      <translation>В {folder} нет хранилища.</translation>
    </message>
    <message>
      <source>There is no version {base} of this field.</source>
      <translation>Версии {base} у этого поля нет.</translation>
    </message>
    <message>
      <source>There is no visit “{visit}”.</source>
      <translation>Визита «{visit}» нет.</translation>
    </message>
    <message>
      <source>There is nothing to do.</source>
      <translation>Делать нечего.</translation>
    </message>
    <message>
      <source>There is nothing to send.</source>
      <translation>Отправлять нечего.</translation>
    </message>
    <message>
      <source>There is nothing to take back here</source>
      <translation>Отменять здесь нечего</translation>
    </message>
    <message>
      <source>These are the groups of another sheet.</source>
      <translation>Это группы другого листа.</translation>
    </message>
    <message>
      <source>They agree</source>
      <translation>Они согласны между собой</translation>
    </message>
    <message>
      <source>They are the same</source>
      <translation>Это одно и то же</translation>
    </message>
    <message>
      <source>They contradict each other</source>
      <translation>Они противоречат друг другу</translation>
    </message>
    <message>
      <source>They differ</source>
      <translation>Слова различаются</translation>
    </message>
    <message>
      <source>This bundle is not addressed to this vault.</source>
      <translation>Этот пакет адресован не этому хранилищу.</translation>
    </message>
    <message>
      <source>This bundle is not whole: {detail}.</source>
      <translation>Пакет неполон: {detail}.</translation>
    </message>
    <message>
      <source>This bundle was changed or damaged on the way: {detail}.</source>
      <translation>Пакет изменён или повреждён в пути: {detail}.</translation>
    </message>
    <message>
      <source>This card cannot sign summaries: {reason}.</source>
      <translation>Эта карта не может подписывать сводки: {reason}.</translation>
    </message>
    <message>
      <source>This card is bound to {other}, not to {name}.</source>
      <translation>Эта карта закреплена за: {other}, а не за: {name}.</translation>
    </message>
    <message>
      <source>This card is locked. Whoever issued it can unlock it.</source>
      <translation>Эта карта заблокирована. Разблокировать её может тот, кто её выпустил.</translation>
    </message>
    <message>
      <source>This certificate cannot stand for a time-stamp authority: {reason}.</source>
      <translation>Этот сертификат не годится для службы меток времени: {reason}.</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Этот компьютер</translation>
    </message>
    <message>
      <source>This database holds the records of another organisation.</source>
      <translation>В этой базе — записи другой организации.</translation>
    </message>
    <message>
      <source>This file belongs to another organisation.</source>
      <translation>Этот файл принадлежит другой организации.</translation>
    </message>
    <message>
      <source>This file was written by a newer version of the tool ({found}).</source>
      <translation>Файл записан более новой версией программы ({found}).</translation>
    </message>
    <message>
      <source>This identity request is damaged or was altered.</source>
      <translation>Запрос на карточку повреждён или изменён.</translation>
    </message>
    <message>
      <source>This import can no longer be undone: {reason}.</source>
      <translation>Этот импорт уже нельзя отменить: {reason}.</translation>
    </message>
    <message>
      <source>This import would raise {count} conflicts.</source>
      <translation>Этот импорт вызвал бы расхождений: {count}.</translation>
    </message>
    <message>
      <source>This is a bug in the tool, not a fault of yours. Nothing is lost. A report without your words: {path}</source>
      <translation>Это ошибка программы, а не ваша. Ничего не потеряно. Отчёт без ваших слов: {path}</translation>
    </message>
    <message>
      <source>This recovery sheet does not open this vault.</source>
      <translation>Этот лист восстановления не открывает хранилище.</translation>
    </message>
    <message>
      <source>This vault has no card yet, so nobody could verify what it sends.</source>
      <translation>У хранилища ещё нет карточки, и отправленное никто не сможет проверить.</translation>
    </message>
    <message>
      <source>This vault is open in another window or command.</source>
      <translation>Хранилище открыто в другом окне или команде.</translation>
    </message>
    <message>
      <source>This vault is sealed: the passphrase no longer opens it.</source>
      <translation>Хранилище запечатано: парольная фраза больше не открывает его.</translation>
    </message>
    <message>
      <source>This vault lacks what it had</source>
      <translation>В хранилище нет того, что в нём было</translation>
    </message>
    <message>
      <source>This vault was not open on this computer before</source>
      <translation>На этом компьютере хранилище раньше не открывали</translation>
    </message>
    <message>
      <source>This vault was written by a newer version of the tool (format {found}, known: {known}).</source>
      <translation>Хранилище записано более новой версией программы (формат {found}, известен {known}).</translation>
    </message>
    <message>
      <source>Throw away</source>
      <translation>Выбросить</translation>
    </message>
    <message>
      <source>Throw {file} away</source>
      <translation>Выбросить {file}</translation>
    </message>
    <message>
      <source>Tie a note to a recommendation</source>
      <translation>Привязать запись к рекомендации</translation>
    </message>
    <message>
      <source>To be done</source>
      <translation>Сделать</translation>
    </message>
    <message>
      <source>Tomas wrote about a meeting that you wrote about, too. Look at what his file brings, then take it in.</source>
      <translation>Томас написал о встрече, о которой написали и вы. Посмотрите, что приносит его файл, и примите его.</translation>
    </message>
    <message>
      <source>Too short to hold out. Add a word that nobody expects.</source>
      <translation>Слишком коротко. Добавьте слово, которого никто не ждёт.</translation>
    </message>
    <message>
      <source>Try again when they have finished; what was taken in until now stays.</source>
      <translation>Повторите, когда он закончит; принятое до сих пор остаётся.</translation>
    </message>
    <message>
      <source>Try the sample visit</source>
      <translation>Посмотреть пробный визит</translation>
    </message>
    <message>
      <source>Two copies of the vault of {name} are in use</source>
      <translation>Используются две копии хранилища: {name}</translation>
    </message>
    <message>
      <source>Two copies of your vault are in use</source>
      <translation>Используются две копии вашего хранилища</translation>
    </message>
    <message>
      <source>Two of you wrote this without seeing the other's. Marked is what only one of them says.</source>
      <translation>Двое написали это, не видя друг друга. Выделено то, что есть только у одного.</translation>
    </message>
    <message>
      <source>Two {kind}, {why}: are they one?</source>
      <translation>Две записи ({kind}), {why}: это одно и то же?</translation>
    </message>
    <message>
      <source>Type what is said</source>
      <translation>Пишите, что говорят</translation>
    </message>
    <message>
      <source>Type your passphrase first.</source>
      <translation>Сначала введите парольную фразу.</translation>
    </message>
    <message>
      <source>Undo edits</source>
      <translation>Отменить правку</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>Открыть</translation>
    </message>
    <message>
      <source>Unlock the vault</source>
      <translation>Откройте хранилище</translation>
    </message>
    <message>
      <source>Unlocking…</source>
      <translation>Открывается…</translation>
    </message>
    <message>
      <source>Untie {key}</source>
      <translation>Отвязать {key}</translation>
    </message>
    <message>
      <source>Use sslmode=verify-full with the server's root certificate, or a socket on the server itself.</source>
      <translation>Укажите sslmode=verify-full и корневой сертификат сервера или сокет на самом сервере.</translation>
    </message>
    <message>
      <source>Use the recovery sheet</source>
      <translation>Лист восстановления</translation>
    </message>
    <message>
      <source>Use the recovery sheet…</source>
      <translation>Лист восстановления…</translation>
    </message>
    <message>
      <source>Verify a file</source>
      <translation>Проверить файл</translation>
    </message>
    <message>
      <source>Versions</source>
      <translation>Версии</translation>
    </message>
    <message>
      <source>Visit</source>
      <translation>Визит</translation>
    </message>
    <message>
      <source>Visit summary</source>
      <translation>Сводка визита</translation>
    </message>
    <message>
      <source>Visits</source>
      <translation>Визиты</translation>
    </message>
    <message>
      <source>Voter
register</source>
      <translation>Реестр
избир.</translation>
    </message>
    <message numerus="yes">
      <source>Wait %n second(s)</source>
      <translation>
        <numerusform>Подождите %n секунду</numerusform>
        <numerusform>Подождите %n секунды</numerusform>
        <numerusform>Подождите %n секунд</numerusform>
      </translation>
    </message>
    <message>
      <source>Waiting for you</source>
      <translation>Ждёт вас</translation>
    </message>
    <message>
      <source>What both wrote is kept. Ask {name} to go on with one, to hand over what the other has, and to wipe it.</source>
      <translation>Написанное в обеих сохранено. Попросите {name} продолжать в одной, передать то, что есть в другой, и стереть её.</translation>
    </message>
    <message>
      <source>What both wrote is kept. Go on with one of them only, hand over what the other has, and wipe it there.</source>
      <translation>Написанное в обеих сохранено. Продолжайте только в одной, передайте то, что есть в другой, и сотрите её.</translation>
    </message>
    <message>
      <source>What earlier reports found stays listed.</source>
      <translation>Сказанное в прежних отчётах остаётся в списке.</translation>
    </message>
    <message>
      <source>What goes to this database would travel unencrypted (sslmode {mode}).</source>
      <translation>Данные шли бы в эту базу без шифрования (sslmode {mode}).</translation>
    </message>
    <message>
      <source>What the files would bring</source>
      <translation>Что принесут файлы</translation>
    </message>
    <message>
      <source>What the notes say</source>
      <translation>Что в записях</translation>
    </message>
    <message>
      <source>What the visit finds on this recommendation</source>
      <translation>К чему пришёл визит по этой рекомендации</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>Найденное</translation>
    </message>
    <message>
      <source>What you had typed is kept. Esc forgets it.</source>
      <translation>Набранное сохранено. Esc его забудет.</translation>
    </message>
    <message>
      <source>What you were typing is kept; you return to the same word.</source>
      <translation>Набранное сохранено: вы вернётесь к тому же слову.</translation>
    </message>
    <message>
      <source>Where one is not enough: several numbered files, to be taken in alone and in any order.</source>
      <translation>Если одного мало, будет несколько пронумерованных файлов: каждый берётся отдельно и в любом порядке.</translation>
    </message>
    <message>
      <source>Where that is wanted, say so with --new-keys, and ask headquarters for a new card afterwards.</source>
      <translation>Если это нужно, укажите --new-keys, а потом попросите у штаб-квартиры новую карточку.</translation>
    </message>
    <message>
      <source>Where the backup goes</source>
      <translation>Куда записать копию</translation>
    </message>
    <message>
      <source>Where the signed summary goes</source>
      <translation>Куда записать подписанную сводку</translation>
    </message>
    <message>
      <source>Where you see it otherwise</source>
      <translation>В чём вы не согласны</translation>
    </message>
    <message>
      <source>Which</source>
      <translation>Какие</translation>
    </message>
    <message>
      <source>Whom you meet is missing.</source>
      <translation>Не указано, с кем встреча.</translation>
    </message>
    <message>
      <source>Wipe it for good</source>
      <translation>Стереть навсегда</translation>
    </message>
    <message>
      <source>Wipe the vault</source>
      <translation>Стереть хранилище</translation>
    </message>
    <message>
      <source>Wipe…</source>
      <translation>Стереть…</translation>
    </message>
    <message>
      <source>Words of the organisation</source>
      <translation>Слова организации</translation>
    </message>
    <message>
      <source>Works offline. Nothing leaves this computer by itself.</source>
      <translation>Работает без связи. Само отсюда ничего не уходит.</translation>
    </message>
    <message>
      <source>Write a draft</source>
      <translation>Записать черновик</translation>
    </message>
    <message>
      <source>Write a draft of the summary</source>
      <translation>Записать черновик сводки</translation>
    </message>
    <message>
      <source>Write a request for this very file at this installation, or choose the file that the request was written for.</source>
      <translation>Запишите запрос именно для этого файла на этой установке или выберите файл, для которого запрос записан.</translation>
    </message>
    <message>
      <source>Write a table</source>
      <translation>Записать таблицу</translation>
    </message>
    <message>
      <source>Write it in numbered files: “fieldtool export bundle --max-size 500MB”; nothing was written.</source>
      <translation>Запишите это в пронумерованные файлы: «fieldtool export bundle --max-size 500MB»; ничего не записано.</translation>
    </message>
    <message>
      <source>Write the file</source>
      <translation>Записать файл</translation>
    </message>
    <message>
      <source>Write the file…</source>
      <translation>Записать файл…</translation>
    </message>
    <message>
      <source>Write the finding</source>
      <translation>Написать вывод</translation>
    </message>
    <message>
      <source>Write the press text</source>
      <translation>Записать текст для прессы</translation>
    </message>
    <message>
      <source>Write the press text…</source>
      <translation>Записать текст для прессы…</translation>
    </message>
    <message>
      <source>Writing the file…</source>
      <translation>Файл записывается…</translation>
    </message>
    <message>
      <source>YYYY-MM-DD</source>
      <translation>ГГГГ-ММ-ДД</translation>
    </message>
    <message>
      <source>You approve these words for the press, exactly as they read now.</source>
      <translation>Вы утверждаете этот текст для прессы слово в слово.</translation>
    </message>
    <message>
      <source>You heard different things</source>
      <translation>Вы слышали разное</translation>
    </message>
    <message>
      <source>You wrote yours</source>
      <translation>Вы написали свою версию</translation>
    </message>
    <message>
      <source>Your answer</source>
      <translation>Ваш ответ</translation>
    </message>
    <message>
      <source>Your fingerprint</source>
      <translation>Ваш отпечаток</translation>
    </message>
    <message>
      <source>Your fingerprint, to be read out when headquarters calls</source>
      <translation>Ваш отпечаток: прочтите его, когда позвонит штаб-квартира</translation>
    </message>
    <message>
      <source>Your identity</source>
      <translation>Ваша карточка</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>Ваше имя</translation>
    </message>
    <message>
      <source>Your name in Latin letters</source>
      <translation>Имя латиницей</translation>
    </message>
    <message>
      <source>Your name is missing: headquarters puts it on your card.</source>
      <translation>Не указано имя: штаб-квартира впишет его в карточку.</translation>
    </message>
    <message>
      <source>Your recovery sheet</source>
      <translation>Ваш лист восстановления</translation>
    </message>
    <message>
      <source>Your vault</source>
      <translation>Ваше хранилище</translation>
    </message>
    <message>
      <source>a change is written field=value</source>
      <translation>изменение записывают так: поле=значение</translation>
    </message>
    <message>
      <source>a draft cannot be signed</source>
      <translation>черновик подписать нельзя</translation>
    </message>
    <message>
      <source>a file in it is not the one that its manifest names</source>
      <translation>один из файлов внутри — не тот, что назван в описи</translation>
    </message>
    <message>
      <source>a filter is written field=value</source>
      <translation>отбор записывают так: поле=значение</translation>
    </message>
    <message>
      <source>a page of it does not hold what was written there</source>
      <translation>на одной из страниц не то, что было записано</translation>
    </message>
    <message>
      <source>a receipt: it confirms what they have</source>
      <translation>квитанция: подтверждает полученное</translation>
    </message>
    <message>
      <source>a sealed part cannot be read</source>
      <translation>закрытая часть не читается</translation>
    </message>
    <message>
      <source>a segment is not signed by the key it names</source>
      <translation>часть подписана не тем ключом, который назван в ней</translation>
    </message>
    <message>
      <source>a segment is not what its name says</source>
      <translation>часть не соответствует своему имени</translation>
    </message>
    <message>
      <source>a segment stands in it twice</source>
      <translation>одна часть стоит дважды</translation>
    </message>
    <message>
      <source>a size is written 10MB</source>
      <translation>размер записывают так: 10MB</translation>
    </message>
    <message>
      <source>a speaker without a name</source>
      <translation>собеседник без имени</translation>
    </message>
    <message>
      <source>a time-stamp authority that is believed here vouches for it (PAdES B-T)</source>
      <translation>за время ручается служба меток времени, которой здесь верят (PAdES B-T)</translation>
    </message>
    <message>
      <source>accepts</source>
      <translation>принимает</translation>
    </message>
    <message>
      <source>addressed, not raised</source>
      <translation>адресована, не поднята</translation>
    </message>
    <message>
      <source>after the upgrade something is missing; {file} is the database as it was</source>
      <translation>после обновления чего-то не хватает; прежняя база данных — в {file}</translation>
    </message>
    <message>
      <source>all settled</source>
      <translation>все закрыты</translation>
    </message>
    <message>
      <source>all there</source>
      <translation>всё на месте</translation>
    </message>
    <message>
      <source>all were raised</source>
      <translation>поднимались все</translation>
    </message>
    <message>
      <source>an attachment is not the one its name says</source>
      <translation>вложение не соответствует своему имени</translation>
    </message>
    <message>
      <source>an identity request of {name}: {words}</source>
      <translation>запрос на карточку, {name}: {words}</translation>
    </message>
    <message>
      <source>answer</source>
      <translation>ответ</translation>
    </message>
    <message>
      <source>at the same time</source>
      <translation>в одно время</translation>
    </message>
    <message>
      <source>changes: {changes}, parts: {segments}, attachments: {blobs}</source>
      <translation>изменений: {changes}, частей: {segments}, вложений: {blobs}</translation>
    </message>
    <message>
      <source>choose</source>
      <translation>выбрать</translation>
    </message>
    <message>
      <source>comment</source>
      <translation>комментарий</translation>
    </message>
    <message>
      <source>complete</source>
      <translation>готово</translation>
    </message>
    <message>
      <source>confirmed</source>
      <translation>подтверждено</translation>
    </message>
    <message>
      <source>confirmed by headquarters</source>
      <translation>подтверждено штаб-квартирой</translation>
    </message>
    <message>
      <source>conflict {number} of {total}</source>
      <translation>расхождение {number} из {total}</translation>
    </message>
    <message>
      <source>contradicted</source>
      <translation>есть противоречие</translation>
    </message>
    <message>
      <source>d MMM yyyy</source>
      <translation>d MMM yyyy</translation>
    </message>
    <message>
      <source>d MMMM</source>
      <translation>d MMMM</translation>
    </message>
    <message>
      <source>d MMMM, HH:mm</source>
      <translation>d MMMM, HH:mm</translation>
    </message>
    <message>
      <source>day {number} of {total}</source>
      <translation>день {number} из {total}</translation>
    </message>
    <message>
      <source>ddd d MMMM</source>
      <translation>ddd d MMMM</translation>
    </message>
    <message>
      <source>dddd d MMMM</source>
      <translation>dddd, d MMMM</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>удалено</translation>
    </message>
    <message>
      <source>deleted here, edited there</source>
      <translation>у одного удалено, у другого изменено</translation>
    </message>
    <message>
      <source>discussed here</source>
      <translation>обсуждалась здесь</translation>
    </message>
    <message>
      <source>draft</source>
      <translation>черновик</translation>
    </message>
    <message>
      <source>draft kept {time}</source>
      <translation>черновик сохранён {time}</translation>
    </message>
    <message>
      <source>due {day}</source>
      <translation>срок {day}</translation>
    </message>
    <message>
      <source>edit freely; what each side alone says stays marked until you save</source>
      <translation>правьте свободно; слова каждой стороны выделены до сохранения</translation>
    </message>
    <message>
      <source>encrypted, and test-restored before it counts</source>
      <translation>зашифрована и проверена открытием</translation>
    </message>
    <message>
      <source>everybody agrees</source>
      <translation>расхождений нет</translation>
    </message>
    <message>
      <source>everything in it is here already</source>
      <translation>всё из него уже здесь</translation>
    </message>
    <message>
      <source>everything is handed over</source>
      <translation>всё передано</translation>
    </message>
    <message>
      <source>everything that proves it later on is inside, under that time stamp (PAdES B-LTA)</source>
      <translation>всё, чем это можно доказать впоследствии, внутри, под этой меткой времени (PAdES B-LTA)</translation>
    </message>
    <message>
      <source>everything you wrote is in a file</source>
      <translation>всё написанное вами в файле</translation>
    </message>
    <message>
      <source>files {numbers}</source>
      <translation>файлы {numbers}</translation>
    </message>
    <message>
      <source>from {name}</source>
      <translation>от: {name}</translation>
    </message>
    <message>
      <source>hand-over</source>
      <translation>передача</translation>
    </message>
    <message>
      <source>handed over</source>
      <translation>передано</translation>
    </message>
    <message>
      <source>handed over, no receipt yet</source>
      <translation>переданы, квитанции нет</translation>
    </message>
    <message>
      <source>headquarters has counter-signed it already</source>
      <translation>вторая подпись штаб-квартиры уже стоит</translation>
    </message>
    <message>
      <source>here already: {count}</source>
      <translation>уже есть: {count}</translation>
    </message>
    <message>
      <source>high: for sunlight and weak eyes</source>
      <translation>высокий: для яркого солнца и слабых глаз</translation>
    </message>
    <message>
      <source>how far what you wrote has got</source>
      <translation>как далеко дошло написанное вами</translation>
    </message>
    <message>
      <source>in force</source>
      <translation>действует</translation>
    </message>
    <message>
      <source>in force after the next lock</source>
      <translation>после следующей блокировки</translation>
    </message>
    <message>
      <source>in part</source>
      <translation>частично</translation>
    </message>
    <message>
      <source>installation {id}</source>
      <translation>установка {id}</translation>
    </message>
    <message>
      <source>it belongs to another vault</source>
      <translation>от другого хранилища</translation>
    </message>
    <message>
      <source>it brought nothing new</source>
      <translation>нового не пришло</translation>
    </message>
    <message>
      <source>it carries no signature</source>
      <translation>подписи нет</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>нет ответа</translation>
    </message>
    <message>
      <source>it does not begin like one</source>
      <translation>начало не такое, как должно быть</translation>
    </message>
    <message>
      <source>it does not hold as much as its manifest says</source>
      <translation>внутри меньше, чем сказано в описи</translation>
    </message>
    <message>
      <source>it does not issue certificates: take the root or issuing one of the authority</source>
      <translation>он не выпускает сертификатов: возьмите корневой или выпускающий сертификат службы</translation>
    </message>
    <message>
      <source>it ends in the middle of its container</source>
      <translation>обрывается посреди контейнера</translation>
    </message>
    <message>
      <source>it ends in the middle of its encryption</source>
      <translation>обрывается посреди шифра</translation>
    </message>
    <message>
      <source>it holds no key with its certificate</source>
      <translation>внутри нет ключа с сертификатом</translation>
    </message>
    <message>
      <source>it holds other files than its manifest names</source>
      <translation>внутри не те файлы, что названы в описи</translation>
    </message>
    <message>
      <source>it holds something else than objects</source>
      <translation>внутри не только объекты</translation>
    </message>
    <message>
      <source>it is bound to {name} already</source>
      <translation>её ключ уже закреплён, владелец: {name}</translation>
    </message>
    <message>
      <source>it is damaged and cannot be read as a PDF</source>
      <translation>файл повреждён и не читается как PDF</translation>
    </message>
    <message>
      <source>it is empty</source>
      <translation>пусто</translation>
    </message>
    <message>
      <source>it is encrypted in a way that is no longer safe</source>
      <translation>зашифровано способом, который больше не надёжен</translation>
    </message>
    <message>
      <source>it is larger than the format allows</source>
      <translation>больше, чем допускает формат</translation>
    </message>
    <message>
      <source>it is no PKCS#12 file</source>
      <translation>это не файл PKCS#12</translation>
    </message>
    <message>
      <source>it is no certificate that can be read</source>
      <translation>это не сертификат, который можно прочесть</translation>
    </message>
    <message>
      <source>it is not JSON</source>
      <translation>это не JSON</translation>
    </message>
    <message>
      <source>it is not UTF-8 text</source>
      <translation>это не текст UTF-8</translation>
    </message>
    <message>
      <source>it is not for signing</source>
      <translation>не предназначено для подписи</translation>
    </message>
    <message>
      <source>it is not sealed</source>
      <translation>не запечатано</translation>
    </message>
    <message>
      <source>it is of a kind that verifiers refuse</source>
      <translation>она такого вида, который отвергают проверяющие</translation>
    </message>
    <message>
      <source>it is signed by a certificate that the organisation did not issue</source>
      <translation>подписано сертификатом, который выдала не эта организация</translation>
    </message>
    <message>
      <source>it is signed in the clear and cannot be dropped</source>
      <translation>подписано открытым текстом, изъять нельзя</translation>
    </message>
    <message>
      <source>it is signed with a certificate that is not for bundles</source>
      <translation>подписано сертификатом не для пакетов</translation>
    </message>
    <message>
      <source>it is still sealed</source>
      <translation>ещё запечатано</translation>
    </message>
    <message>
      <source>it is valid from {first} to {last} only</source>
      <translation>срок действия — только с {first} по {last}</translation>
    </message>
    <message>
      <source>it names another sender than the one who signed it</source>
      <translation>назван не тот отправитель, который подписал</translation>
    </message>
    <message>
      <source>it ran out on {day}</source>
      <translation>срок действия истёк {day}</translation>
    </message>
    <message>
      <source>it stands above the tables' policies</source>
      <translation>на неё не действуют политики таблиц</translation>
    </message>
    <message>
      <source>its RSA key has {bits} bits, not {least} to {most}</source>
      <translation>ключ RSA — {bits} бит, а нужно от {least} до {most}</translation>
    </message>
    <message>
      <source>its address cannot be read</source>
      <translation>адрес не читается</translation>
    </message>
    <message>
      <source>its address does not begin with postgresql://</source>
      <translation>адрес начинается не с postgresql://</translation>
    </message>
    <message>
      <source>its certificate is of another key</source>
      <translation>сертификат — от другого ключа</translation>
    </message>
    <message>
      <source>its certificates take more room than there is</source>
      <translation>её сертификаты занимают больше места, чем отведено</translation>
    </message>
    <message>
      <source>its content has not come yet</source>
      <translation>содержимое ещё не пришло</translation>
    </message>
    <message>
      <source>its encryption does not hold, as when a copy was cut short</source>
      <translation>шифр не сходится, как бывает, когда копия оборвана</translation>
    </message>
    <message>
      <source>its file is cut short</source>
      <translation>файл оборван</translation>
    </message>
    <message>
      <source>its first signature does not certify the document as the head of the visit's</source>
      <translation>первая подпись не заверяет документ как подпись руководителя визита</translation>
    </message>
    <message>
      <source>its key is neither RSA of {bits} bits or more nor of an elliptic curve</source>
      <translation>ключ не RSA от {bits} бит и не на эллиптической кривой</translation>
    </message>
    <message>
      <source>its key is not RSA</source>
      <translation>ключ не RSA</translation>
    </message>
    <message>
      <source>its segments are not a zstd frame</source>
      <translation>части записаны не в формате zstd</translation>
    </message>
    <message>
      <source>its segments cannot be unpacked</source>
      <translation>части не распаковываются</translation>
    </message>
    <message>
      <source>its segments declare no size, no checksum, or more than the format allows</source>
      <translation>у частей не указан размер или контрольная сумма, или они больше, чем допускает формат</translation>
    </message>
    <message>
      <source>its signature cannot be checked</source>
      <translation>её подпись нельзя проверить</translation>
    </message>
    <message>
      <source>its signature does not hold</source>
      <translation>её подпись неверна</translation>
    </message>
    <message>
      <source>its signature fields are not the expected ones</source>
      <translation>поля подписей — не те, что должны быть</translation>
    </message>
    <message>
      <source>its signer's certificate is not for time stamps alone</source>
      <translation>сертификат подписавшего — не только для меток времени</translation>
    </message>
    <message>
      <source>its time stamp is of an authority that is not believed here</source>
      <translation>метка времени в нём — от службы, которой здесь не верят</translation>
    </message>
    <message>
      <source>its time stamp is older than a signature under it says that it is</source>
      <translation>метка времени в нём старше, чем говорит о себе подпись под ней</translation>
    </message>
    <message>
      <source>its title or other data about it do not match</source>
      <translation>название или другие сведения о документе не совпадают</translation>
    </message>
    <message>
      <source>kind of note</source>
      <translation>вид записи</translation>
    </message>
    <message>
      <source>known are {known}</source>
      <translation>возможны {known}</translation>
    </message>
    <message>
      <source>later changes build on it</source>
      <translation>на этом основаны более поздние изменения</translation>
    </message>
    <message>
      <source>line {line}</source>
      <translation>строка {line}</translation>
    </message>
    <message>
      <source>marking of this note</source>
      <translation>гриф этой записи</translation>
    </message>
    <message>
      <source>never</source>
      <translation>нет</translation>
    </message>
    <message>
      <source>next: {title}, {time}</source>
      <translation>дальше: {title}, {time}</translation>
    </message>
    <message>
      <source>no card yet</source>
      <translation>карточки пока нет</translation>
    </message>
    <message>
      <source>no file was named</source>
      <translation>файл не назван</translation>
    </message>
    <message>
      <source>no limit</source>
      <translation>без предела</translation>
    </message>
    <message>
      <source>no meetings</source>
      <translation>встреч нет</translation>
    </message>
    <message>
      <source>no position</source>
      <translation>нет позиции</translation>
    </message>
    <message>
      <source>no time-stamp authority vouches for the time (PAdES B-B)</source>
      <translation>время не подтверждено службой меток времени (PAdES B-B)</translation>
    </message>
    <message>
      <source>nobody met yet</source>
      <translation>встреч ещё не было</translation>
    </message>
    <message>
      <source>none of them priority</source>
      <translation>приоритетных среди них нет</translation>
    </message>
    <message>
      <source>not approved yet</source>
      <translation>ещё не утверждён</translation>
    </message>
    <message>
      <source>not raised in this meeting</source>
      <translation>на этой встрече не поднималась</translation>
    </message>
    <message>
      <source>not signed yet</source>
      <translation>ещё не подписана</translation>
    </message>
    <message>
      <source>not written yet</source>
      <translation>ещё не написан</translation>
    </message>
    <message>
      <source>not yet confirmed by headquarters</source>
      <translation>штаб-квартирой пока не подтверждено</translation>
    </message>
    <message>
      <source>not yet discussed</source>
      <translation>ещё не обсуждалась</translation>
    </message>
    <message>
      <source>notes</source>
      <translation>к сведению</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>ничего</translation>
    </message>
    <message>
      <source>nothing waits</source>
      <translation>ничего не ждёт</translation>
    </message>
    <message>
      <source>of the same name</source>
      <translation>с одним названием</translation>
    </message>
    <message>
      <source>on the draft</source>
      <translation>к черновику</translation>
    </message>
    <message>
      <source>on {when} UTC by the signer's clock</source>
      <translation>{when} UTC по часам подписавшего</translation>
    </message>
    <message>
      <source>only here</source>
      <translation>только здесь</translation>
    </message>
    <message>
      <source>only its first bytes have come</source>
      <translation>пришли только первые байты</translation>
    </message>
    <message>
      <source>only who leads a visit signs its summary</source>
      <translation>сводку подписывает только тот, кто ведёт визит</translation>
    </message>
    <message>
      <source>open</source>
      <translation>открыт</translation>
    </message>
    <message>
      <source>other</source>
      <translation>прочая</translation>
    </message>
    <message>
      <source>overdue</source>
      <translation>просрочено</translation>
    </message>
    <message>
      <source>packed</source>
      <translation>упаковано</translation>
    </message>
    <message>
      <source>page {number}</source>
      <translation>страница {number}</translation>
    </message>
    <message>
      <source>page {number} of {total}</source>
      <translation>страница {number} из {total}</translation>
    </message>
    <message>
      <source>page {page}</source>
      <translation>стр. {page}</translation>
    </message>
    <message>
      <source>parts by others, whose signatures only a vault with their cards can check: {count}</source>
      <translation>частей других авторов, чьи подписи проверит только хранилище с их карточками: {count}</translation>
    </message>
    <message>
      <source>parts that only a newer version of this tool can read and check: {count}</source>
      <translation>частей, которые прочтёт и проверит только более новая версия программы: {count}</translation>
    </message>
    <message>
      <source>pasted</source>
      <translation>вставка</translation>
    </message>
    <message>
      <source>position on the chosen recommendations</source>
      <translation>позиция по выбранным рекомендациям</translation>
    </message>
    <message>
      <source>press</source>
      <translation>пресса</translation>
    </message>
    <message>
      <source>priority</source>
      <translation>приоритетная</translation>
    </message>
    <message>
      <source>put aside</source>
      <translation>отложен</translation>
    </message>
    <message>
      <source>quoted, never edited</source>
      <translation>цитата, не правится</translation>
    </message>
    <message>
      <source>receipt</source>
      <translation>квитанция</translation>
    </message>
    <message>
      <source>recommendations</source>
      <translation>рекомендации</translation>
    </message>
    <message>
      <source>rejects</source>
      <translation>отклоняет</translation>
    </message>
    <message>
      <source>rule of attribution for this note</source>
      <translation>правило цитирования для этой записи</translation>
    </message>
    <message>
      <source>saved</source>
      <translation>сохранено</translation>
    </message>
    <message>
      <source>says done</source>
      <translation>уже сделано</translation>
    </message>
    <message>
      <source>seal: nobody opens it without the sheet; wipe: nothing stays</source>
      <translation>запечатать: без листа не открыть; стереть: ничего не останется</translation>
    </message>
    <message>
      <source>sent to {names}</source>
      <translation>отправлен: {names}</translation>
    </message>
    <message>
      <source>set by the next observation activity</source>
      <translation>определит следующее наблюдение</translation>
    </message>
    <message>
      <source>set by the next observation activity, never by a visit</source>
      <translation>определяет следующее наблюдение, а не визит</translation>
    </message>
    <message>
      <source>set by {report}, {day}</source>
      <translation>определено: {report}, {day}</translation>
    </message>
    <message>
      <source>settled</source>
      <translation>закрыт</translation>
    </message>
    <message>
      <source>signed</source>
      <translation>подписана</translation>
    </message>
    <message>
      <source>signed by {name}, {when}</source>
      <translation>подписана: {name}, {when}</translation>
    </message>
    <message>
      <source>since the last hand-over</source>
      <translation>после последней передачи</translation>
    </message>
    <message>
      <source>something was added or changed after the last signature</source>
      <translation>после последней подписи что-то добавлено или изменено</translation>
    </message>
    <message>
      <source>something was sent or confirmed since</source>
      <translation>с тех пор что-то отправлено или подтверждено</translation>
    </message>
    <message>
      <source>speaker</source>
      <translation>собеседник</translation>
    </message>
    <message>
      <source>stage {number} of {total}</source>
      <translation>ступень {number} из {total}</translation>
    </message>
    <message>
      <source>summary</source>
      <translation>сводка</translation>
    </message>
    <message>
      <source>tables are written as {formats}</source>
      <translation>таблицы записываются как {formats}</translation>
    </message>
    <message>
      <source>the attached record is missing or is not the one of this document</source>
      <translation>приложенной записи нет, или она не от этого документа</translation>
    </message>
    <message>
      <source>the attached record is not the one whose number is printed on its pages</source>
      <translation>приложенная запись — не та, чьё число напечатано на страницах</translation>
    </message>
    <message>
      <source>the attached record matches</source>
      <translation>приложенная запись совпадает</translation>
    </message>
    <message>
      <source>the backup does not hold what was written</source>
      <translation>в резервной копии не то, что было записано</translation>
    </message>
    <message>
      <source>the copy does not hold what was written</source>
      <translation>в копии не то, что было записано</translation>
    </message>
    <message>
      <source>the disk does not answer</source>
      <translation>диск не отвечает</translation>
    </message>
    <message>
      <source>the disk gave back other bytes than were written</source>
      <translation>диск вернул не те байты, что были записаны</translation>
    </message>
    <message>
      <source>the disk reports an error</source>
      <translation>диск сообщает об ошибке</translation>
    </message>
    <message>
      <source>the file was exchanged while it was read</source>
      <translation>файл подменили, пока он читался</translation>
    </message>
    <message>
      <source>the least is {size} bytes</source>
      <translation>наименьший — {size} байт</translation>
    </message>
    <message>
      <source>the organisation's old root did not name this successor</source>
      <translation>прежний корень организации не называл этого преемника</translation>
    </message>
    <message>
      <source>the organisation's roots do not follow each other</source>
      <translation>корни организации не следуют один из другого</translation>
    </message>
    <message>
      <source>the record differs from the one kept in the ledger</source>
      <translation>запись отличается от той, что хранится в журнале</translation>
    </message>
    <message>
      <source>the server has no such role</source>
      <translation>на сервере нет такой роли</translation>
    </message>
    <message>
      <source>the signature does not hold: the file was changed after signing</source>
      <translation>подпись не сходится: файл изменён после подписания</translation>
    </message>
    <message>
      <source>there is no such import</source>
      <translation>такого приёма не было</translation>
    </message>
    <message>
      <source>to {names}</source>
      <translation>кому: {names}</translation>
    </message>
    <message>
      <source>two versions</source>
      <translation>две версии</translation>
    </message>
    <message>
      <source>unchanged since</source>
      <translation>с тех пор без изменений</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>неизвестно</translation>
    </message>
    <message>
      <source>waiting to be settled</source>
      <translation>нужно решить</translation>
    </message>
    <message>
      <source>what colleagues compare when they call</source>
      <translation>что сверяют по телефону</translation>
    </message>
    <message>
      <source>what was read together of a record is not what was written</source>
      <translation>прочитанное об одном объекте не совпадает с записанным</translation>
    </message>
    <message>
      <source>what would be lost or found if this computer were taken</source>
      <translation>что пропадёт или найдётся, если компьютер отнимут</translation>
    </message>
    <message>
      <source>who has spoken on what, meetings {first}–{last}</source>
      <translation>кто о чём говорил, встречи {first}–{last}</translation>
    </message>
    <message>
      <source>whole and unchanged</source>
      <translation>цел и не изменён</translation>
    </message>
    <message>
      <source>with priority: {count}</source>
      <translation>приоритетных: {count}</translation>
    </message>
    <message>
      <source>{authority} saw it on {when} UTC</source>
      <translation>{authority} видела её {when} UTC</translation>
    </message>
    <message>
      <source>{author} proposes: {field}</source>
      <translation>{author} предлагает: {field}</translation>
    </message>
    <message>
      <source>{author} sees it otherwise: {text}</source>
      <translation>Иное мнение, {author}: {text}</translation>
    </message>
    <message>
      <source>{author} wrote theirs</source>
      <translation>Версию написал(а) {author}</translation>
    </message>
    <message>
      <source>{card} cannot be used as a card: {reason}.</source>
      <translation>{card} нельзя использовать как карту: {reason}.</translation>
    </message>
    <message>
      <source>{count} of {total}</source>
      <translation>{count} из {total}</translation>
    </message>
    <message>
      <source>{count} open conflict(s) about attribution or marking stand in the way of signing.</source>
      <translation>Подписанию мешают расхождения о правиле или грифе: {count}.</translation>
    </message>
    <message>
      <source>{count} overdue</source>
      <translation>просрочено: {count}</translation>
    </message>
    <message>
      <source>{count} part(s) of this bundle do not hold and were set aside.</source>
      <translation>Частей пакета неверны и отложены: {count}.</translation>
    </message>
    <message>
      <source>{done} of {total} complete</source>
      <translation>готово {done} из {total}</translation>
    </message>
    <message>
      <source>{done} of {total} discussed</source>
      <translation>обсуждено {done} из {total}</translation>
    </message>
    <message>
      <source>{edition}: your signature names what you sign to the last letter.</source>
      <translation>{edition}: ваша подпись закрепляет документ до последней буквы.</translation>
    </message>
    <message>
      <source>{file} answers an earlier request for this document.</source>
      <translation>{file} — ответ на более ранний запрос этого документа.</translation>
    </message>
    <message>
      <source>{file} bears a time stamp already.</source>
      <translation>На {file} уже есть метка времени.</translation>
    </message>
    <message>
      <source>{file} bears a time stamp of an authority that is not believed here.</source>
      <translation>Метка времени в {file} — от службы, которой здесь не верят.</translation>
    </message>
    <message>
      <source>{file} bears a time stamp of {authority}, which headquarters has withdrawn, and no record that is still believed names this file.</source>
      <translation>Метка времени в {file} — от службы {authority}, которой штаб-квартира больше не верит, и ни одна запись, которой верят до сих пор, этот файл не называет.</translation>
    </message>
    <message>
      <source>{file} cannot be read as a sheet: {reason}.</source>
      <translation>{file} нельзя прочитать как таблицу: {reason}.</translation>
    </message>
    <message>
      <source>{file} cannot be read: {reason}.</source>
      <translation>{file} нельзя прочитать: {reason}.</translation>
    </message>
    <message>
      <source>{file} cannot be written: {reason}.</source>
      <translation>{file} нельзя записать: {reason}.</translation>
    </message>
    <message>
      <source>{file} carries no signature.</source>
      <translation>В {file} нет подписи.</translation>
    </message>
    <message>
      <source>{file} does not bear headquarters' counter-signature yet.</source>
      <translation>На {file} ещё нет второй подписи штаб-квартиры.</translation>
    </message>
    <message>
      <source>{file} does not hold what this command needs: {reason}.</source>
      <translation>В {file} нет того, что нужно команде: {reason}.</translation>
    </message>
    <message>
      <source>{file} exists already and was not made by this command.</source>
      <translation>{file} уже есть и создан не этой командой.</translation>
    </message>
    <message numerus="yes">
      <source>{file} holds %n change(s) for {names}.</source>
      <translation>
        <numerusform>{file}: %n изменение для {names}.</numerusform>
        <numerusform>{file}: %n изменения для {names}.</numerusform>
        <numerusform>{file}: %n изменений для {names}.</numerusform>
      </translation>
    </message>
    <message>
      <source>{file} is larger than {limit} MiB, the most that an attachment may have.</source>
      <translation>{file} больше {limit} МиБ, а вложение не может быть больше.</translation>
    </message>
    <message>
      <source>{file} is no answer of a time-stamp authority, or it is cut short or damaged.</source>
      <translation>{file} — не ответ службы меток времени, либо он обрезан или повреждён.</translation>
    </message>
    <message>
      <source>{file} is no list of revoked certificates that can be read.</source>
      <translation>{file} — не список отозванных сертификатов или его нельзя прочесть.</translation>
    </message>
    <message>
      <source>{file} is not a kind of file this tool knows.</source>
      <translation>{file}: такой вид файла программе неизвестен.</translation>
    </message>
    <message>
      <source>{file} is not a vault of this tool.</source>
      <translation>{file} — не хранилище этой программы.</translation>
    </message>
    <message>
      <source>{file} is not as it was written</source>
      <translation>{file} — не в том виде, в каком был записан</translation>
    </message>
    <message>
      <source>{file} is proven, but the records here do not name it as signed by the head of the visit.</source>
      <translation>{file} подлинный, но в записях здесь нет, что его подписал руководитель визита.</translation>
    </message>
    <message>
      <source>{file} is signed by a certificate that the organisation did not issue.</source>
      <translation>{file} подписан сертификатом, которого организация не выдавала.</translation>
    </message>
    <message>
      <source>{file} is signed by {name} under {issuer}, which headquarters has not named for this visit.</source>
      <translation>{file} подписала {name} под {issuer}; эту службу штаб-квартира для этого визита не назвала.</translation>
    </message>
    <message>
      <source>{file} is signed by {name}, whose card says that they do not lead this visit.</source>
      <translation>{file} подписан лицом «{name}», которое, по своей карточке, не руководит этим визитом.</translation>
    </message>
    <message>
      <source>{file} is signed with the key of {name}, which headquarters has revoked, and no record that is still believed names this file.</source>
      <translation>{file} подписан ключом «{name}», который штаб-квартира отозвала, и ни одна запись, которой ещё верят, не называет этот файл.</translation>
    </message>
    <message>
      <source>{file} is written.</source>
      <translation>{file} записан.</translation>
    </message>
    <message numerus="yes">
      <source>{file} is written: %n recommendation(s).</source>
      <translation>
        <numerusform>{file} записан: %n рекомендация.</numerusform>
        <numerusform>{file} записан: %n рекомендации.</numerusform>
        <numerusform>{file} записан: %n рекомендаций.</numerusform>
      </translation>
    </message>
    <message>
      <source>{file} opens nothing here: {reason}.</source>
      <translation>{file} здесь ничего не открывает: {reason}.</translation>
    </message>
    <message>
      <source>{file} stamps something else than this document.</source>
      <translation>В {file} метка времени не этого документа.</translation>
    </message>
    <message>
      <source>{file} was changed after signing: {detail}.</source>
      <translation>{file} изменён после подписания: {detail}.</translation>
    </message>
    <message>
      <source>{file}, line {line}: {reason}.</source>
      <translation>{file}, строка {line}: {reason}.</translation>
    </message>
    <message>
      <source>{file}: number {number} stands in line {first} and in line {second}.</source>
      <translation>{file}: номер {number} стоит в строке {first} и в строке {second}.</translation>
    </message>
    <message>
      <source>{folder} exists and does not hold a demo of this tool.</source>
      <translation>{folder} уже есть, и это не демонстрация этой программы.</translation>
    </message>
    <message>
      <source>{key} has priority</source>
      <translation>{key} — приоритетная</translation>
    </message>
    <message>
      <source>{language}, working translation</source>
      <translation>{language}, рабочий перевод</translation>
    </message>
    <message>
      <source>{module} finds no card.</source>
      <translation>{module} не находит карты.</translation>
    </message>
    <message>
      <source>{module} is no library for cards that this computer can load.</source>
      <translation>{module} — не библиотека для карт, которую может загрузить этот компьютер.</translation>
    </message>
    <message>
      <source>{name} (you)</source>
      <translation>{name} (вы)</translation>
    </message>
    <message>
      <source>{name} has a card now. Hand the next file over to them.</source>
      <translation>У {name} теперь есть карточка. Передайте следующий файл.</translation>
    </message>
    <message>
      <source>{name} has confirmed everything already.</source>
      <translation>{name}: всё уже подтверждено.</translation>
    </message>
    <message>
      <source>{n} MB</source>
      <translation>{n} МБ</translation>
    </message>
    <message>
      <source>{n} of {total} done</source>
      <translation>сделано {n} из {total}</translation>
    </message>
    <message>
      <source>{score} of 4</source>
      <translation>{score} из 4</translation>
    </message>
    <message>
      <source>{task}: done</source>
      <translation>{task}: сделано</translation>
    </message>
    <message>
      <source>{token} did not sign: its library says {reason}.</source>
      <translation>Карта {token} не подписала: её библиотека сообщает {reason}.</translation>
    </message>
    <message>
      <source>{token} gave a signature that its own certificate does not confirm; nothing was written.</source>
      <translation>Карта {token} дала подпись, которую не подтверждает её же сертификат; ничего не записано.</translation>
    </message>
    <message>
      <source>{token} is locked, because a wrong PIN was typed too often.</source>
      <translation>Карта {token} заблокирована: неверный PIN-код набирали слишком часто.</translation>
    </message>
    <message>
      <source>{token} shows no certificate of an RSA key.</source>
      <translation>На карте {token} не видно сертификата ключа RSA.</translation>
    </message>
    <message>
      <source>{told}, from {sender}</source>
      <translation>{told}, от: {sender}</translation>
    </message>
    <message>
      <source>{what} is not kept in a database that others read.</source>
      <translation>{what}: в базе данных, которую читают другие, это не хранится.</translation>
    </message>
    <message>
      <source>“{kind}” is not a kind of record.</source>
      <translation>«{kind}» — не вид объекта.</translation>
    </message>
    <message>
      <source>“{value}” cannot be the {field} of a record of kind {kind}: {reason}.</source>
      <translation>«{value}» не может быть значением {field} у {kind}: {reason}.</translation>
    </message>
    <message>
      <source>↑ ↓ choose    Enter takes it    Esc leaves the text as typed</source>
      <translation>↑ ↓ выбрать    Enter взять    Esc оставить как набрано</translation>
    </message>
  </context>
</TS>
