<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>fieldtool</name>
    <message numerus="yes">
      <source>%n action point(s)</source>
      <translation>
        <numerusform>%n action point</numerusform>
        <numerusform>%n action points</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation>
        <numerusform>%n change</numerusform>
        <numerusform>%n changes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) are in no file yet</source>
      <translation>
        <numerusform>%n change is in no file yet</numerusform>
        <numerusform>%n changes are in no file yet</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) in no file yet</source>
      <translation>
        <numerusform>%n change in no file yet</numerusform>
        <numerusform>%n changes in no file yet</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflict</numerusform>
        <numerusform>%n conflicts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s) about a rule or marking</source>
      <translation>
        <numerusform>%n conflict about a rule or marking</numerusform>
        <numerusform>%n conflicts about a rule or marking</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n earlier note(s)</source>
      <translation>
        <numerusform>%n earlier note</numerusform>
        <numerusform>%n earlier notes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s)</source>
      <translation>
        <numerusform>%n file</numerusform>
        <numerusform>%n files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) for {names}, from {first} to {last}.</source>
      <translation>
        <numerusform>%n file for {names}, from {first} to {last}.</numerusform>
        <numerusform>%n files for {names}, from {first} to {last}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) without a receipt</source>
      <translation>
        <numerusform>%n file without a receipt</numerusform>
        <numerusform>%n files without a receipt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n finding(s) not agreed</source>
      <translation>
        <numerusform>%n finding not agreed</numerusform>
        <numerusform>%n findings not agreed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n half-written text(s)</source>
      <translation>
        <numerusform>%n half-written text</numerusform>
        <numerusform>%n half-written texts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s)</source>
      <translation>
        <numerusform>%n meeting</numerusform>
        <numerusform>%n meetings</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s) not held</source>
      <translation>
        <numerusform>%n meeting not held</numerusform>
        <numerusform>%n meetings not held</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s) without a note</source>
      <translation>
        <numerusform>%n meeting without a note</numerusform>
        <numerusform>%n meetings without a note</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n meeting(s) without a summary</source>
      <translation>
        <numerusform>%n meeting without a summary</numerusform>
        <numerusform>%n meetings without a summary</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation>
        <numerusform>%n min</numerusform>
        <numerusform>%n min</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new change(s)</source>
      <translation>
        <numerusform>%n new change</numerusform>
        <numerusform>%n new changes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s)</source>
      <translation>
        <numerusform>%n note</numerusform>
        <numerusform>%n notes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s) in this meeting</source>
      <translation>
        <numerusform>%n note in this meeting</numerusform>
        <numerusform>%n notes in this meeting</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of you wrote this without seeing the others'. Marked is what only one of them says.</source>
      <translation>
        <numerusform>%n of you wrote this without seeing the others'. Marked is what only one of them says.</numerusform>
        <numerusform>%n of you wrote this without seeing the others'. Marked is what only one of them says.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of {total} shown</source>
      <translation>
        <numerusform>%n of {total} shown</numerusform>
        <numerusform>%n of {total} shown</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open</source>
      <translation>
        <numerusform>%n open</numerusform>
        <numerusform>%n open</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open comment(s)</source>
      <translation>
        <numerusform>%n open comment</numerusform>
        <numerusform>%n open comments</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n open conflict(s)</source>
      <translation>
        <numerusform>%n open conflict</numerusform>
        <numerusform>%n open conflicts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) can be read by a newer version only. They are kept and handed on; install it.</source>
      <translation>
        <numerusform>%n part can be read by a newer version only. It is kept and handed on; install the newer version.</numerusform>
        <numerusform>%n parts can be read by a newer version only. They are kept and handed on; install the newer version.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) for a newer version of the program</source>
      <translation>
        <numerusform>%n part for a newer version of the program</numerusform>
        <numerusform>%n parts for a newer version of the program</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) have not come</source>
      <translation>
        <numerusform>%n part have not come</numerusform>
        <numerusform>%n parts have not come</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) held back</source>
      <translation>
        <numerusform>%n part held back</numerusform>
        <numerusform>%n parts held back</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) of files missing</source>
      <translation>
        <numerusform>%n part of files missing</numerusform>
        <numerusform>%n parts of files missing</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n part(s) that {name} has are not here. Ask for a new file.</source>
      <translation>
        <numerusform>%n part that {name} has are not here. Ask for a new file.</numerusform>
        <numerusform>%n parts that {name} has are not here. Ask for a new file.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n priority one(s) never raised</source>
      <translation>
        <numerusform>%n priority one never raised</numerusform>
        <numerusform>%n priority ones never raised</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n proposal(s)</source>
      <translation>
        <numerusform>%n proposal</numerusform>
        <numerusform>%n proposals</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s) added. Ctrl+Z takes them back.</source>
      <translation>
        <numerusform>%n question added. Ctrl+Z takes it back.</numerusform>
        <numerusform>%n questions added. Ctrl+Z takes them back.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n quote(s) not cleared by the speaker</source>
      <translation>
        <numerusform>%n quote not cleared by the speaker</numerusform>
        <numerusform>%n quotes not cleared by the speaker</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n raised without a finding</source>
      <translation>
        <numerusform>%n raised without a finding</numerusform>
        <numerusform>%n raised without a finding</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n receipt(s) written</source>
      <translation>
        <numerusform>%n receipt written</numerusform>
        <numerusform>%n receipts written</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n recommendation(s)</source>
      <translation>
        <numerusform>%n recommendation</numerusform>
        <numerusform>%n recommendations</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n recommendation(s) added to {report}</source>
      <translation>
        <numerusform>%n recommendation added to {report}</numerusform>
        <numerusform>%n recommendations added to {report}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n record</numerusform>
        <numerusform>%n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n to look at</source>
      <translation>
        <numerusform>%n to look at</numerusform>
        <numerusform>%n to look at</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n visit(s)</source>
      <translation>
        <numerusform>%n visit</numerusform>
        <numerusform>%n visits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n without an owner</source>
      <translation>
        <numerusform>%n without an owner</numerusform>
        <numerusform>%n without an owner</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>File as %n notes</source>
      <translation>
        <numerusform>File as %n notes</numerusform>
        <numerusform>File as %n notes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>It lacks %n part(s) that are here. Hand everything over to {name} once more.</source>
      <translation>
        <numerusform>It lacks %n part that is here. Hand everything over to {name} once more.</numerusform>
        <numerusform>It lacks %n parts that are here. Hand everything over to {name} once more.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Show %n more</source>
      <translation>
        <numerusform>Show %n more</numerusform>
        <numerusform>Show %n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Wait %n second(s)</source>
      <translation>
        <numerusform>Wait %n second</numerusform>
        <numerusform>Wait %n seconds</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{file} holds %n change(s) for {names}.</source>
      <translation>
        <numerusform>{file} holds %n change for {names}.</numerusform>
        <numerusform>{file} holds %n changes for {names}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{file} is written: %n recommendation(s).</source>
      <translation>
        <numerusform>{file} is written: %n recommendation.</numerusform>
        <numerusform>{file} is written: %n recommendations.</numerusform>
      </translation>
    </message>
  </context>
</TS>
