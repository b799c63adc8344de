/** Every route that changes something or is for some only, in one list: each area's, made from what it asks. */
import type { People } from "../people/index.ts";
import type { Above } from "./above.ts";
import { aboveRoutes } from "./above-routes.ts";
import { type Backups, backupRoutes } from "./backup-routes.ts";
import { boardTextRoutes } from "./board-text-routes.ts";
import { type CalendarOffice, calendarRoutes } from "./calendar-routes.ts";
import type { CapOffice } from "./cap.ts";
import { capRoutes } from "./cap-routes.ts";
import { cardRoutes } from "./card-routes.ts";
import type { Cards } from "./cards.ts";
import { type CatalogueOffice, catalogueRoutes } from "./catalogue-routes.ts";
import { type IssueOffice, issueRoutes } from "./issue-routes.ts";
import { caseSheetRoutes } from "./case-sheet-routes.ts";
import type { Founding } from "./founding.ts";
import { foundingRoutes } from "./founding-routes.ts";
import { type Handovers, handoverRoutes } from "./handover.ts";
import type { Installation } from "./installation.ts";
import { installationRoutes } from "./installation-routes.ts";
import { importRoutes } from "./import-routes.ts";
import type { CaseSheets, LedgerOffice } from "./ledger.ts";
import { ledgerRoutes } from "./ledger-routes.ts";
import type { Network } from "./network.ts";
import { networkRoutes } from "./network-routes.ts";
import type { Office } from "./office.ts";
import type { OutlookOffice } from "./outlook.ts";
import { outlookRoutes } from "./outlook-routes.ts";
import { peopleRoutes } from "./people-routes.ts";
import type { Postings } from "./postings.ts";
import { postingRoutes } from "./posting-routes.ts";
import { type PublicityOffice, publicityRoutes } from "./publicity-routes.ts";
import { type Reports, reportRoutes } from "./report-routes.ts";
import type { Review } from "./review.ts";
import { reviewRoutes } from "./review-routes.ts";
import type { Route } from "./route.ts";
import { type Screening, screeningRoutes } from "./screening-routes.ts";
import type { Takedowns } from "./takedown.ts";
import type { Shows } from "./show.ts";
import { showRoutes } from "./show-routes.ts";
import { takedownRoutes } from "./takedown-routes.ts";
import type { TodayOffice } from "./today.ts";
import { todayRoutes } from "./today-routes.ts";
import { draftLookRoutes } from "./draft-look-routes.ts";
import { type Uploads, uploadRoutes } from "./upload-routes.ts";

/** What the daemon hands in, an entry for each area. */
export interface Services {
  readonly people: People;
  readonly ledger: LedgerOffice;
  readonly review: Review;
  readonly handovers: Handovers;
  readonly screening: Screening;
  readonly uploads: Uploads;
  /** How the page is reached. */
  readonly network?: Network;
  readonly calendar?: CalendarOffice;
  readonly catalogue?: CatalogueOffice;
  readonly issues?: IssueOffice;
  readonly publicity?: PublicityOffice;
  /** 公开栏的新增、修改、停用. */
  readonly installation?: Installation;
  /** 建立本单位的系统. */
  readonly founding?: Founding;
  /** 纸质张贴. */
  readonly postings?: Postings;
  /** 装卡. */
  readonly cards?: Cards;
  /** 紧急关屏, 维护, 报修. */
  readonly above?: Above;
  /** 收到的预警. */
  readonly cap?: CapOffice;
  /** LCD pages; absent: no panel is driven. */
  readonly shows?: Shows;
  /** Absent: no panel is driven. */
  readonly takedowns?: Takedowns;
  /** Why, what-if, and the days to come. */
  readonly outlook?: OutlookOffice;
  /** 今日待办. */
  readonly today?: TodayOffice;
  /** Of each day; absent: nothing runs that writes any. */
  readonly reports?: Reports;
  /** Absent: nothing runs beside which a backup could be made. */
  readonly backups?: Backups;
  /** Forms of cases, to be printed. */
  readonly caseSheets?: CaseSheets;
}

/** Beside the reading ones of `routes.ts`. A row for each stands in test/api/access-table.ts. */
export function serviceRoutes(office: Office, services: Services): readonly Route[] {
  const { people, ledger, review, handovers, uploads, network, caseSheets } = services;
  return [
    ...peopleRoutes(people, office.zone),
    ...handoverRoutes(handovers),
    ...screeningRoutes(services.screening),
    ...ledgerRoutes(office, ledger),
    ...reviewRoutes(office, review, services.takedowns, services.postings),
    ...importRoutes(review),
    ...boardTextRoutes(office, review),
    ...uploadRoutes(uploads),
    ...draftLookRoutes(office, review),
    ...(network ? networkRoutes(network, services.installation) : []),
    ...(services.publicity ? publicityRoutes(services.publicity) : []),
    ...(services.installation ? installationRoutes(services.installation) : []),
    ...(services.founding ? foundingRoutes(services.founding) : []),
    ...(services.postings ? postingRoutes(services.postings) : []),
    ...(services.cards ? cardRoutes(services.cards) : []),
    ...(services.calendar ? calendarRoutes(services.calendar) : []),
    ...(services.cap ? capRoutes(office, services.cap) : []),
    ...(services.above ? aboveRoutes(services.above) : []),
    ...(services.takedowns ? takedownRoutes(review, services.takedowns) : []),
    ...(services.shows ? showRoutes(office, services.shows, people) : []),
    ...(services.outlook ? outlookRoutes(office, services.outlook) : []),
    ...(services.today ? todayRoutes(services.today) : []),
    ...(services.reports ? reportRoutes(services.reports) : []),
    ...(services.backups ? backupRoutes(services.backups) : []),
    ...(services.catalogue ? catalogueRoutes(services.catalogue) : []),
    ...(services.issues ? issueRoutes(services.issues) : []),
    ...(caseSheets ? caseSheetRoutes(caseSheets) : []),
  ];
}
