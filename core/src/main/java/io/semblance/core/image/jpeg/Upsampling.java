package io.semblance.core.image.jpeg;

/// Brings a channel to the picture's size, one row of pixels at a time, even and odd columns
/// separately. Source: libjpeg-turbo, `jdsample.c`, "fancy" upsampling.
sealed interface Upsampling {

  /// @param channel which
  /// @param size the frame's size and largest sampling factors
  /// @return how libjpeg enlarges this channel
  static Upsampling of(Component channel, Component.Geometry size) {
    int wide = size.maxH() / channel.h;
    int high = size.maxV() / channel.v;
    int blocks = size.unitsWide() * channel.h;
    int pairs = Math.max(4 * blocks, Math.ceilDiv(size.width(), 2));
    if (wide == 1 && high == 1) {
      return new Whole(new SampleRows(channel, blocks, true));
    } else if (wide == 1 && high == 2) {
      return new Tall(new SampleRows(channel, blocks, true), new int[pairs], new int[pairs]);
    } else if (wide == 2 && high <= 2 && channel.width > 2) {
      return new Wide(channel, blocks, high == 2);
    }
    var rows = new SampleRows(channel, blocks, false);
    return new Repeated(rows, wide, high, new int[pairs], new int[pairs]);
  }

  /// @return where samples are put
  SampleRows rows();

  /// @return whether a row of pixels needs the row of samples below it
  boolean looksBelow();

  /// Prepares a row.
  ///
  /// @param y row of the picture
  void prepare(int y);

  /// @return the prepared row's even columns, valid until the next; may be longer than the picture
  ///   is wide
  int[] even();

  /// @return the same of its odd columns
  int[] odd();

  /// A channel of the picture's size.
  final class Whole implements Upsampling {
    private final SampleRows rows;
    private int y;

    Whole(SampleRows rows) {
      this.rows = rows;
    }

    @Override
    public SampleRows rows() {
      return rows;
    }

    @Override
    public boolean looksBelow() {
      return false;
    }

    @Override
    public void prepare(int row) {
      y = row;
    }

    @Override
    public int[] even() {
      return rows.even(y);
    }

    @Override
    public int[] odd() {
      return rows.odd(y);
    }
  }

  /// Every sample repeated, at any proportion.
  ///
  /// @param rows samples, kept whole
  /// @param wide columns that a sample makes
  /// @param high rows that a sample makes
  /// @param even the prepared row
  /// @param odd the prepared row
  record Repeated(SampleRows rows, int wide, int high, int[] even, int[] odd)
      implements Upsampling {

    @Override
    public boolean looksBelow() {
      return false;
    }

    @Override
    public void prepare(int y) {
      int[] row = rows.even(y / high);
      for (int i = 0; i < even.length && (2 * i + 1) / wide < row.length; i++) {
        even[i] = row[2 * i / wide];
        odd[i] = row[(2 * i + 1) / wide];
      }
    }
  }

  /// Half as high as the picture: three parts of the nearer row and one of the other.
  ///
  /// @param rows samples, kept split
  /// @param even the prepared row
  /// @param odd the prepared row
  record Tall(SampleRows rows, int[] even, int[] odd) implements Upsampling {

    @Override
    public boolean looksBelow() {
      return true;
    }

    @Override
    public void prepare(int y) {
      int near = y >> 1;
      int far = (y & 1) == 0 ? near - 1 : near + 1;
      int bias = (y & 1) == 0 ? 1 : 2;
      mix(rows.even(near), rows.even(far), bias, even, rows.even(near).length);
      mix(rows.odd(near), rows.odd(far), bias, odd, rows.odd(near).length);
    }

    private static void mix(int[] near, int[] far, int bias, int[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = (3 * near[i] + far[i] + bias) >> 2;
      }
    }
  }

  /// Half as wide as the picture, and as high or half as high: three parts of the nearer column and
  /// one of the other, after the same of rows.
  final class Wide implements Upsampling {
    private final SampleRows rows;
    private final boolean high;
    private final int[] sums;
    // the sums of the left and of the right neighbour; at the edges, their own
    private final int[] left;
    private final int[] right;
    private final int[] even;
    private final int[] odd;

    Wide(Component channel, int blocks, boolean high) {
      this.rows = new SampleRows(channel, blocks, false);
      this.high = high;
      int length = 8 * blocks;
      this.sums = new int[length];
      this.left = new int[length];
      this.right = new int[length];
      this.even = new int[length];
      this.odd = new int[length];
    }

    @Override
    public SampleRows rows() {
      return rows;
    }

    @Override
    public boolean looksBelow() {
      return high;
    }

    @Override
    public void prepare(int y) {
      int width = rows.channel().width;
      if (high) {
        int near = y >> 1;
        int far = (y & 1) == 0 ? near - 1 : near + 1;
        sum(rows.even(near), rows.even(far), sums, width);
        neighbours(sums, width);
        mix16(sums, left, right, even, odd, width);
      } else {
        int[] row = rows.even(y);
        neighbours(row, width);
        mix4(row, left, right, even, odd, width);
      }
    }

    private void neighbours(int[] row, int width) {
      left[0] = row[0];
      System.arraycopy(row, 0, left, 1, width - 1);
      System.arraycopy(row, 1, right, 0, width - 1);
      right[width - 1] = row[width - 1];
    }

    private static void sum(int[] near, int[] far, int[] out, int count) {
      for (int i = 0; i < count; i++) {
        out[i] = 3 * near[i] + far[i];
      }
    }

    private static void mix16(
        int[] near, int[] left, int[] right, int[] even, int[] odd, int count) {
      for (int i = 0; i < count; i++) {
        int three = 3 * near[i];
        even[i] = (three + left[i] + 8) >> 4;
        odd[i] = (three + right[i] + 7) >> 4;
      }
    }

    private static void mix4(
        int[] near, int[] left, int[] right, int[] even, int[] odd, int count) {
      for (int i = 0; i < count; i++) {
        int three = 3 * near[i];
        even[i] = (three + left[i] + 1) >> 2;
        odd[i] = (three + right[i] + 2) >> 2;
      }
    }

    @Override
    public int[] even() {
      return even;
    }

    @Override
    public int[] odd() {
      return odd;
    }
  }
}
