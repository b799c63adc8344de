/**
 * The sheets' stylesheet, served as a file: pages may not carry styles of their own. It names fonts that Chinese office
 * computers have, and loads none.
 */
export const sheetStyle = `
@page { margin: 14mm 12mm 16mm; @bottom-center { content: "第 " counter(page) " 页 共 " counter(pages) " 页"; font: 9pt "SimSun", "Songti SC", "Noto Serif CJK SC", serif; } }
@page landscape { size: A4 landscape; }
@page portrait { size: A4 portrait; margin: 18mm 20mm 18mm; }
@page card { size: A5 landscape; margin: 9mm 11mm; @bottom-center { content: none; } }
* { box-sizing: border-box; }
html { color: #000; background: #fff; }
body { margin: 0 auto; font: 10pt/1.35 "SimSun", "Songti SC", "Noto Serif CJK SC", serif; }
body.landscape { page: landscape; max-width: 273mm; }
body.portrait { page: portrait; max-width: 170mm; }
@media screen { body { padding: 10mm 0; } }
h1 { margin: 0 0 2mm; font: bold 18pt "STZhongsong", "FZXiaoBiaoSong-B05S", "SimSun", "Songti SC", "Noto Serif CJK SC", serif; text-align: center; letter-spacing: .15em; }
h2 { margin: 5mm 0 2mm; font: bold 11pt "SimHei", "Heiti SC", "Noto Sans CJK SC", sans-serif; break-after: avoid; }
.about { display: flex; justify-content: space-between; font-size: 10pt; padding: 0 1mm 1.5mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { border: .35mm solid #000; padding: 1mm 1.2mm; vertical-align: middle; overflow-wrap: anywhere; }
th { font: bold 10pt "SimHei", "Heiti SC", "Noto Sans CJK SC", sans-serif; text-align: center; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
tfoot { display: table-footer-group; }
.ledger .heading td { border: 0; padding: 0; }
.ledger tfoot td { border: 0; padding: 1.5mm 1mm 0; font-size: 8pt; }
.ledger tbody td { font-size: 9pt; height: 9mm; }
.ledger td.no, .ledger td.date, .ledger td.category, .ledger td.openness, .ledger td.person, .ledger td.span { text-align: center; }
.ledger td.date, .ledger td.span { font-size: 8pt; white-space: nowrap; padding: 1mm .5mm; }
.ledger td.remark { font-size: 8pt; }
col.no { width: 10mm; } col.date { width: 20mm; } col.title { width: auto; } col.form { width: 28mm; } col.category { width: 17mm; }
col.openness { width: 17mm; } col.boards { width: 24mm; } col.span { width: 30mm; } col.person { width: 15mm; } col.remark { width: 32mm; }
.chain { display: flex; justify-content: space-between; }
.checkpoint { font: 7.5pt "Consolas", "Courier New", "SimSun", "Songti SC", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.signatures { display: flex; justify-content: space-between; padding: 6mm 1mm 0; break-inside: avoid; }
.signatures span { flex: 1; }
.signatures i { font-style: normal; padding-left: 8mm; }
.practice { position: fixed; inset: 0; display: flex; align-items: center; justify-content: center; font: bold 120pt "SimHei", "Heiti SC", sans-serif; letter-spacing: .3em; color: #0001; transform: rotate(-24deg); pointer-events: none; }
.form { table-layout: fixed; }
.form col.head { width: 26mm; }
.form td.wide { padding: 0; }
.check-list tr > :first-child { border-left: 0; } .check-list tr > :last-child { border-right: 0; }
.check-list tr:first-child > th { border-top: 0; } .check-list tbody tr:last-child > td { border-bottom: 0; }
.form tr.opinion td { height: 24mm; vertical-align: top; }
.form .sign { display: flex; justify-content: flex-end; gap: 14mm; padding-top: 8mm; }
.form .sign i { font-style: normal; padding-left: 8mm; }
.check-list td, .check-list th { font-size: 9.5pt; padding: .9mm 1.2mm; }
.check-list col.check { width: 66mm; } .check-list col.answer { width: 30mm; }
.check-list td.answer { text-align: center; }
figure { margin: 0 0 5mm; break-inside: avoid; }
figcaption { font-size: 8.5pt; padding-top: 1mm; }
figure img { display: block; max-width: 100%; border: .35mm solid #666; background: #000; image-rendering: pixelated; }
.figures { display: flow-root; }
.numbers td { text-align: center; } .numbers td.name { text-align: left; }
.numbers tfoot td { font-weight: bold; }
.numbers tr.total td { font-weight: bold; }
.note { font-size: 8.5pt; padding-top: 1.5mm; }
.late { font-weight: bold; }
.numbers th:first-child { width: 52mm; }
.work th:first-child { width: 34mm; } .work th:last-child { width: 30mm; }
.lines th:first-child { width: 12mm; } .lines th:nth-child(2) { width: 38mm; } .lines th:last-child { width: 24mm; }
.ticks th:first-child { width: 9mm; } .ticks th:nth-child(3), .ticks th:last-child { width: 28mm; }
.lines td:first-child, .lines td:last-child, .ticks td:first-child { text-align: center; }
.code { font: bold 14pt "Consolas", "Courier New", monospace; letter-spacing: .08em; }
.pen { display: inline-block; min-width: 42mm; border-bottom: .25mm solid #000; color: #999; font-size: 8.5pt; }
.carry { table-layout: auto; } .carry th:first-child, .carry th:nth-child(2), .carry th:last-child { width: auto; }
.carry td, .carry th { font-size: 9pt; }
.pages { display: grid; grid-template-columns: repeat(2, 1fr); gap: 3mm 5mm; } .pages figure { margin: 0; } .pages img { width: 100%; }
body.card { page: card; max-width: 188mm; }
.card .about { margin: 0; border-bottom: .5mm solid #000; font-size: 12pt; }
.card .no { font: bold 16pt "SimHei", "Heiti SC", "Noto Sans CJK SC", sans-serif; }
.card .halves { display: flex; gap: 8mm; justify-content: space-between; padding-top: 3mm; }
.card dl { flex: 1; display: grid; grid-template-columns: 30mm 1fr; margin: 0; align-content: start; font-size: 12pt; }
.card dt, .card dd { margin: 0; padding: 2mm 0; border-bottom: .2mm solid #000; }
.card dt { font-family: "SimHei", "Heiti SC", "Noto Sans CJK SC", sans-serif; }
.card figure { margin: 0; width: 44mm; text-align: center; font-size: 8.5pt; }
.card svg { width: 42mm; height: 42mm; display: block; margin: 0 auto 1mm; }
.card ol { margin: 0; padding-left: 6mm; font-size: 11pt; line-height: 1.5; }
.card h2 { margin: 3mm 0 1mm; font-size: 12pt; }
.card .address { margin: 2mm 0 0; font: 8pt "Consolas", "Courier New", "SimSun", "Songti SC", monospace; overflow-wrap: anywhere; }
`;
