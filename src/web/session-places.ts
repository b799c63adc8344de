/** The places of whoever sits here. */
import { computed } from "vue";
import { placesFor } from "./places.ts";
import { useSession } from "./session.ts";

export function usePlaces() {
  const { who, account, may } = useSession();
  return computed(() =>
    placesFor({
      reads: who.value?.reads ?? false,
      known: account.value !== null || who.value?.via === "local",
      account: account.value !== null,
      may,
    }),
  );
}
