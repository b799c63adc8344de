/** As cases name a board's sheets beside its panel (`notices/paper.ts`): the board; null: a panel. */
export function boardOfPaper(place: string): string | null {
  return place.startsWith("paper:") ? place.slice("paper:".length) : null;
}
