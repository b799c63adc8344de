/** Where in the kernels' memories what stands: offsets in bytes. */

export const lineMemory = {
  /** Slots of the glyphs to draw, i32. */
  slots: 0,
  /** The font's rows, 32 bytes a slot: room for every slot that 16 bits can name. */
  font: 0x4000,
  /** Masks. */
  masks: 0x20_4000,
  end: 0x100_0000,
} as const;
