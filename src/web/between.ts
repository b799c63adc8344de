/**
 * Between two sessions nothing is asked: what goes out with the cookie of one that has just ended is refused, and would look
 * like a fault of the page. What was asked for is answered first; what is asked for meanwhile goes out afterwards. A change
 * does not wait: it would be made by another person than the one who meant it.
 */
const underWay = new Set<Promise<unknown>>();
let changing: Promise<unknown> | null = null;
/** An upload, or a daemon that is away, does not keep somebody from leaving. */
const patienceMs = 1500;

/** A question to the daemon, as whoever is signed in. `changes`: it is more than a question. */
export async function inSession<T>(question: () => Promise<T>, changes = false): Promise<T> {
  while (changing !== null && !changes) await changing;
  const answer = question();
  underWay.add(answer);
  try {
    return await answer;
  } finally {
    underWay.delete(answer);
  }
}

/** `change` ends a session, or begins one. Rejects with what it rejects with. One at a time: a second waits for the first. */
export async function betweenSessions<T>(change: () => Promise<T>): Promise<T> {
  while (changing !== null) await changing;
  let over = () => {};
  changing = new Promise<void>((resolve) => {
    over = resolve;
  });
  try {
    const patience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
    if (underWay.size > 0) await Promise.race([Promise.allSettled([...underWay]), patience]);
    return await change();
  } finally {
    changing = null;
    over();
  }
}
