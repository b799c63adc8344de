/** Help in place: whether it is open. One for the whole page, like the dark switch. */
import { ref } from "vue";

const helped = ref(false);

export const useHelp = () => ({ helped });
