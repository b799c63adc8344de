/*
 * A panel (firmware-protocol/SPEC.md 4 to 7), no more of it than the bench needs: mono, messages of one page that stands and
 * of at most 1,024 bytes. What it is given it looks at: sums, hashes, what a programme has on when.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "sha256.h"
#include "wire.h"

enum { width = 128, height = 32, pictureBytes = width / 8 * height, pageAt = 12, pixelsAt = pageAt + 18 };
enum { frameMost = 1040, messageMost = 1024, programmeMost = hashedMost, lineMost = 512, slots = 24 };

struct part { uint8_t hash[32], *bytes; uint32_t length, got; int whole; uint64_t used; uint32_t crc; };
struct programme { struct part part; int there; };
struct panel {
  int index, listener, fd, dark, length, spilt;
  char boot[9];
  int64_t clock;
  uint64_t turn;
  uint8_t frame[frameMost];
  struct part *slot[slots], *coming;
  struct programme staged, active, staging;
};

static int64_t monotonicMs(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static uint64_t little(const uint8_t *at, int bytes) {
  uint64_t value = 0;
  memcpy(&value, at, bytes);
  return value;
}

static char *hex(const uint8_t *hash) {
  static char text[4][65];
  static int next;
  char *into = text[next++ & 3];
  for (int at = 0; at < 32; at++) sprintf(into + 2 * at, "%02x", hash[at]);
  return into;
}

static struct part *find(struct panel *panel, const uint8_t *hash) {
  for (int at = 0; at < slots; at++)
    if (panel->slot[at] && !memcmp(panel->slot[at]->hash, hash, 32)) return panel->slot[at];
  return 0;
}

static int messages(const struct programme *of) { return of->there ? little(of->part.bytes + 10, 2) : 0; }

static int names(const struct programme *of, const uint8_t *hash) {
  for (int at = 0; at < messages(of); at++)
    if (!memcmp(of->part.bytes + 24 + 32 * at, hash, 32)) return 1;
  return 0;
}

/* SPEC 7.2: a slot that is free, or the longest unused that no programme names; none: -1. */
static int room(struct panel *panel) {
  int oldest = -1;
  for (int at = 0; at < slots; at++) {
    struct part *one = panel->slot[at];
    if (!one) return at;
    if (names(&panel->active, one->hash) || names(&panel->staged, one->hash)) continue;
    if (oldest < 0 || one->used < panel->slot[oldest]->used) oldest = at;
  }
  return oldest;
}

/* SPEC 4.4: a piece of a part. What is wrong with it, or 0. */
static const char *piece(struct part *of, const uint8_t *payload, int length) {
  uint32_t offset = little(payload + 36, 4);
  if (offset > of->got || offset + length - 40 > of->length) return "offset";
  memcpy(of->bytes + offset, payload + 40, length - 40);
  if (offset + length - 40 > of->got) of->got = offset + length - 40;
  uint8_t hash[32];
  if (of->got < of->length) return 0;
  sha256(of->bytes, of->length, hash);
  of->whole = 1;
  return memcmp(hash, of->hash, 32) ? "hash" : 0;
}

static void begin(struct part *of, const uint8_t *payload) {
  memcpy(of->hash, payload, 32);
  of->length = little(payload + 32, 4);
  of->bytes = realloc(of->bytes, of->length + 1);
  of->got = of->whole = 0;
}

/* What it lights at `t`: SPEC 6.2 and 5.6. */
static struct part *lit(struct panel *panel, int64_t t) {
  if (!panel->active.there || !panel->clock) return 0;
  const uint8_t *bytes = panel->active.part.bytes;
  int64_t m = t - (int64_t)little(bytes + 12, 6);
  if (m < 0 || m >= (int64_t)little(bytes + 18, 4)) return 0;
  const uint8_t *span = bytes + 24 + 32 * messages(&panel->active);
  for (int spans = little(bytes + 22, 2); spans > 0; spans--) {
    int turns = little(span + 14, 2);
    const uint8_t *turn = span + 16;
    int64_t from = little(span, 4), until = little(span + 4, 4), lead = little(span + 8, 4);
    if (m >= from && m < until) {
      int64_t x = (m - from + lead) % (int64_t)little(turn + 6 * (turns - 1) + 2, 4), since = 0;
      while (x >= (int64_t)little(turn + 2, 4)) since = little(turn + 2, 4), turn += 6;
      struct part *on = find(panel, bytes + 24 + 32 * little(turn, 2));
      return on && x - since < (int64_t)little(on->bytes + pageAt + 10, 4) ? on : 0;
    }
    span = turn + 6 * turns;
  }
  return 0;
}

static const char *put(struct panel *panel, const uint8_t *payload, int length, char *said) {
  struct part *here = find(panel, payload);
  if (here) {
    here->used = ++panel->turn;
    sprintf(said, " got=%u done=1", here->length);
    return 0;
  }
  if (little(payload + 32, 4) > messageMost) return "full";
  if (!panel->coming) panel->coming = calloc(1, sizeof *panel->coming);
  struct part *at = panel->coming;
  if (memcmp(at->hash, payload, 32) || at->length != little(payload + 32, 4) || at->whole) begin(at, payload);
  const char *why = piece(at, payload, length);
  if (why) return why;
  sprintf(said, " got=%u done=%d", at->got, at->whole);
  if (!at->whole) return 0;
  static const uint8_t head[12] = {'B', 'C', 'M', '1', width, 0, height, 0, 1, 0, 1, 0};
  if (at->length != pixelsAt + pictureBytes || memcmp(at->bytes, head, 12) || at->bytes[pageAt + 2] || at->bytes[pageAt + 3] != 1)
    return "format";
  int free = room(panel);
  if (free < 0) return "full";
  at->crc = crc32(at->bytes + pixelsAt, pictureBytes);
  at->used = ++panel->turn;
  panel->coming = panel->slot[free];
  if (panel->coming) panel->coming->whole = 1;
  panel->slot[free] = at;
  return 0;
}

static const char *stage(struct panel *panel, const uint8_t *payload, int length, char *said) {
  struct programme *at = &panel->staging;
  uint32_t total = little(payload + 32, 4);
  if (total > programmeMost) return "full";
  for (struct programme *one = &panel->staged; one <= &panel->active; one++)
    if (one->there && !memcmp(one->part.hash, payload, 32)) return sprintf(said, " got=%u done=1", total), NULL;
  if (memcmp(at->part.hash, payload, 32) || at->part.length != total || at->part.whole) begin(&at->part, payload);
  const char *why = piece(&at->part, payload, length);
  if (why) return why;
  sprintf(said, " got=%u done=%d", at->part.got, at->part.whole);
  if (!at->part.whole) return 0;
  if (total < 24 || memcmp(at->part.bytes, "BCP1", 4)) return "format";
  struct programme before = panel->staged;
  panel->staged = *at;
  panel->staged.there = 1;
  *at = before;
  at->part.whole = 1;
  return 0;
}

static const char *activate(struct panel *panel, const uint8_t *id, char *said) {
  if (!panel->active.there || memcmp(panel->active.part.hash, id, 32)) {
    if (!panel->staged.there || memcmp(panel->staged.part.hash, id, 32)) return "not-staged";
    for (int at = 0; at < messages(&panel->staged); at++)
      if (!find(panel, panel->staged.part.bytes + 24 + 32 * at)) return "missing count=1";
    struct programme before = panel->active;
    panel->active = panel->staged;
    panel->staged = before;
    panel->staged.there = 0;
  }
  sprintf(said, " prog=%s", hex(id));
  return 0;
}

static void status(struct panel *panel, char *said) {
  static uint8_t black[pictureBytes];
  int64_t now = panel->clock ? panel->clock + monotonicMs() : 0;
  struct part *on = panel->dark ? 0 : lit(panel, now);
  const char *why = panel->dark ? "dark" : !panel->active.there || !panel->clock ? "bare" : on ? "turn" : "blank";
  sprintf(said, " time=%lld prog=%s msg=%s why=%s crc=%08x boot=%s dark=%d", (long long)now,
          panel->active.there ? hex(panel->active.part.hash) : "-", on ? hex(on->hash) : "-", why,
          on ? on->crc : crc32(black, pictureBytes), panel->boot, panel->dark);
}

/* SPEC 4. Why it is refused, or 0 and what is said. */
static const char *obey(struct panel *panel, int verb, const uint8_t *payload, int length, char *said) {
  switch (verb) {
    case 1:
      sprintf(said, " proto=1 id=P%d w=%d h=%d colour=mono ram=%d messages=64 programme=4096 payload=1024 boot=%s fw=farm",
              panel->index, width, height, slots * messageMost, panel->boot);
      return 0;
    case 2:
      if (length != 6) return "length";
      panel->clock = little(payload, 6) - monotonicMs();
      sprintf(said, " time=%lld", (long long)little(payload, 6));
      return 0;
    case 3: {
      if (length % 32 || length == 0) return "length";
      char *to = said + sprintf(said, " have=");
      for (int at = 0; at < length; at += 32) *to++ = find(panel, payload + at) ? '1' : '0';
      *to = 0;
      return 0;
    }
    case 4: return length < 40 ? "length" : put(panel, payload, length, said);
    case 5: return length < 40 ? "length" : stage(panel, payload, length, said);
    case 6: return length != 32 ? "length" : activate(panel, payload, said);
    case 7: return length ? "length" : (status(panel, said), NULL);
    case 8:
      if (length != 1) return "length";
      if (payload[0] > 1) return "value";
      sprintf(said, " dark=%d", panel->dark = payload[0]);
      return 0;
    default: return "verb";
  }
}

/* A frame that has come to its end; the reply's bytes, 0: there is none. SPEC 2.2 to 2.4, 3. */
static int answer(struct panel *panel, char *into) {
  uint8_t content[frameMost];
  int length = 0;
  for (int at = 0; at < panel->length;) {
    int code = panel->frame[at++];
    for (int left = code - 1; left > 0; left--) {
      if (at == panel->length) return 0;
      content[length++] = panel->frame[at++];
    }
    if (code < 255 && at < panel->length) content[length++] = 0;
  }
  if (length < 9 || crc32(content, length - 4) != little(content + length - 4, 4) || content[0] != 1 || content[1] != 1) return 0;
  char said[lineMost] = "";
  const char *why = obey(panel, content[4], content + 5, length - 9, said);
  int end = sprintf(into, "%04x %s%s%s", (int)little(content + 2, 2), why ? "ERR code=" : "OK", why ? why : "", why ? "" : said);
  return end + sprintf(into + end, " *%04x\r\n", crc16(into, end));
}
