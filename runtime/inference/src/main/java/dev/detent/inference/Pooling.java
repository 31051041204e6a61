package dev.detent.inference;

/** AVERAGE_POOL_2D and MAX_POOL_2D (reference/integer_ops/pooling.h, optimized_ops.h). */
final class Pooling {
  private static final int FUSED = 5;

  private Pooling() {}

  static Kernel average(Node node) {
    return pool(node, false);
  }

  static Kernel maximum(Node node) {
    return pool(node, true);
  }

  private static Kernel pool(Node node, boolean isMaximum) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    Window window = Window.of(node, x, y, node.options.int32(4, 0), node.options.int32(3, 0));
    node.require(x.type == y.type && x.size(3) == y.size(3), "it makes %s of %s", y, x);
    int channels = x.size(3);
    if (x.isFloat()) {
      Node.RealBounds bounds = node.realBounds(FUSED);
      return walk(
          x,
          y,
          window,
          (read, written, place, row, rowEnd, column, columnEnd, image) -> {
            float[] from = (float[]) read;
            float[] to = (float[]) written;
            for (int c = 0; c < channels; c++) {
              float result = isMaximum ? Float.NEGATIVE_INFINITY : 0;
              for (int r = row; r < rowEnd; r++) {
                for (int k = column; k < columnEnd; k++) {
                  float value = from[image + (r * x.size(2) + k) * channels + c];
                  result = isMaximum ? Math.max(result, value) : result + value;
                }
              }
              if (!isMaximum) {
                result /= (rowEnd - row) * (columnEnd - column);
              }
              to[place + c] = bounds.clamp(result);
            }
          });
    }
    if (x.type != ElementType.INT8 && x.type != ElementType.INT16) {
      throw node.unsupported(x);
    }
    node.requireSameGrid(x, y);
    Node.Bounds bounds = node.bounds(FUSED, y);
    return walk(
        x,
        y,
        window,
        (from, to, place, row, rowEnd, column, columnEnd, image) -> {
          int count = (rowEnd - row) * (columnEnd - column);
          for (int c = 0; c < channels; c++) {
            int result = isMaximum ? Integer.MIN_VALUE : 0;
            for (int r = row; r < rowEnd; r++) {
              for (int k = column; k < columnEnd; k++) {
                int value = Integers.get(from, image + (r * x.size(2) + k) * channels + c);
                result = isMaximum ? Math.max(result, value) : result + value;
              }
            }
            if (!isMaximum) {
              // Half away from zero.
              result = (result > 0 ? result + count / 2 : result - count / 2) / count;
            }
            Integers.set(to, place + c, bounds.clamp(result));
          }
        });
  }

  /** One window: where its results are, and its rows and columns within the image. */
  private interface Visitor {
    void visit(
        Object from,
        Object to,
        int place,
        int row,
        int rowEnd,
        int column,
        int columnEnd,
        int image);
  }

  private static Kernel walk(Tensor x, Tensor y, Window window, Visitor visitor) {
    int image = x.size(1) * x.size(2) * x.size(3);
    return memory -> {
      Object from = memory.values(x);
      Object to = memory.values(y);
      int place = 0;
      for (int b = 0; b < y.size(0); b++) {
        for (int row = 0; row < y.size(1); row++) {
          int top = row * window.strideHeight() - window.top();
          for (int column = 0; column < y.size(2); column++) {
            int left = column * window.strideWidth() - window.left();
            visitor.visit(
                from,
                to,
                place,
                Math.max(0, top),
                Math.min(x.size(1), top + window.height()),
                Math.max(0, left),
                Math.min(x.size(2), left + window.width()),
                b * image);
            place += y.size(3);
          }
        }
      }
    };
  }
}
