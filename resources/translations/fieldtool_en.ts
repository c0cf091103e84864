<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>fieldtool</name>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation>
        <numerusform>%n change</numerusform>
        <numerusform>%n changes</numerusform>
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
      <source>%n of {total} shown</source>
      <translation>
        <numerusform>%n of {total} shown</numerusform>
        <numerusform>%n of {total} shown</numerusform>
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
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n record</numerusform>
        <numerusform>%n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Wait %n second(s)</source>
      <translation>
        <numerusform>Wait %n second</numerusform>
        <numerusform>Wait %n seconds</numerusform>
      </translation>
    </message>
  </context>
</TS>
