/** What a catalogue is; the page reads it, too, which knows nothing of how it is kept. */

export interface CatalogueNode {
  /** The class in index numbers; its own in the whole tree. */
  readonly code: string;
  readonly name: string;
  /** Red where nothing of it, or of what is below it, is posted now. */
  readonly mandatory?: boolean;
  /** How long its notices are posted where nobody says otherwise. */
  readonly posting?: { readonly days: number; readonly unit: "workday" | "day" };
  /** Categories of notices that belong here; absent: only what is below. */
  readonly categories?: readonly string[];
  /** Of those, only what has one of these words in its title. */
  readonly titled?: readonly string[];
  readonly children?: readonly CatalogueNode[];
}

export interface Catalogue {
  /** The office's code in index numbers. */
  readonly unit: string;
  readonly nodes: readonly CatalogueNode[];
  /** Of what no class takes. */
  readonly other: { readonly code: string; readonly name: string };
}
