/*
 * A sender of our protocol (firmware-protocol/SPEC.md) in C: epoll, one thread, a small state a panel. It is asked, and
 * says, what sender_asyncio.py is asked and says.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
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
#include "wire.h"

enum { hello = 1, setClock, have, put, stage, activate, status };
enum { payloadMost = 1024, frameMost = 1040, linesMost = 2048, verbsMost = 5 };
static const int greeting[] = {hello, setClock}, single[] = {stage, have, put, activate, status},
                 burst[] = {stage, put, activate, status};

/* `seq` is the last command's that left, `step` the reply's that is due. */
struct panel {
  int fd, step, got;
  uint16_t seq;
  double asked;
  char boot[9], lines[linesMost + 1];
};
struct part { uint8_t bytes[payloadMost]; int length; };
static struct { char id[65], hash[65], crc[9]; struct part payload[8]; uint8_t command[8][frameMost]; int sent[8]; } wave;
/* As the wave's kind is: what is said and checked, and whether all of it leaves at once. */
static int full, ahead;

static void fail(const char *why, const char *line) {
  fprintf(stderr, "sender_epoll: %s: %s\n", why, line);
  exit(1);
}

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* SPEC 2.1 to 2.4: content, its CRC, stuffed between two zeros. */
static int frame(uint8_t *out, uint16_t seq, int verb, const struct part *payload) {
  uint8_t content[payloadMost + 9] = {1, 1, seq & 255, seq >> 8, verb};
  int length = 5 + payload->length;
  memcpy(content + 5, payload->bytes, payload->length);
  uint32_t crc = crc32(content, length);
  memcpy(content + length, &crc, 4);
  length += 4;
  int code = 1, to = 2;
  out[0] = 0;
  for (int at = 0; at < length; at++) {
    if (to - code == 255) out[code] = 255, code = to++;
    if (content[at]) out[to++] = content[at];
    else out[code] = to - code, code = to++;
  }
  out[code] = to - code;
  out[to++] = 0;
  return to;
}

/* Commands of one write. */
static void ask(struct panel *panel, const int *verbs, int count) {
  uint8_t made[verbsMost * frameMost];
  int length = 0;
  for (int at = 0; at < count; at++) {
    int verb = verbs[at];
    if (verb == setClock) {
      uint64_t ms = now(CLOCK_REALTIME);
      memcpy(wave.payload[setClock].bytes, &ms, wave.payload[setClock].length = 6);
    }
    if (full || verb < have) {
      panel->seq = panel->seq % 65535 + 1;
      length += frame(made + length, panel->seq, verb, &wave.payload[verb]);
    } else {
      memcpy(made + length, wave.command[verb], wave.sent[verb]);
      length += wave.sent[verb];
    }
    if (full && verb == status) panel->asked = now(CLOCK_REALTIME);
  }
  if (send(panel->fd, made, length, 0) != length) fail("not sent", "");
}

/* The value of a key, up to the space that ends it; SPEC 3.1. */
static const char *value(const char *line, const char *key, int length) {
  const char *at = strstr(line, key);
  if (!at || at[length + strlen(key)] != ' ') fail(key, line);
  return at + strlen(key);
}

static void is(const char *line, const char *key, const char *wanted) {
  int length = strlen(wanted);
  if (memcmp(value(line, key, length), wanted, length)) fail(key, line);
}

/* SPEC 3.1, 3.2 and what the verb promises. */
static void check(struct panel *panel, const char *line, uint16_t number, int verb) {
  char *sum = strrchr(line, '*'), seq[9];
  if (!sum || sum - line < 9) fail("damaged", line);
  snprintf(seq, sizeof seq, "%04x OK ", number);
  if (crc16(line, sum - 1 - line) != strtoul(sum + 1, 0, 16) || memcmp(line, seq, 8)) fail("damaged or refused", line);
  if (verb == hello) memcpy(panel->boot, value(line, " boot=", 8), 8);
  if (verb == stage || verb == put) is(line, " done=", "1");
  if (verb == have) is(line, " have=", "0");
  if (verb == activate || verb == status) is(line, " prog=", wave.id);
  if (verb != status) return;
  double heard = now(CLOCK_REALTIME), off = atof(value(line, " time=", 13)) - (panel->asked + heard) / 2;
  if ((off < 0 ? -off : off) > 250 + (heard - panel->asked) / 2) fail("clock", line);
  is(line, " msg=", wave.hash);
  is(line, " why=", "turn");
  is(line, " crc=", wave.crc);
  is(line, " boot=", panel->boot);
  is(line, " dark=", "0");
}

static int hex(const char *text, uint8_t *into) {
  int length = strlen(text) / 2;
  for (int at = 0; at < length; at++) sscanf(text + 2 * at, "%2hhx", into + at);
  return length;
}

static void chunk(struct part *into, const char *hash, const char *text) {
  uint32_t total = strlen(text) / 2, none = 0;
  hex(hash, into->bytes);
  memcpy(into->bytes + 32, &total, 4);
  memcpy(into->bytes + 36, &none, 4);
  into->length = 40 + hex(text, into->bytes + 40);
}

static void read_wave(const char *line) {
  static char kind[8], programme[2 * payloadMost], message[2 * payloadMost];
  if (sscanf(line, "%7s %2047s %2047s %64s %64s %8s", kind, programme, message, wave.id, wave.hash, wave.crc) != 6)
    fail("no wave", line);
  full = strcmp(kind, "plain");
  ahead = strcmp(kind, "single");
  chunk(&wave.payload[stage], wave.id, programme);
  chunk(&wave.payload[put], wave.hash, message);
  wave.payload[have].length = hex(wave.hash, wave.payload[have].bytes);
  wave.payload[activate].length = hex(wave.id, wave.payload[activate].bytes);
  for (int verb = have; verb <= status; verb++) wave.sent[verb] = frame(wave.command[verb], 1, verb, &wave.payload[verb]);
}

/* The lines that are whole; the rest waits for its end. How many answers were due and came. */
static int hear(struct panel *panel, const int *verbs, int count, int ahead) {
  char *from = panel->lines, *end;
  int before = panel->step;
  while ((end = memchr(from, '\n', panel->lines + panel->got - from))) {
    *end = 0;
    int verb = verbs[panel->step], last = ahead ? count - 1 : panel->step;
    uint16_t number = (panel->seq + 65534 - (last - panel->step)) % 65535 + 1;
    if (full || verb < have) check(panel, from, number, verb);
    panel->step++;
    from = end + 1;
  }
  panel->got -= from - panel->lines;
  memmove(panel->lines, from, panel->got);
  if (panel->got == linesMost) fail("too long", panel->lines);
  if (!ahead && panel->step > before && panel->step < count) ask(panel, verbs + panel->step, 1);
  return panel->step - before;
}

/* All panels through the same commands, each at its own pace: one after the other, or all of a panel's at once. */
static void run(int epoll, struct panel *panels, int count, const int *verbs, int length, int ahead) {
  struct epoll_event events[1024];
  for (int at = 0; at < count; at++) panels[at].step = 0, ask(&panels[at], verbs, ahead ? length : 1);
  for (int left = count * length; left > 0;) {
    int ready = epoll_wait(epoll, events, 1024, -1);
    for (int at = 0; at < ready; at++) {
      struct panel *panel = events[at].data.ptr;
      ssize_t more = recv(panel->fd, panel->lines + panel->got, linesMost - panel->got, 0);
      if (more <= 0) fail("lost", "");
      panel->got += more;
      left -= hear(panel, verbs, length, ahead);
    }
  }
}

int main(void) {
  struct rlimit most;
  getrlimit(RLIMIT_NOFILE, &most);
  most.rlim_cur = most.rlim_max;
  setrlimit(RLIMIT_NOFILE, &most);
  tables();
  char *line = 0;
  size_t size = 0;
  if (getline(&line, &size, stdin) < 0) return 1;
  int count = 0, epoll = epoll_create1(0), one = 1;
  struct panel *panels = calloc(65536, sizeof *panels);
  for (char *word = strtok(line, " \n"); word; word = strtok(0, " \n")) {
    struct panel *panel = &panels[count++];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(word)), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    panel->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(panel->fd, (struct sockaddr *)&to, sizeof to)) fail("not connected", word);
    setsockopt(panel->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = panel}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, panel->fd, &event);
  }
  run(epoll, panels, count, greeting, 2, 0);
  puts("ready");
  fflush(stdout);
  while (getline(&line, &size, stdin) > 0) {
    read_wave(line);
    double cpu = now(CLOCK_PROCESS_CPUTIME_ID), clock = now(CLOCK_MONOTONIC);
    if (ahead) run(epoll, panels, count, burst, 4, 1);
    else run(epoll, panels, count, single, 5, 0);
    printf("%f %f\n", now(CLOCK_PROCESS_CPUTIME_ID) - cpu, now(CLOCK_MONOTONIC) - clock);
    fflush(stdout);
  }
  return 0;
}
