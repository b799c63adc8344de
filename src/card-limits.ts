/** Maximums of other makers' cards and signs: a part of `limits.ts`, which is where to import them from. */
export const cardLimits = {
  /** Huidu cards: the XML of an answer, its elements and how deep they nest; pictures of ours that stay on one. */
  huiduXmlBytes: 256 * 1024,
  huiduXmlElements: 4000,
  huiduXmlDepth: 16,
  huiduFilesKept: 100,
  /** Alpha signs: one packet of theirs. */
  alphaReplyBytes: 16_384,
  /** Onbon cards: an answer; the data of one command; programmes written to one card's flash in a day, which endures 100,000. */
  onbonReplyBytes: 4096,
  onbonDataBytes: 63 * 1024,
  /** Of what a font card is sent to show: the protocol note has no bound, and says that so much is safe. */
  onbonTextBytes: 1000,
  flashWritesPerDay: 8,
} as const;
