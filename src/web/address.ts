/** Where in the page one is: what stands after the #. */
import { readonly, ref } from "vue";
import { parseAddress } from "./view-names.ts";

export { type Address, parseAddress, type ViewName, viewNames } from "./view-names.ts";

const address = ref(parseAddress(location.hash));
addEventListener("hashchange", () => {
  address.value = parseAddress(location.hash);
});

export const useAddress = () => readonly(address);

export function goTo(hash: string): void {
  location.hash = hash;
}

/** The same place under another address: what was there is not to be gone back to. */
export function replaceAddress(hash: string): void {
  history.replaceState(null, "", `${location.pathname}${location.search}${hash}`);
  address.value = parseAddress(hash);
}
