package io.semblance.extract.codec;

import java.util.Arrays;

/// The different colours of an image and how many pixels each has; a colour's place is its rank by
/// first appearance. Reused for many images by one thread.
final class ColourCounts {

  private static final int FREE = -1;

  private int[] slots = new int[0];
  private int shift;
  private int[] colours = new int[1 << 10];
  private int[] pixels = new int[1 << 10];
  private int[] places = new int[0];
  private int distinct;

  /// @param rgb interleaved
  void count(byte[] rgb) {
    int n = rgb.length / 3;
    clear(n);
    if (places.length < n) {
      places = new int[n];
    }
    int last = FREE; // no colour
    int place = 0;
    for (int i = 0; i < n; i++) {
      int colour = Palette.color(rgb, 3 * i);
      if (colour != last) {
        place = placeOrNew(colour);
        last = colour;
      }
      pixels[place]++;
      places[i] = place;
    }
  }

  /// Counts again with low bits dropped.
  ///
  /// @param finer the same image
  /// @param drop bits of each channel
  void count(ColourCounts finer, int drop) {
    clear(finer.distinct);
    for (int i = 0; i < finer.distinct; i++) {
      int place = placeOrNew(dropped(finer.colours[i], drop));
      pixels[place] += finer.pixels[i];
    }
  }

  int distinct() {
    return distinct;
  }

  /// @return `0xRRGGBB`, each channel shifted right by the bits dropped
  int colour(int place) {
    return colours[place];
  }

  int pixels(int place) {
    return pixels[place];
  }

  /// @param i index of a pixel of the image counted last
  int placeOfPixel(int i) {
    return places[i];
  }

  /// @param colour of the finer counts
  /// @param drop as counted
  /// @return its place here
  int place(int colour, int drop) {
    return slots[slot(dropped(colour, drop))];
  }

  private static int dropped(int colour, int drop) {
    int channel = 0xFF >> drop;
    return (colour >> drop) & (channel << 16 | channel << 8 | channel);
  }

  private int placeOrNew(int colour) {
    int slot = slot(colour);
    if (slots[slot] != FREE) {
      return slots[slot];
    }
    if (distinct == colours.length) {
      colours = Arrays.copyOf(colours, 2 * distinct);
      pixels = Arrays.copyOf(pixels, 2 * distinct);
    }
    colours[distinct] = colour;
    pixels[distinct] = 0;
    slots[slot] = distinct;
    return distinct++;
  }

  private int slot(int colour) {
    int slot = (colour * 0x9E3779B1) >>> shift;
    while (slots[slot] != FREE && colours[slots[slot]] != colour) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void clear(int most) {
    int bits = Math.max(10, 33 - Integer.numberOfLeadingZeros(Math.min(most, 1 << 24)));
    if (slots.length != 1 << bits) {
      slots = new int[1 << bits];
      shift = 32 - bits;
    }
    Arrays.fill(slots, FREE);
    distinct = 0;
  }
}
