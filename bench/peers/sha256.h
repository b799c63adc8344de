/* SHA-256 of at most `hashedMost` bytes, for a panel of the bench that looks at what it is given. */
#include <stdint.h>
#include <string.h>

enum { hashedMost = 4096 };

/* FIPS 180-4. The constants are the first 32 bits of the fractional parts of the primes' cube and square roots. */
static uint32_t k[64], start[8];

static uint32_t fraction(long double root) { return (uint32_t)((root - (uint64_t)root) * 4294967296.0L); }

static long double root(int of, int degree) {
  long double x = of;
  for (int at = 0; at < 200; at++) x -= degree == 2 ? (x * x - of) / (2 * x) : (x * x * x - of) / (3 * x * x);
  return x;
}

static void sha256_constants(void) {
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
  static uint8_t padded[hashedMost + 72];
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
