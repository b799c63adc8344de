/*
 * panel-farm.ts in C, epoll, one thread: panels that are no slower than those who are measured. It is asked, and says, what
 * panel-farm.ts is asked and says. What it reads at once it answers at once, in one write.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include "panel.h"

static struct panel *panels;
static int count, epoll;

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
  sha256_constants();
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
