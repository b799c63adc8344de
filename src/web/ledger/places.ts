/** The parts of the ledger: `#/ledger`, `#/ledger/check` … */
export const ledgerParts = ["look", "check", "reports", "exports"] as const;
export type LedgerPart = (typeof ledgerParts)[number];

/** Whoever does not read the register still looks up boards and takes the play log along. */
export const partsFor = (reads: boolean): readonly LedgerPart[] =>
  reads ? ledgerParts : ledgerParts.filter((part) => part === "look" || part === "exports");

export const partOf = (word: string | undefined): LedgerPart => ledgerParts.find((part) => part === word) ?? "look";

export const hashOf = (part: LedgerPart): string => (part === "look" ? "#/ledger" : `#/ledger/${part}`);
