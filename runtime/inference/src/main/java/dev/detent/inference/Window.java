package dev.detent.inference;

/**
 * How a kernel moves over an image.
 *
 * @param height of the kernel
 * @param width of the kernel
 * @param top rows that the padding adds before the first
 * @param left columns that the padding adds before the first
 */
record Window(
    int height,
    int width,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    int top,
    int left) {
  private static final int PADDING = 0;
  private static final int STRIDE_WIDTH = 1;
  private static final int STRIDE_HEIGHT = 2;
  private static final int SAME = 0;

  /** Without dilation, between images of these shapes, which are checked. */
  static Window of(Node node, Tensor x, Tensor y, int height, int width) {
    return of(node, x, y, height, width, 1, 1);
  }

  /** With dilation. */
  static Window of(
      Node node, Tensor x, Tensor y, int height, int width, int dilationHeight, int dilationWidth) {
    int strideHeight = node.options.int32(STRIDE_HEIGHT, 0);
    int strideWidth = node.options.int32(STRIDE_WIDTH, 0);
    boolean isSame = node.options.int8(PADDING, SAME) == SAME;
    node.require(
        x.rank() == 4 && y.rank() == 4 && x.size(0) == y.size(0), "it makes %s of %s", y, x);
    node.require(
        height > 0
            && width > 0
            && strideHeight > 0
            && strideWidth > 0
            && dilationHeight > 0
            && dilationWidth > 0,
        "its kernel is %s by %s, in steps of %s and %s",
        height,
        width,
        strideHeight,
        strideWidth);
    int seenHeight = Math.addExact(Math.multiplyExact(height - 1, dilationHeight), 1);
    int seenWidth = Math.addExact(Math.multiplyExact(width - 1, dilationWidth), 1);
    node.require(
        y.size(1) == results(x.size(1), seenHeight, strideHeight, isSame)
            && y.size(2) == results(x.size(2), seenWidth, strideWidth, isSame),
        "it makes %s of %s",
        y,
        x);
    return new Window(
        height,
        width,
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        isSame ? before(x.size(1), y.size(1), seenHeight, strideHeight) : 0,
        isSame ? before(x.size(2), y.size(2), seenWidth, strideWidth) : 0);
  }

  private static int results(int size, int seen, int stride, boolean isSame) {
    int starts = isSame ? size : size - seen + 1;
    return Math.max(0, (starts + stride - 1) / stride);
  }

  /** What the padding adds before the first: half of all, the smaller half if that is odd. */
  static int before(int size, int results, int seen, int stride) {
    return Math.max(0, (results - 1) * stride + seen - size) / 2;
  }
}
