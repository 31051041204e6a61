package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.ResizeStep;
import dev.detent.runtime.tflite.Kernels;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Images of another size: graph against interpreter. */
class ResizeParityTest {
  private static final int EXAMPLES = 4;
  private static final int CHANNELS = 3;

  /** What lies on what. */
  enum Centers {
    ALIGNED_CORNERS,
    HALF_PIXELS,
    NEITHER
  }

  @Property(tries = 25)
  void nearest(
      @ForAll Centers centers,
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 30) int toHeight,
      @ForAll @IntRange(min = 1, max = 30) int toWidth) {
    try (Parity parity = parity(false, centers, height, width, toHeight, toWidth)) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /**
   * The built-in kernel is followed exactly. It counts places in steps that were rounded to 1/1024
   * of a pixel, so that the last of 30 is off by up to 15 / 1024 of a pixel, which is up to 3.7 of
   * the 255 steps that two neighbours differ by; XNNPACK takes each place from its own number,
   * rounded to 1/2048. Both cannot be met at once: that it is this alone is shown by XNNPACK's
   * formula, which is met to the bit.
   */
  @Property(tries = 25)
  void bilinear(
      @ForAll Centers centers,
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 30) int toHeight,
      @ForAll @IntRange(min = 1, max = 30) int toWidth) {
    try (Parity parity = parity(true, centers, height, width, toHeight, toWidth)) {
      parity.isExact(Kernels.BUILT_IN);
      XnnpackAxis rows = XnnpackAxis.of(height, toHeight, centers);
      XnnpackAxis columns = XnnpackAxis.of(width, toWidth, centers);
      Parity.Agreement formula =
          parity.agreement(Kernels.XNNPACK, q -> XnnpackAxis.resize(q, width, rows, columns));
      assertThat(formula.different()).as("%s", formula).isZero();
    }
  }

  /**
   * One axis of XNNPACK's int8 bilinear resize (src/indirection.c and src/s8-ibilinear): the pixel
   * before each place and the distance from it in 1/2048.
   */
  private record XnnpackAxis(int[] before, int[] behind, int[] distance) {
    private static final int ONE = 1 << 11;

    static XnnpackAxis of(int input, int output, Centers centers) {
      int adjustment = centers == Centers.ALIGNED_CORNERS && output != 1 ? 1 : 0;
      float scale = (float) (input - adjustment) / (float) (output - adjustment);
      int[] before = new int[output];
      int[] behind = new int[output];
      int[] distance = new int[output];
      for (int i = 0; i < output; i++) {
        float place = i * scale;
        if (centers == Centers.HALF_PIXELS) {
          place = Math.min(Math.max(place + (0.5f * scale - 0.5f), 0), input - 1);
        }
        before[i] = (int) place;
        behind[i] = Math.min(before[i] + 1, input - 1);
        distance[i] = (int) Math.rint((place - before[i]) * ONE);
      }
      return new XnnpackAxis(before, behind, distance);
    }

    /** Rounded once, half up. */
    static int[] resize(int[] q, int width, XnnpackAxis rows, XnnpackAxis columns) {
      int[] result = new int[rows.before.length * columns.before.length * CHANNELS];
      int next = 0;
      for (int y = 0; y < rows.before.length; y++) {
        for (int x = 0; x < columns.before.length; x++) {
          for (int c = 0; c < CHANNELS; c++) {
            int top = columns.between(q, rows.before[y] * width, x, c);
            int bottom = columns.between(q, rows.behind[y] * width, x, c);
            int both = top * ONE + (bottom - top) * rows.distance[y];
            result[next++] = both + ONE * ONE / 2 >> 22;
          }
        }
      }
      return result;
    }

    private int between(int[] q, int row, int x, int channel) {
      int left = q[(row + before[x]) * CHANNELS + channel];
      int right = q[(row + behind[x]) * CHANNELS + channel];
      return left * ONE + (right - left) * distance[x];
    }
  }

  private static Parity parity(
      boolean isBilinear, Centers centers, int height, int width, int toHeight, int toWidth) {
    TinyModel model =
        OneOperation.of(
            OneOperation.X,
            (n, x) -> {
              ResizeStep step =
                  isBilinear ? n.resizeBilinear("y", x) : n.resizeNearestNeighbor("y", x);
              step =
                  switch (centers) {
                    case ALIGNED_CORNERS -> step.alignCorners();
                    case HALF_PIXELS -> step.halfPixelCenters();
                    case NEITHER -> step;
                  };
              return step.output(OneOperation.X, toHeight, toWidth, CHANNELS);
            },
            height,
            width,
            CHANNELS);
    return Parity.of(
        model,
        Parity.gaussian(
            new Random(height * 31 + width), EXAMPLES, 0.4, 1, height * width * CHANNELS));
  }
}
