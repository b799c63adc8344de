import { type Ref, ref } from "vue";

/** Offices' networks are plain HTTP, where no page has a clipboard to write to: it is selected, and copied as by hand. */
export function useCopying(whole: Readonly<Ref<HTMLElement | null>>) {
  const copied = ref(false);
  const copy = () => {
    if (whole.value === null) return;
    getSelection()?.selectAllChildren(whole.value);
    copied.value = document.execCommand("copy");
  };
  return { copied, copy };
}
