/** Opening hours as people say them. */
import type { HoursJson } from "../api.ts";
import { useWords } from "../i18n.ts";

export function useHours() {
  const { t } = useWords();
  const hoursOf = ({ from, until, days }: HoursJson) =>
    `${from}–${until <= from ? t("board.nextDay") : ""}${until} ${t(`days.${days}`)}`;
  return { hoursOf };
}
