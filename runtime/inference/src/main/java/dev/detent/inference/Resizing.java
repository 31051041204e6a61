package dev.detent.inference;

/** RESIZE_BILINEAR (reference/resize_bilinear.h). */
final class Resizing {
  private static final int ONE = 1 << 10;

  private Resizing() {}

  /** The pixels before and after each place of an axis. */
  private interface Pixels {
    int[] lower();

    int[] upper();
  }

  /** One place: where in the image its four pixels are, and its row and column. */
  private interface Visitor {
    void visit(
        Object from,
        Object to,
        int place,
        int upperLeft,
        int lowerLeft,
        int upperRight,
        int lowerRight,
        int row,
        int column);
  }

  /**
   * One axis: the pixels before and after each place, and the distance from the one before.
   *
   * @param distance in 1/1024 of a pixel
   */
  private record Axis(int[] lower, int[] upper, int[] distance) implements Pixels {
    static Axis of(int from, int to, boolean isAligned, boolean hasHalfPixels) {
      boolean aligned = isAligned && to > 1;
      int size = aligned ? from - 1 : from;
      int places = aligned ? to - 1 : to;
      int step = (ONE * size + places / 2) / places;
      Axis axis = new Axis(new int[to], new int[to], new int[to]);
      for (int i = 0; i < to; i++) {
        int place = i * step + (hasHalfPixels ? step / 2 - ONE / 2 : 0);
        axis.lower[i] = Math.max(place / ONE, 0);
        axis.upper[i] = Math.min((place + ONE - 1) / ONE, from - 1);
        axis.distance[i] = place - ONE * axis.lower[i];
      }
      return axis;
    }
  }

  /** The same of real numbers. */
  private record RealAxis(int[] lower, int[] upper, float[] distance) implements Pixels {
    static RealAxis of(int from, int to, boolean isAligned, boolean hasHalfPixels) {
      float scale = isAligned && to > 1 ? (from - 1) / (float) (to - 1) : from / (float) to;
      RealAxis axis = new RealAxis(new int[to], new int[to], new float[to]);
      for (int i = 0; i < to; i++) {
        float place = hasHalfPixels ? (i + 0.5f) * scale - 0.5f : i * scale;
        int floor = (int) Math.floor(place);
        axis.lower[i] = Math.max(floor, 0);
        axis.upper[i] = Math.min(floor + 1, from - 1);
        axis.distance[i] = place - floor;
      }
      return axis;
    }
  }

  static Kernel bilinear(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    Moving.requireResized(node, x, y);
    boolean isAligned = node.options.bool(2);
    boolean hasHalfPixels = node.options.bool(3);
    if (x.isFloat()) {
      return bilinearReals(
          x,
          y,
          RealAxis.of(x.size(1), y.size(1), isAligned, hasHalfPixels),
          RealAxis.of(x.size(2), y.size(2), isAligned, hasHalfPixels));
    }
    if (x.type != ElementType.INT8) {
      throw node.unsupported(x);
    }
    node.requireSameGrid(x, y);
    node.require(
        Math.max(x.size(1), x.size(2)) < 1 << 20 && Math.max(y.size(1), y.size(2)) < 1 << 20,
        "%s and %s are too large",
        x,
        y);
    Axis rows = Axis.of(x.size(1), y.size(1), isAligned, hasHalfPixels);
    Axis columns = Axis.of(x.size(2), y.size(2), isAligned, hasHalfPixels);
    int channels = x.size(3);
    return walk(
        x,
        y,
        rows,
        columns,
        (from, to, place, upperLeft, lowerLeft, upperRight, lowerRight, row, column) -> {
          byte[] read = (byte[]) from;
          byte[] written = (byte[]) to;
          int down = rows.distance[row];
          int across = columns.distance[column];
          for (int c = 0; c < channels; c++) {
            // Below 2^31: 128 times 2^20, and distances of at most one pixel.
            int sum =
                read[upperLeft + c] * (ONE - down) * (ONE - across)
                    + read[lowerLeft + c] * down * (ONE - across)
                    + read[upperRight + c] * (ONE - down) * across
                    + read[lowerRight + c] * down * across;
            int half = sum > 0 ? ONE * ONE / 2 : -ONE * ONE / 2;
            written[place + c] = (byte) ((sum + half) / (ONE * ONE));
          }
        });
  }

  private static Kernel bilinearReals(Tensor x, Tensor y, RealAxis rows, RealAxis columns) {
    int channels = x.size(3);
    return walk(
        x,
        y,
        rows,
        columns,
        (from, to, place, upperLeft, lowerLeft, upperRight, lowerRight, row, column) -> {
          float[] read = (float[]) from;
          float[] written = (float[]) to;
          float down = rows.distance[row];
          float across = columns.distance[column];
          for (int c = 0; c < channels; c++) {
            written[place + c] =
                read[upperLeft + c] * (1 - down) * (1 - across)
                    + read[lowerLeft + c] * down * (1 - across)
                    + read[upperRight + c] * (1 - down) * across
                    + read[lowerRight + c] * down * across;
          }
        });
  }

  private static Kernel walk(Tensor x, Tensor y, Pixels rows, Pixels columns, Visitor visitor) {
    int channels = x.size(3);
    int line = x.size(2) * channels;
    return memory -> {
      Object from = memory.values(x);
      Object to = memory.values(y);
      int place = 0;
      for (int b = 0; b < y.size(0); b++) {
        int image = b * x.size(1) * line;
        for (int row = 0; row < y.size(1); row++) {
          int upper = image + rows.lower()[row] * line;
          int lower = image + rows.upper()[row] * line;
          for (int column = 0; column < y.size(2); column++) {
            int left = columns.lower()[column] * channels;
            int right = columns.upper()[column] * channels;
            visitor.visit(
                from,
                to,
                place,
                upper + left,
                lower + left,
                upper + right,
                lower + right,
                row,
                column);
            place += channels;
          }
        }
      }
    };
  }
}
