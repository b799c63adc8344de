import { cardLimits } from "./card-limits.ts";
import { httpLimits } from "./http-limits.ts";

/** Every maximum in one place. Bytes, counts and milliseconds are in the names. */
export const limits = {
  ...httpLimits,
  ...cardLimits,
  /** Of one CAP message, as received. */
  capBytes: 262_144,
  capElements: 4000,
  capDepth: 24,
  capReferences: 50,
  capTextChars: 8000,
  /** Received warnings: of one name; in one answer; waiting for a person; senders that are believed. */
  capVersions: 20,
  capAtOnce: 100,
  capWaiting: 50,
  capSenders: 50,
  capCertificateChars: 20_000,
  /** The watched folder: files taken at one look, and kept in each of the folders beside it, the newest. */
  capFilesAtOnce: 20,
  capFilesKept: 200,
  /** A refused file is told of so long if nobody acknowledges it. */
  capRefusedHours: 24,
  /** Of one notice's schedule. */
  scheduleExceptions: 100,
  /** A panel's side, dots; a page's side (scroll strips are long). */
  panelSidePx: 4096,
  pageSidePx: 65535,
  pagesPerMessage: 400,
  /** No flashing above 3 Hz (WCAG 2.1, 2.3.1): changes of the picture in any second; a blink's lit and black half, ms at least. */
  changesPerSecond: 6,
  blinkHalfMs: 167,
  /** Scrolling strips shifted beforehand, all of them together. */
  shiftedStripBytes: 16 * 1024 * 1024,
  fieldsPerPage: 8,
  cellsPerField: 64,
  glyphsPerField: 256,
  /** One message's canonical bytes. */
  messageBytes: 64 * 1024 * 1024,
  spansPerProgramme: 4096,
  turnsPerSpan: 512,
  messagesPerProgramme: 512,
  programmeBytes: 512 * 1024,
  /** Reference protocol: payload of one frame to the panel, and one reply line. */
  wirePayloadBytes: 1024,
  replyLineBytes: 512,
  /** Its questions back to back: how many, their bytes, and those where the line is slow, or not known yet: two long ones. */
  aheadQuestions: 16,
  aheadBytes: 16 * 1024,
  aheadBytesLeast: 2560,
  /** Words to a panel that spoke without being asked (heartbeats), which it has not yet taken. */
  unaskedBacklogBytes: 4096,
  /** Read of a panel's TCP line at once. */
  socketReadBytes: 16 * 1024,
  /** On their way to a controller, or from it and not yet read. */
  datagramBacklogBytes: 256 * 1024,
  /** Each way, of a panel that shares its line with others: more than an exchange. */
  busBacklogBytes: 16 * 1024,
  importFileBytes: 32 * 1024 * 1024,
  noticesPerImport: 100_000,
  /** Of all that an office ever had: read and judged at once, and told of in one answer. */
  noticesAtOnce: 100,
  noticesPerList: 1000,
  /** Questions to the database whose meaning is kept. */
  statementsKept: 256,
  /** Notices looked through for one answer, where only some are asked for. */
  noticesSought: 2000,
  /** Classes of the catalogue, and the letters of a name. */
  catalogueNodes: 1000,
  catalogueNameChars: 60,
  /** Why a number is voided; words with which an issue is closed. Classes that a row of the register names as changed. */
  catalogueReasonChars: 200,
  issueNoteChars: 400,
  catalogueChangesTold: 100,
  /** An exported catalogue that is read back. */
  catalogueFileBytes: 32 * 1024 * 1024,
  /** Notices of one issue on one board. */
  noticesPerIssueBoard: 500,
  titleChars: 200,
  bodyChars: 20_000,
  /** Why rules of the office are changed, characters; notices that other rules are tried on, the newest, and what is told of each difference. */
  changeReasonChars: 200,
  screeningTried: 500,
  screeningTriedHits: 100,
  /** Wrong official terms that an office may add to the list, and the letters of one. */
  watchEntries: 2000,
  watchTermChars: 60,
  /** Of texts that are set anew for each day (countdowns, clocks with the lunar date, duty rosters): characters times days. */
  dayTextChars: 100_000,
  /** Measured characters that the typesetter keeps, their glyphs included. */
  cellCacheBytes: 32 * 1024 * 1024,
  /** Glyphs of all typefaces and sizes, ready to be drawn. */
  glyphCacheBytes: 32 * 1024 * 1024,
  /** Their shades as they are drawn, and the memory for a page's shades that is kept for the next page (a 4K panel's). */
  glyphRowBytes: 16 * 1024 * 1024,
  sparePlaneBytes: 8 * 1024 * 1024,
  /** The memory in which runs of glyphs are drawn: the font's rows, and the masks of the pages being drawn. */
  glyphKernelBytes: 16 * 1024 * 1024,
  /** A picture as uploaded: its bytes; its dots before they are decoded (A3 at 600 dpi), and after (a 4K panel). */
  pictureUploadBytes: 20 * 1024 * 1024,
  pictureSourcePx: 72 * 1024 * 1024,
  picturePx: 8 * 1024 * 1024,
  /** Pictures of one notice, a document's pages each counted, and their bytes as kept. */
  picturesPerNotice: 20,
  /** Uploads that nothing names any more, taken out at a time. */
  picturesSwept: 1000,
  pictureBytesPerNotice: 128 * 1024 * 1024,
  pictureCaptionChars: 100,
  /** Decoded pictures that the typesetter keeps for the next panel. */
  openPictureBytes: 128 * 1024 * 1024,
  /** Uploads that wait to be decoded, how long one may take, JavaScript's memory for it, and what a PDF may use to be drawn. */
  /** Of a picture in a list, dots a side. */
  thumbnailPx: 240,
  pictureJobs: 16,
  pictureDecodeMs: 30_000,
  pictureHeapBytes: 512 * 1024 * 1024,
  pdfHeapBytes: 512 * 1024 * 1024,
  /** Rows of dots as text, made and handed on at once: four rows of the longest page. */
  dotTextBytes: 256 * 1024,
  /** Texts, a body long each at most, that the typesetter keeps parted into words. */
  textsParted: 16,
  /** Texts that the typesetter keeps measured, their glyphs included. */
  measuredBytes: 32 * 1024 * 1024,
  /** Drafts to be looked at: bytes of one as asked, how many may wait, on how many boards at once, and dots of the pictures in one answer. */
  draftBytes: 256 * 1024,
  draftJobs: 8,
  looksAtOnce: 8,
  draftPicturePx: 8 * 1024 * 1024,
  /** The whole messages in such an answer, as the panels would get them, together. */
  draftMessageBytes: 32 * 1024 * 1024,
  /** Notices that wait for the typesetting thread; how long one may take on one panel, its fit report included; JavaScript's memory there. */
  typesetJobs: 1000,
  typesetMs: 30_000,
  typesetHeapBytes: 1024 * 1024 * 1024,
  /** Open drafts of an office, who may have written on one and all that it goes back to, explanations of its hits; words of a step: opinion, reason, note. */
  draftsOpen: 2000,
  draftHands: 500,
  draftExplanations: 200,
  reviewWordsChars: 1000,
  /** Steps of one case; cases that one question is answered with, and that one signature is for; long messages that are being looked at page by page. */
  reviewSteps: 50,
  casesAtOnce: 200,
  casesPerSignature: 50,
  partLooks: 200,
  /** A warning that one person sends out: how long it may last, how many of theirs from one template may await their countersignature; choices of one slot of its template. */
  emergencyHours: 24,
  warningsAwaiting: 5,
  warningChoices: 50,
  /** A ledger row's subject and data (the longest: the boards of a schedule before and after); rows that one question is answered with. */
  ledgerSubjectChars: 200,
  ledgerDataBytes: 128 * 1024,
  ledgerRowsAtOnce: 1000,
  /** Of a search: its words, the rows that one question looks through, those of one step of it (some milliseconds), those it answers. */
  ledgerWordChars: 100,
  ledgerRowsSearched: 200_000,
  ledgerRowsPerStep: 1000,
  ledgerRowsFound: 200,
  /** Play log: the longest time between two read-backs of one stretch (they come each 5 s); a stretch gets a row at least this often. */
  playGapMs: 15_000,
  playStillMs: 15 * 60_000,
  /** Its rows that wait for the disk, and the programmes that one instant may have been told in (a practice clock goes back). */
  playBacklogRows: 1000,
  playCandidates: 50,
  /** Of a board's link: the parts of its strip, the days and the rows that one question looks at, the breaks that are told one by one. */
  healthCells: 120,
  healthDays: 31,
  healthRows: 50_000,
  healthOutages: 20,
  /** Lines of one printed sheet. */
  sheetLines: 5000,
  /** Of a long strip, the pieces that a printed form shows. */
  formPiecesPerPage: 40,
  /** Characters of an export that are put on the wire at once. */
  exportPortionChars: 64 * 1024,
  /** Signed checkpoints kept in the data folder, and the bytes of their file that are read. */
  ledgerCheckpoints: 2000,
  ledgerCheckpointBytes: 2 * 1024 * 1024,
  /** Checkpoints that somebody types or pastes to be compared. */
  checkpointTextChars: 20_000,
  /** How long the play log is kept, days; the register is kept for ever. */
  playLogDays: 400,
  /** How long a daily job may take before the others go on without it; how soon one that failed is tried again, and how late at most. */
  jobMs: 30 * 60_000,
  jobRetryMs: 60_000,
  jobRetryMsMax: 6 * 3_600_000,
  /** How long a stopping daemon waits for a job. */
  jobStopMs: 3000,
  /** Daily reports: days that they are kept, and what one lists of each kind. */
  reportDays: 400,
  reportItems: 200,
  /** Two heartbeats missed: the daemon did not run, or its computer slept. */
  aliveGapMs: 150_000,
  /** How long a reading waits for what another process has written. */
  catchUpMs: 10_000,
  /** Nightly backups that are kept unless the installation file says otherwise, and days without a good one before that is a fault. */
  backupsKept: 7,
  /** A passphrase that is typed for one: characters. */
  backupPassphraseCharsMin: 12,
  backupPassphraseChars: 200,
  backupsKeptMost: 365,
  backupDays: 3,
  /** Passwords: characters; argon2id jobs worked on at once, waiting, and of one address. */
  passwordCharsMin: 10,
  passwordCharsMax: 128,
  passwordJobsAtOnce: 2,
  passwordJobs: 32,
  passwordJobsPerAddress: 4,
  /** Addresses, and addresses with logins, whose failures to sign in are remembered. */
  guessersRemembered: 10_000,
  /** Sessions by the wall clock: without a request, and at all. Set-up and password links; tokens. */
  sessionIdleMs: 30 * 60_000,
  sessionMs: 12 * 3_600_000,
  linkMs: 24 * 3_600_000,
  /** So long it is told that somebody else had set an account's password anew: to its owner, and beside their signatures. */
  passwordResetToldMs: 7 * 86_400_000,
  tokenDays: 366,
  tokenScopes: 20,
  /** The oldest session, or known device, makes room; the others are refused. */
  sessionsPerAccount: 10,
  devicesPerAccount: 10,
  accounts: 500,
  tokensPerAccount: 20,
  deputies: 500,
  deputyDays: 366,
  faultsPerBoard: 20,
  /** Orders of which one question is told. */
  takedownsAtOnce: 100,
  /** LCD pages: of one board at once, and gone ones of which may be lit what they had; messages that one keeps. */
  pagesPerBoard: 8,
  pagesRemembered: 32,
  showMessageBytes: 256 * 1024 * 1024,
  /** Unheard for so long, a page is not seen; how old the frame of a report, and its round trip, may be; CRCs of frames kept. */
  pageSilenceMs: 15_000,
  pageFrameAgeMs: 5000,
  pageRoundTripMs: 2000,
  frameCrcsKept: 256,
  /** Their lines: all of them at once; what one says at once and between two checks; silent for so long it is dropped; unsent bytes. */
  showLines: 1000,
  showInboundBytes: 1024,
  showWordsPerCheck: 120,
  showSilenceMs: 30_000,
  showBacklogBytes: 1024 * 1024,
  /** Keys for LCD pages that one administrator gives out; so many days before one ends its board says so. */
  showKeysPerAccount: 1000,
  showKeyDays: 14,
  /** 紧急关屏, 维护: letters of a reason; until a board that has not said that it is dark is named; how long a test pattern may stand. */
  switchReasonChars: 200,
  darkAnswerMs: 10_000,
  maintenanceMs: 60 * 60_000,
  /** Test patterns that are kept drawn. 报修: its letters, and those that wait for an answer, of a board and of all. */
  patternsKept: 32,
  boardReportChars: 500,
  boardReportsPerBoard: 20,
  boardReportsOpen: 1000,
  /** Places of a notice where a glyph is missing, listed one by one. */
  faultsPerNotice: 50,
  /** The installation file: its size, how deep it may nest, entries of one list or group, aliases, mistakes listed at once. */
  configFileBytes: 256 * 1024,
  configDepth: 12,
  configEntries: 1000,
  configAliases: 50,
  configProblems: 100,
  /** Installation files of before a change from the page that are kept. */
  configCopies: 30,
  /** Years that are imported at once, and kept. */
  calendarYears: 100,
  /** Sheets that were taken down long ago, told of at once. */
  postingsPast: 200,
  /** Earlier hangings of one sheet that its row keeps; the register has all. */
  postingsBefore: 20,
  /** Cards that a person carries: files and bytes of a load's folder; its notices, and the dots of all their pictures. */
  carriedFiles: 2048,
  carriedBytes: 32 * 1024 * 1024,
  cardNotices: 100,
  cardDots: 8 * 1024 * 1024,
  /** Loads of one card that are remembered since somebody last put one in. */
  cardLoads: 32,
  /** Days of one period on which nothing was seen lit. */
  publicityDays: 400,
  /** Lines of one group of what a person has to do today; drafts of theirs of which it is asked why they came back. */
  todayItems: 20,
  todayDrafts: 200,
  boardsPerSite: 1000,
  /** The page's and the API's pictures of a frame: dots after scaling. */
  framePicturePx: 16 * 1024 * 1024,
  /** What one request may ask for: the longest playlist, and the longest query value. */
  playlistDays: 400,
  /** What is looked ahead at: days of an outlook, and of a timeline; how long messages last, remembered. */
  outlookDays: 92,
  timelineDays: 62,
  /** Boards of a page of the schedule; starts of a rule that are told, and days on which it does not play. */
  scheduleBoards: 24,
  startsTold: 50,
  skippedDaysTold: 20,
  durationsKept: 20_000,
  /** Days without anything new until a board is stale (R27). */
  staleDays: 30,
  queryChars: 64,
} as const;
