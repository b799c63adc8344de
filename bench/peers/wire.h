/* Sums of our protocol (firmware-protocol/SPEC.md 2.4, 3.2), for programs of the bench. */
#include <stdint.h>

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

static uint16_t crc16(const char *text, int length) {
  uint16_t crc = 0xffff;
  for (int at = 0; at < length; at++) crc = crc << 8 ^ table16[crc >> 8 ^ (uint8_t)text[at]];
  return crc;
}
