<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>fieldtool</name>
    <message>
      <source>#P-06 ties a question to a recommendation</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n action point(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) are in no file yet</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) in no file yet</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s) about a rule or marking</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n earlier note(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) for {names}, from {first} to {last}.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) without a receipt</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n finding(s) not agreed</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n half-written text(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s) not held</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s) without a note</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s) without a summary</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new change(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s) in this meeting</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of you wrote this without seeing the others'. Marked is what only one of them says.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of {total} shown</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open comment(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open conflict(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) can be read by a newer version only. They are kept and handed on; install it.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) for a newer version of the program</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) have not come</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) held back</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) of files missing</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) that {name} has are not here. Ask for a new file.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n priority one(s) never raised</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n proposal(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s) added. Ctrl+Z takes them back.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n quote(s) not cleared by the speaker</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n raised without a finding</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n receipt(s) written</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n recommendation(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n recommendation(s) added to {report}</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n to look at</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n visit(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n without an owner</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>(empty)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(taken away)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A day is written 2022-04-13.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A known name is completed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A record of kind {kind} has no field “{field}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A record of kind {kind} needs {field}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A record of kind {kind} that starts {start} cannot end {end}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A report that is not known yet is made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A seized and locked computer shows the size of the vault and when it was used, nothing else.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A time is written 09:30.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A word of what you look for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A word, a name, a number, or what to do</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Aca-
demia</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Accent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Action point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a list of each issuer that is in force today, or have the summary stamped without lists.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add it; nothing was recorded.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Addressed to {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Addressee</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Agreed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All of these questions stand here already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All of you heard the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All this is more than one bundle can hold.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another card…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another officer ({who}) is writing to this database, and did not end within {seconds} seconds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Answer to {author}: {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Anti-
corrupt.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approve</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approved by {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approve…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As the system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As your colleagues write it; any script</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask about</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask again later, or ask another authority.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask again, or ask another authority.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask an authority that is named, or name this one with “authority add” once its fingerprint was compared.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask for it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask for the right file, or use the recovery sheet; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask for the signed file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask headquarters for a new card for this installation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask headquarters for the visit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask the authority for the right one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask the head to read and approve it, or export a draft.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask the sender for one that names you as recipient.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask the sender for the file again; nothing was taken in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask them to do it, or ask headquarters for the role.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask whoever issued the card to write the certificate onto it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Assistance</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At a border</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attach a smaller copy, or hand it over by other means; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attach files to the meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attribution: {rule}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Audit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to exchange</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the table</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back up now…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backups and files elsewhere stay; find them yourself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Before you leave</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Begins</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Both of you wrote about one meeting. Open the conflict, compare, and save one text; both stay in the history.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Both versions stay in the history.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brought back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bundle {n} of {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Call a number you know from before, not one from the file's letter. Let them read their words to you.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Capitals, spaces and hyphens do not matter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Caps Lock is on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Card in a file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Card in a reader, by {library}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Card in a reader: its library…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the text at that place, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes, latest first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check before you leave</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check each word group against the sheet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check it before you try again: most cards lock after three wrong ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check keyboard layout and Caps Lock, or use the recovery sheet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check that it is the right file or device and that it is plugged in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the URL and that the server is running.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the folder; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the path and its permissions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check this computer's clock; a summary that was signed under a wrong date has to be signed again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a meeting, type what is said in the line at the bottom, and press Enter.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a name that cannot be confused.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another folder with --out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another place; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the answer to the last request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the answer to this document's request.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the status and the report that set it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Citizen
obs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Civil
society</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the help</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the other one, or wait until it has ended.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comment on the section</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comment on this section</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comments on this section</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare it by voice with headquarters, then give --expect-root {fingerprint}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare with headquarters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confirm it first: the time stamp is last.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Continue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contradictions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the vault to a folder you may write, or change its permissions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct one of the two; nothing was recorded.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct the line; nothing was imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct the value; nothing was recorded.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Court</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Coverage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Coverage: recommendations by interlocutor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ctrl+K, a word in any script, and Enter on what was found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ctrl+L, even in the middle of a word. The passphrase here is: sample passphrase</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Days and meetings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Decline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Diplom.
corps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do it in your own vault: leave out --database.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not let it in; call the person again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not rely on it; ask the head of the visit for theirs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not rely on it; call headquarters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not rely on its time; call headquarters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not rely on this file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not sign with this card; show it to whoever issued it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not use the file; call the sender.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not use this file. Nothing of it was taken in. Call headquarters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not use this file; call headquarters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not write to it. Run “fieldtool check”, or restore the newest backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Document key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Draft from the notes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Draft…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drawn from the records until you write here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drawn from the records; change them there. It follows at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Election
comm.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Eleven meetings, and a tour of five minutes. Nothing of it is real.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Encrypted on this computer; headquarters sends you the visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>End</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>End the meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ends</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter corrects    Alt+↑↓ moves    Ctrl+J joins with the one above    Ctrl+Shift+M other meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter files    Ctrl+Enter splits    # recommendation    / kind    @ speaker    ! marking    ↑ last note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter: ask about it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Esc leaves the note as it was    Enter saves the correction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every file was confirmed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything from these files is set aside. Taking them in again brings it back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything is as it was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything you did stays in the sample. F1 explains each screen, and starts the tour again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything you wrote is in a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything, also what they have confirmed: for a laptop that was restored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exchange</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export it as a text; the head of the visit approves it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fetch it again, as PEM or DER.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fetch it again; the request that you have may be sent as often as you like.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>File as %n notes</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>File each paragraph as a note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filed: {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Files sent and received</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill the gaps, or export a draft.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter recommendations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find anything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finding agreed, or draft again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fits e-mail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Five-minute tour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Follow-up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Foreign
ministry</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Four unusual words are easy to keep and hard to guess.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Free some space and try again; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From now on your passphrase opens nothing. You can say it truthfully to whoever asks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give each recommendation its own number; nothing was imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give it to them on a stick or send it; nobody else can read it. It counts as arrived when their receipt comes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give one JSON object, or a list of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the age identity with --identity, or use the vault it is for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the fingerprint instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the name or the id of one of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the name, the serial number or the slot of one of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the whole id.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to: {place}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Good</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HH:MM</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hand everything over to {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hand everything over…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hand it over and import the receipt first, or give --unconfirmed to lose it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hand over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hand over first: what is in no file yet stays here, unreadable, until the sheet is typed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hand over to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hand over…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Head of
state</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headquarters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headquarters has confirmed {file} already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headquarters has named no time-stamp authority for this visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headquarters has not bound this card to {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headquarters has not confirmed everything of {visits}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headquarters plans a visit with the command `fieldtool add visits`, or takes one in with a file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headquarters sends the visit in a file. It needs your identity request first and compares these words by voice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Help</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Help for this screen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide the passphrase</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>High contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>History</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How it came about</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How you call it, such as “field laptop 1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>I have handed it over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>I have handed them over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>I have it on paper</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Identity request of {name}, signed by its own key: compare {words} by voice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If another copy of it is in use, go on with one of them only, and wipe the other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If the name is in another script</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import the head's newest bundle first, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import the newest file from headquarters, or let the head of the visit accept the fingerprint by voice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In conflict</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In the same line type # and a number or a word, choose with Enter, then file the note.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install the newer version; the file is kept in quarantine.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install the newer version; the vault was not touched.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install the newer version; until then it is kept and handed on as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Interlocutor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Intern.
org.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Internal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It begins {time}; it cannot end earlier.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It follows the keyboard. Words hold out longer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It has not come yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It holds a word that is guessed first. Put another in its place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It imports bundles, receipts, identity requests, recommendation sheets and signed summaries.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is encrypted with the passphrase. Nobody can send you a new one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is not clear which visit is meant.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is refused until headquarters has confirmed everything you wrote.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>It lacks %n part(s) that are here. Hand everything over to {name} once more.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>It opens the data and sets a new passphrase. The signing key is new as well: ask headquarters for a new card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It opens the vault when the passphrase is lost. Write it down and keep it apart from this computer. It is shown this once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It repeats itself. Another word would help more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was restored from a backup, or a copy of it went on elsewhere. What you write is safe. Ask a colleague for everything.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It would hold out for years.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Join the note with the one above</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Joined with the note above</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keyboard: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind of interlocutor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Known fields: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Known kinds: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language of the summary</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Later</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave the status as it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave them apart, or correct the kind of one first; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave them apart, or write into the other what may be handed over; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave them out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let the server's administrator make a role that may log in and nothing else.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Libraries (*.so *.dll *.dylib)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Like another…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock after</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock and come back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock when nobody types for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock, and come back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the preview first; import with --accept-conflicts if it is right.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at “authority list”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking at the file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make one with “fieldtool init”, or name the folder with --vault.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make sure of the PIN first. Whoever issued the card can set a new one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make sure of the PIN, then run the command in a terminal and type it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make the vault</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make your vault</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark as settled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Marking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Marking of the meeting: {marking}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Marking: {marking}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Media
regul.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Meeting {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Meeting {number}: choose another</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Meetings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Modality</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More than one card is plugged in: {tokens}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More than one card matches “{name}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More than one key on {token} could sign: {keys}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More than one record begins with {id}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the note down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the note to another meeting…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the note to the meeting first; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the note up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the page sideways</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the page up and down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Moved down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Moved to meeting {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Moved up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a database of your own, or an empty one; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a file with --passphrase-file, or answer the prompt in a terminal.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a file with --pin-file, or answer the prompt in a terminal.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name it with --database.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name it with --visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name one with --token-key by its name or id, or have headquarters bind one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name one with --token-name by its name or serial number, or pull out the others.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name one with “authority add”, then ask again: nobody would believe any other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name the PKCS#11 library of the card's own software, or OpenSC's; its documentation says where it lies.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names, separated by commas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Never raised</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Never raised.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Never raised. Ask about it in the next meeting.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New meeting…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New passphrase</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next gap</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next pane</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next recommendation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next task</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No card is called “{name}”. Plugged in: {tokens}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No conflict is open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No file yet. What you hand over and what comes is listed here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No font here can print {character} in {place}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No key given here opens this bundle.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No key on {token} is called “{name}”. There are: {keys}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No note bears on it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No passphrase was given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No recommendation fits these filters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No recommendation was found in {file}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No section has these words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No time stamp was asked for {file} here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No time-stamp authority {name} is named for this visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No visit yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No visit yet. Plan one with the command line, or open an inbox.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody has a card here yet: headquarters sends the team with the visit file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody has stated one yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody is chosen. Tick at least one name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody with the name or fingerprint “{name}” has a card here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None heard of yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Normal contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not as on the sheet, by number: {groups}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not confirmed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not handed over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notes of this meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notes on this point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has come back yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has these words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is half written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing to follow up yet. Type / and “action point” in a meeting.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was taken in; call headquarters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing. Everybody agrees.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number, word or theme</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>OSCE
field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Official</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Official status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Official status of {key}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Official text, English</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ombuds-
person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One file that only the people chosen, headquarters and you can read. It holds what they have not confirmed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One of the two notes says what was said, the other what you think of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One of the two notes stays on this computer, the other travels with the visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One vault keeps one organisation; use another vault.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only a database on a server has other readers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only headquarters or the head of the visit can answer it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only headquarters sets the official status. What you hear is recorded as reported progress.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only here, never handed over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only the head of the visit signs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only the recovery sheet, or headquarters, opens the vault again. Leave the sheet where you will come back to, never in your luggage.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only {role} may do this.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only: {kind}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open an inbox</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open an inbox…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open another vault…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open conflicts about rules stand in the way.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open files that came</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open files…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open his file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open it with the recovery sheet, or ask headquarters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open it, or choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open meeting {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the next note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the vault</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the visit file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the visit file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the visit {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other
ministries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other vault…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overdue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PIN or passphrase of the card</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page preview</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page {number} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parlia-
ment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Particulars of the meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parties</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Passphrase</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Passphrase to sign</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>People</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plan a new meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Planned by others</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plug in the card and its reader, wait a moment, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Position</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Positions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Prepared, not raised yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Press</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous recommendation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Priority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Private
media</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Promised</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Proposed merge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Prose-
cution</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Proving and taking in…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Public
media</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pull the card out, plug it in again and try once more. If it stays so, ask whoever issued it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pull the card out, plug it in again and try once more. If it stays so, sign without the card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put in force</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put the tour away; it goes on from here later</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put this message away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Questions for this kind of interlocutor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Questions to ask, one a line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read it back once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Receipt {n} of {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recommendation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recommendations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recommendations, discussed ones ticked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Record a meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Record a note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Record meeting {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Record reported progress instead, or propose it to headquarters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Record the next meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Record what is said, tie it to recommendations, hand it over signed. Everything works without a connection.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reference of the report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace the character, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reported</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reported progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore a version from the history instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rule of the meeting: {rule}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save it again as .xlsx or .csv.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the identity request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the identity request…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the merge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the recovery sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the request…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save to print…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Say the chosen version again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Say this again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seal it now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seal the vault</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seal…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search the guide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sections found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See the sheet again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See what is still missing, and how it will print. Draft… writes a file for comments; the head of a visit signs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See “fieldtool conflicts list”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See “fieldtool history”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See “fieldtool list visits”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See “fieldtool list”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See “fieldtool people list”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send each in a mail of its own, in any order; nobody else can read them. What has arrived their receipts will say.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send the identity request to headquarters and open the visit file that comes back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send them this small file in any way you like; it holds no secret. They send the visit back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set the official status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set the status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settle the comment, or open it again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settle the conflict</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settle the conflict first, or name the version you saw with --base.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settle them first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settle: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shareable</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Show %n more</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Show the notes of all, not only: {kind}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the passphrase</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign the summary</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign with your own card, or without one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign without a card, or ask for a valid one with an RSA key of 3072 to 4096 bits.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign without a card, or send headquarters the card's certificate and take in the visit file that comes back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign without the card, and ask whoever issued it to unlock it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign without the card, or ask whoever issued it for one with an RSA key of 3072 to 4096 bits.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed by {name}, head of visit, certified by {issuer}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed with the card of {name}, head of visit, certified by {issuer}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed: {file}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signing…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size of text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skip</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skip this task</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>So many conflicts mostly come from a copied vault, or a list that two people entered. Ask the sender first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>So that you know now, and not in a hotel at night, that it can be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start the tool in a desktop session; every command works without one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Still open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped as you asked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped as you asked. What is listed here is done; the other files are as they were, and come the next time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Strength of the passphrase</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Suggestions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Summary</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take back the last change of this screen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take in a colleague's file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take in the newest visit file and try again; without a vault name the authority's certificate with --time-authority.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take it back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take it out; PostgreSQL's own password file (~/.pgpass) or a client certificate proves who you are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the first version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the second version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the version of {author}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take them in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take them in all the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take this one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take {name} away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the action point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the change of the meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the comment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the correction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the deletion</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the end of the meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the joining of two notes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the last change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the moving of a note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the official status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the opening of a comment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the settlement</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the settling of a comment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the state of the finding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the text of the section</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: the words of the finding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken back: your differing view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taking in…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Team</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text of the section</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>That is the whole loop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The PIN does not open {card}, and the next wrong one locks it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The PIN or passphrase does not open {card}, or it is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The address of the database holds a password, which everybody on this computer can read there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The authority says {at} UTC, and a signature in {file} says that it was made later: one of the clocks is wrong.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The backup is written and was opened once to be sure: {size}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The card's PIN was not given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The card's file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The card's library {module} stopped working; nothing was signed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The chosen action point is done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The chosen recommendation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The comment is filed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database cannot be reached: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database's role {role} cannot be limited to visits: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The eight groups of the recovery sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The eight groups, in order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The field {field} has {count} versions that nobody has settled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file from headquarters brings recommendations, team and agenda. You can also do this later, in Exchange.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file is attached</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The fingerprint of this request is not the one you were told.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder of the inbox</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder of the vault</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {folder} cannot be written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The guide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The head of the visit has not approved this press text, or the records behind it changed since.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The head or headquarters decides.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The library (PKCS#11 module) of the card's own software</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The line is correcting this note: finish that first, with Enter or Esc.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The lists of revoked certificates do not prove every signature in {file}; missing, out of date, or naming a signer: {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The name “{name}” can be mistaken for {other}, who has a card already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The next wrong PIN locks this card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The next wrong PIN locks {token}: one from a file is not tried.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The organisation has a new root, named by the one before. Its words now: {words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The organisation of this file has not been compared yet. Its fingerprint: {words}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The organisation's fingerprint is not the one you expected.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The page appears here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The passphrase does not open this vault.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The program's blue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The reader asks for the PIN itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The recommendations as they were read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The record {id} is of a kind that only a newer version of the tool knows ({kind}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The recovery sheet opens the data but not the signing key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The request is written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The request is written. Send it to headquarters; they answer with the visit file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rest was taken in. Ask the sender for the file again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same passphrase again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sender {name} ({fingerprint}) is not known here; the file is kept in quarantine, unread.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sender's key was revoked by headquarters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sheet needs a column of numbers and a column of texts under headings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The signature of this bundle does not hold: {detail}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The summary is not complete: {missing}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The time stamp in {file} cannot be used: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The time-stamp authority has refused: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The two notes belong to different meetings, or the meeting to another visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The two passphrases differ. Look at them with the eye, and check the keyboard.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The vault is damaged: {detail}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The vault is not sealed: this would give it a new passphrase and new signing keys.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The vault of this computer goes for good, private notes and drafts included. Nobody can bring it back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The vault of {name} was restored from a backup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The words are the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The words are the same: accept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The words are the same: give a card as {role}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The {edition} edition is a plain text and has no pages.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The {edition} edition would show what it must not: {place}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The {field} of {kind} is set by headquarters only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Theme</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is already a vault in {folder}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no RSA key for signing on {token}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no file in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no open conflict {id}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no page while this stands in the way.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no record {id}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no room left on the disk for {file}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no screen to open a window on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no vault in the folder {folder}. Choose the folder that holds keys.json and vault.db.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no vault in {folder}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no version {base} of this field.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no visit “{visit}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing to do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing to send.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing to take back here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These are the groups of another sheet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They agree</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They are the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They contradict each other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They differ</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This bundle is not addressed to this vault.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This bundle is not whole: {detail}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This bundle was changed or damaged on the way: {detail}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This card cannot sign summaries: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This card is bound to {other}, not to {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This card is locked. Whoever issued it can unlock it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This certificate cannot stand for a time-stamp authority: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This database holds the records of another organisation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This file belongs to another organisation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This file was written by a newer version of the tool ({found}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This identity request is damaged or was altered.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This import can no longer be undone: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This import would raise {count} conflicts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is a bug in the tool, not a fault of yours. Nothing is lost. A report without your words: {path}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This recovery sheet does not open this vault.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This vault has no card yet, so nobody could verify what it sends.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This vault is open in another window or command.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This vault is sealed: the passphrase no longer opens it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This vault lacks what it had</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This vault was not open on this computer before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This vault was written by a newer version of the tool (format {found}, known: {known}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Throw away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Throw {file} away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tie a note to a recommendation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To be done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tomas wrote about a meeting that you wrote about, too. Look at what his file brings, then take it in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too short to hold out. Add a word that nobody expects.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again when they have finished; what was taken in until now stays.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try the sample visit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two copies of the vault of {name} are in use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two copies of your vault are in use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two of you wrote this without seeing the other's. Marked is what only one of them says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two {kind}, {why}: are they one?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type what is said</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type your passphrase first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo edits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock the vault</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlocking…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Untie {key}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use sslmode=verify-full with the server's root certificate, or a socket on the server itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the recovery sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the recovery sheet…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Verify a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Versions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Visit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Visit summary</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Visits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Voter
register</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Wait %n second(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Waiting for you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What both wrote is kept. Ask {name} to go on with one, to hand over what the other has, and to wipe it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What both wrote is kept. Go on with one of them only, hand over what the other has, and wipe it there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What earlier reports found stays listed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What goes to this database would travel unencrypted (sslmode {mode}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the files would bring</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the notes say</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the visit finds on this recommendation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What you had typed is kept. Esc forgets it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What you were typing is kept; you return to the same word.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where one is not enough: several numbered files, to be taken in alone and in any order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where that is wanted, say so with --new-keys, and ask headquarters for a new card afterwards.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the backup goes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the signed summary goes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where you see it otherwise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whom you meet is missing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wipe it for good</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wipe the vault</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wipe…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Words of the organisation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Works offline. Nothing leaves this computer by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write a draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write a draft of the summary</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write a request for this very file at this installation, or choose the file that the request was written for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write a table</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write it in numbered files: “fieldtool export bundle --max-size 500MB”; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the finding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the press text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the press text…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Writing the file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>YYYY-MM-DD</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You approve these words for the press, exactly as they read now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You heard different things</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You wrote yours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your fingerprint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your fingerprint, to be read out when headquarters calls</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your identity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your name in Latin letters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your name is missing: headquarters puts it on your card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your recovery sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your vault</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a change is written field=value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a draft cannot be signed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a file in it is not the one that its manifest names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a filter is written field=value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a page of it does not hold what was written there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a receipt: it confirms what they have</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a sealed part cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a segment is not signed by the key it names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a segment is not what its name says</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a segment stands in it twice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a size is written 10MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a speaker without a name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a time-stamp authority that is believed here vouches for it (PAdES B-T)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>accepts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>addressed, not raised</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>after the upgrade something is missing; {file} is the database as it was</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all settled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all were raised</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an attachment is not the one its name says</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an identity request of {name}: {words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at the same time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>changes: {changes}, parts: {segments}, attachments: {blobs}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>choose</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>comment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>complete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>confirmed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>confirmed by headquarters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>conflict {number} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>contradicted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>d MMM yyyy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>d MMMM</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>d MMMM, HH:mm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>day {number} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ddd d MMMM</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>dddd d MMMM</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>deleted here, edited there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>discussed here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>draft kept {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>due {day}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>edit freely; what each side alone says stays marked until you save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>encrypted, and test-restored before it counts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>everybody agrees</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>everything in it is here already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>everything is handed over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>everything that proves it later on is inside, under that time stamp (PAdES B-LTA)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>everything you wrote is in a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>files {numbers}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>from {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>hand-over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>handed over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>handed over, no receipt yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>headquarters has counter-signed it already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>here already: {count}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>high: for sunlight and weak eyes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>how far what you wrote has got</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in force</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in force after the next lock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in part</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>installation {id}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it belongs to another vault</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it brought nothing new</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it carries no signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it does not answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it does not begin like one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it does not hold as much as its manifest says</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it does not issue certificates: take the root or issuing one of the authority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it ends in the middle of its container</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it ends in the middle of its encryption</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it holds no key with its certificate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it holds other files than its manifest names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it holds something else than objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is bound to {name} already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is damaged and cannot be read as a PDF</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is encrypted in a way that is no longer safe</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is larger than the format allows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is no PKCS#12 file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is no certificate that can be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is not JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is not UTF-8 text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is not for signing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is not sealed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is of a kind that verifiers refuse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is signed by a certificate that the organisation did not issue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is signed in the clear and cannot be dropped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is signed with a certificate that is not for bundles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is still sealed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is valid from {first} to {last} only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it names another sender than the one who signed it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it ran out on {day}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it stands above the tables' policies</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its RSA key has {bits} bits, not {least} to {most}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its address cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its address does not begin with postgresql://</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its certificate is of another key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its certificates take more room than there is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its content has not come yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its encryption does not hold, as when a copy was cut short</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its file is cut short</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its first signature does not certify the document as the head of the visit's</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its key is neither RSA of {bits} bits or more nor of an elliptic curve</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its key is not RSA</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its segments are not a zstd frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its segments cannot be unpacked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its segments declare no size, no checksum, or more than the format allows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its signature cannot be checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its signature does not hold</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its signature fields are not the expected ones</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its signer's certificate is not for time stamps alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its time stamp is of an authority that is not believed here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its time stamp is older than a signature under it says that it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its title or other data about it do not match</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>kind of note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>known are {known}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>later changes build on it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>line {line}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>marking of this note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>never</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>next: {title}, {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no card yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no file was named</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no limit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no meetings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no position</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no time-stamp authority vouches for the time (PAdES B-B)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nobody met yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none of them priority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not approved yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not raised in this meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not signed yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not written yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not yet confirmed by headquarters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not yet discussed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>notes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of the same name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>on the draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>on {when} UTC by the signer's clock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only its first bytes have come</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only who leads a visit signs its summary</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>overdue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>packed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>page {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>page {number} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>page {page}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>parts by others, whose signatures only a vault with their cards can check: {count}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>parts that only a newer version of this tool can read and check: {count}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pasted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>position on the chosen recommendations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>press</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>priority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>put aside</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>quoted, never edited</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>receipt</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>recommendations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rejects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rule of attribution for this note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>saved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>says done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>seal: nobody opens it without the sheet; wipe: nothing stays</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>sent to {names}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>set by the next observation activity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>set by the next observation activity, never by a visit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>set by {report}, {day}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>settled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>signed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>signed by {name}, {when}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>since the last hand-over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>something was added or changed after the last signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>something was sent or confirmed since</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>speaker</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>stage {number} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>summary</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>tables are written as {formats}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the attached record is missing or is not the one of this document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the attached record is not the one whose number is printed on its pages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the attached record matches</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the backup does not hold what was written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the copy does not hold what was written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the disk does not answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the disk gave back other bytes than were written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the disk reports an error</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file was exchanged while it was read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the least is {size} bytes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the organisation's old root did not name this successor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the organisation's roots do not follow each other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the record differs from the one kept in the ledger</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the server has no such role</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the signature does not hold: the file was changed after signing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such import</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>to {names}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>two versions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unchanged since</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unknown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>waiting to be settled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what colleagues compare when they call</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what was read together of a record is not what was written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what would be lost or found if this computer were taken</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>who has spoken on what, meetings {first}–{last}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>whole and unchanged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>with priority: {count}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{authority} saw it on {when} UTC</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{author} proposes: {field}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{author} sees it otherwise: {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{author} wrote theirs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{card} cannot be used as a card: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} open conflict(s) about attribution or marking stand in the way of signing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} overdue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} part(s) of this bundle do not hold and were set aside.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{done} of {total} complete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{done} of {total} discussed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{edition}: your signature names what you sign to the last letter.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} answers an earlier request for this document.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} bears a time stamp already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} bears a time stamp of an authority that is not believed here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} bears a time stamp of {authority}, which headquarters has withdrawn, and no record that is still believed names this file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} cannot be read as a sheet: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} cannot be written: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} carries no signature.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} does not bear headquarters' counter-signature yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} does not hold what this command needs: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} exists already and was not made by this command.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>{file} holds %n change(s) for {names}.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>{file} is larger than {limit} MiB, the most that an attachment may have.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is no answer of a time-stamp authority, or it is cut short or damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is no list of revoked certificates that can be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is not a kind of file this tool knows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is not a vault of this tool.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is not as it was written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is proven, but the records here do not name it as signed by the head of the visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is signed by a certificate that the organisation did not issue.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is signed by {name} under {issuer}, which headquarters has not named for this visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is signed by {name}, whose card says that they do not lead this visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is signed with the key of {name}, which headquarters has revoked, and no record that is still believed names this file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is written.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>{file} is written: %n recommendation(s).</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>{file} opens nothing here: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} stamps something else than this document.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} was changed after signing: {detail}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file}, line {line}: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file}: number {number} stands in line {first} and in line {second}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{folder} exists and does not hold a demo of this tool.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{key} has priority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{language}, working translation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{module} finds no card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{module} is no library for cards that this computer can load.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} (you)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has a card now. Hand the next file over to them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has confirmed everything already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} of {total} done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{score} of 4</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{task}: done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{token} did not sign: its library says {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{token} gave a signature that its own certificate does not confirm; nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{token} is locked, because a wrong PIN was typed too often.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{token} shows no certificate of an RSA key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{told}, from {sender}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{what} is not kept in a database that others read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{kind}” is not a kind of record.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” cannot be the {field} of a record of kind {kind}: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>↑ ↓ choose    Enter takes it    Esc leaves the text as typed</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
