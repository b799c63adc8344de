/*
 * panel-farm.ts in C, epoll, one thread: panels (firmware-protocol/SPEC.md) that are no slower than those who are measured.
 * It is asked, and says, what panel-farm.ts is asked and says. What it reads at once it answers at once, in one write.
 *
 * No more than the bench needs: mono, messages of one page that stands, of at most 1,024 bytes.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { width = 128, height = 32, pictureBytes = width / 8 * height, pageAt = 12, pixelsAt = pageAt + 18 };
enum { frameMost = 1040, messageMost = 1024, programmeMost = 4096, lineMost = 512, slots = 24 };

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
static struct panel *panels;
static int count, epoll;
static uint32_t table32[256];
static uint16_t table16[256];

static void tables(void) {
  for (unsigned at = 0; at < 256; at++) {
    uint32_t low = at;
    uint16_t high = at << 8;
    for (int bit = 0; bit < 8; bit++) {
      low = low & 1 ? low >> 1 ^ 0xedb88320 : low >> 1;
      high = high & 0x8000 ? high << 1 ^ 0x1021 : high << 1;
    }
    table32[at] = low;
    table16[at] = high;
  }
}

static uint32_t crc32(const uint8_t *bytes, int length) {
  uint32_t crc = ~0u;
  for (int at = 0; at < length; at++) crc = crc >> 8 ^ table32[(crc ^ bytes[at]) & 255];
  return ~crc;
}

/* FIPS 180-4. The constants are the first 32 bits of the fractional parts of the primes' cube and square roots. */
static uint32_t k[64], start[8];

static uint32_t fraction(long double root) { return (uint32_t)((root - (uint64_t)root) * 4294967296.0L); }

static long double root(int of, int degree) {
  long double x = of;
  for (int at = 0; at < 200; at++) x -= degree == 2 ? (x * x - of) / (2 * x) : (x * x * x - of) / (3 * x * x);
  return x;
}

static void constants(void) {
  for (int n = 0, candidate = 2; n < 64; candidate++) {
    int prime = 1;
    for (int by = 2; by * by <= candidate; by++) prime &= candidate % by != 0;
    if (!prime) continue;
    k[n] = fraction(root(candidate, 3));
    if (n < 8) start[n] = fraction(root(candidate, 2));
    n++;
  }
}

#define TURN(x, n) ((x) >> (n) | (x) << (32 - (n)))
static void sha256(const uint8_t *bytes, uint32_t length, uint8_t *out) {
  static uint8_t padded[programmeMost + 72];
  uint32_t h[8], w[64], total = (length + 72) / 64 * 64;
  memcpy(h, start, sizeof h);
  memcpy(padded, bytes, length);
  memset(padded + length, 0, total - length);
  padded[length] = 0x80;
  for (int at = 0; at < 4; at++) padded[total - 1 - at] = length * 8 >> 8 * at;
  for (uint32_t block = 0; block < total; block += 64) {
    for (int at = 0; at < 16; at++) w[at] = __builtin_bswap32(*(uint32_t *)(padded + block + 4 * at));
    for (int at = 16; at < 64; at++) {
      uint32_t a = w[at - 15], b = w[at - 2];
      w[at] = w[at - 16] + w[at - 7] + (TURN(a, 7) ^ TURN(a, 18) ^ a >> 3) + (TURN(b, 17) ^ TURN(b, 19) ^ b >> 10);
    }
    uint32_t v[8];
    memcpy(v, h, sizeof v);
    for (int at = 0; at < 64; at++) {
      uint32_t one = v[7] + (TURN(v[4], 6) ^ TURN(v[4], 11) ^ TURN(v[4], 25)) + (v[4] & v[5] ^ ~v[4] & v[6]) + k[at] + w[at];
      uint32_t two = (TURN(v[0], 2) ^ TURN(v[0], 13) ^ TURN(v[0], 22)) + (v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]);
      memmove(v + 1, v, 7 * sizeof *v);
      v[4] += one;
      v[0] = one + two;
    }
    for (int at = 0; at < 8; at++) h[at] += v[at];
  }
  for (int at = 0; at < 8; at++) ((uint32_t *)out)[at] = __builtin_bswap32(h[at]);
}

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
  uint16_t crc = 0xffff;
  for (int at = 0; at < end; at++) crc = crc << 8 ^ table16[crc >> 8 ^ (uint8_t)into[at]];
  return end + sprintf(into + end, " *%04x\r\n", crc);
}

static void hear(struct panel *panel) {
  static uint8_t bytes[65536];
  static char lines[65536 / 8 * lineMost];
  ssize_t length = recv(panel->fd, bytes, sizeof bytes, 0);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0) {
    close(panel->fd);
    panel->fd = -1;
    return;
  }
  int said = 0;
  for (int at = 0; at < length; at++) {
    if (bytes[at]) {
      if (panel->length == frameMost) panel->spilt = 1;
      else panel->frame[panel->length++] = bytes[at];
      continue;
    }
    if (panel->length && !panel->spilt) said += answer(panel, lines + said);
    panel->length = panel->spilt = 0;
  }
  for (int at = 0; at < said;) {
    ssize_t took = send(panel->fd, lines + at, said - at, MSG_NOSIGNAL);
    if (took <= 0) break;
    at += took;
  }
}

/* The newest connection is the one that counts. */
static void arrive(struct panel *panel) {
  int fd = accept(panel->listener, 0, 0), one = 1;
  if (fd < 0) return;
  if (panel->fd >= 0) close(panel->fd);
  panel->fd = fd;
  panel->length = panel->spilt = 0;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = 2 * panel->index + 1}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void order(void) {
  char line[64];
  if (!fgets(line, sizeof line, stdin)) exit(0);
  int from = 0, until = 0;
  sscanf(line, "stall %d %d", &from, &until);
  for (int at = 0; at < count; at++) {
    struct epoll_event event = {.events = at >= from && at < until ? 0 : EPOLLIN, .data = {.u64 = 2 * at + 1}};
    if (panels[at].fd >= 0) epoll_ctl(epoll, EPOLL_CTL_MOD, panels[at].fd, &event);
  }
  puts("done");
  fflush(stdout);
}

int main(int words, char **word) {
  struct rlimit most;
  getrlimit(RLIMIT_NOFILE, &most);
  most.rlim_cur = most.rlim_max;
  setrlimit(RLIMIT_NOFILE, &most);
  tables();
  constants();
  count = words > 1 ? atoi(word[1]) : 1;
  panels = calloc(count, sizeof *panels);
  epoll = epoll_create1(0);
  for (int at = 0; at < count; at++) {
    struct panel *panel = &panels[at];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof to;
    panel->index = at;
    panel->fd = -1;
    sprintf(panel->boot, "%08x", at + 1);
    panel->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(panel->listener, (void *)&to, length) || listen(panel->listener, 8)) return perror("panel_farm"), 1;
    getsockname(panel->listener, (void *)&to, &length);
    struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = 2 * at}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, panel->listener, &event);
    printf(at ? " %d" : "%d", ntohs(to.sin_port));
  }
  puts("");
  fflush(stdout);
  struct epoll_event input = {.events = EPOLLIN, .data = {.u64 = 2 * count}}, events[1024];
  epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &input);
  for (;;) {
    int ready = epoll_wait(epoll, events, 1024, -1);
    for (int at = 0; at < ready; at++) {
      uint64_t what = events[at].data.u64;
      if (what == 2u * count) order();
      else if (what % 2) hear(&panels[what / 2]);
      else arrive(&panels[what / 2]);
    }
  }
}
