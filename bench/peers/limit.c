/*
 * How fast a compiler makes it: plain loops, -O3 -march=native. Asked on standard input, answers with the processor
 * nanoseconds that the asked count of turns took. First come, as little-endian words: u32 font rows (16 a glyph) and the
 * rows (u16), u32 glyphs a line, u32 lines and their slots (u16); then commands: "line N", "dither N", "copy N".
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { width = 256, height = 128 };
static uint8_t picture[width * height * 3], copied[sizeof picture], planes[3][width * height / 8];
static uint8_t thresholds[64];

/* The compiler may not leave out what made it. */
static void done(const void *result) { __asm__ volatile("" : : "r"(result) : "memory"); }

static uint16_t *words(uint32_t count) {
  uint16_t *all = malloc(count * 2 + 2);
  if (!all || fread(all, 2, count, stdin) != count) exit(1);
  return all;
}

static uint32_t number(void) {
  uint32_t value;
  if (fread(&value, 4, 1, stdin) != 1) exit(1);
  return value;
}

static void line(uint16_t *into, const uint16_t *rows, const uint16_t *slots, uint32_t count) {
  for (uint32_t glyph = 0; glyph < count; glyph++) {
    const uint16_t *from = rows + slots[glyph] * 16;
    for (int row = 0; row < 16; row++) into[row * count + glyph] = from[row];
  }
  done(into);
}

static void dither(void) {
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width / 8; x++) {
      const uint8_t *t = thresholds + (y & 7) * 8, *from = picture + (y * width + x * 8) * 3;
      unsigned r = 0, g = 0, b = 0;
      for (int dot = 0; dot < 8; dot++) {
        r |= (unsigned)(from[3 * dot] >= t[dot]) << (7 - dot);
        g |= (unsigned)(from[3 * dot + 1] >= t[dot]) << (7 - dot);
        b |= (unsigned)(from[3 * dot + 2] >= t[dot]) << (7 - dot);
      }
      planes[0][y * width / 8 + x] = r;
      planes[1][y * width / 8 + x] = g;
      planes[2][y * width / 8 + x] = b;
    }
  done(planes);
}

static uint64_t spent(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

int main(void) {
  uint16_t *rows = words(number());
  uint32_t count = number(), lines = number();
  uint16_t *slots = words(count * lines), *into = malloc(count * 32);
  for (size_t at = 0; at < sizeof picture; at++) picture[at] = at * 31 >> 3;
  for (int at = 0; at < 64; at++) thresholds[at] = (at * 37 & 63) * 4 + 2;
  char what[16];
  unsigned turns;
  while (scanf("%15s %u", what, &turns) == 2) {
    uint64_t begun = spent();
    for (unsigned turn = 0; turn < turns; turn++) {
      if (what[0] == 'l') line(into, rows, slots + turn % lines * count, count);
      else if (what[0] == 'd') picture[turn % 512] ^= 1, dither();
      else picture[turn % 512] ^= 1, memcpy(copied, picture, sizeof picture), done(copied);
    }
    printf("%llu\n", (unsigned long long)(spent() - begun));
    fflush(stdout);
  }
}
