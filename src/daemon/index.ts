/** What runs: an office's data opened (`openDesk`), and a daemon that drives its panels (`startDaemon`). */
export { calendarOf } from "./calendar.ts";
export { type Lasting, startLasting } from "./lasting.ts";
export { openCatalogue } from "./catalogue.ts";
export { openIssues } from "./issues.ts";
export { type Daemon, type DaemonOptions, startDaemon } from "./daemon.ts";
export { type Desk, type DeskOptions, openDesk } from "./desk.ts";
export { importAs } from "./import-as.ts";
export { ledgerOf } from "./ledger-desk.ts";
export { recoverAccount } from "./people.ts";
export { Publicity } from "./publicity.ts";
export { createOffice, deskOffice } from "./office.ts";
export { outlookOffice } from "./outlook.ts";
export { withProof } from "./open-proof.ts";
