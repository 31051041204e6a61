package dev.detent.examples.zoo;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.train.WeightFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Moving variances about as they are after some training. Those of a new model are 1, so that the
 * signals of dozens of layers with random kernels fade to less than the kernels of TensorFlow Lite
 * can hold, and there would be nothing to compare.
 */
public final class SettledStatistics {
  private static final String VARIANCE = "/moving_variance";
  private static final String SUFFIX = ".npy";

  /** What batch norm adds to the variance. */
  private static final double EPSILON = 0.001;

  /** The mean square of what a layer reads: of a standard normal value after a ReLU one half. */
  private static final double SQUARE = 0.4;

  private SettledStatistics() {}

  /**
   * Gives a model such variances.
   *
   * @param folder holds two files meanwhile
   * @throws UncheckedIOException if they cannot be written
   */
  public static void of(DetentModel<?> model, Path folder) {
    Path saved = folder.resolve("new.npz");
    Path settled = folder.resolve("settled.npz");
    model.save(saved);
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(saved));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(settled))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      WeightFile weights = WeightFile.read(saved);
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        in.transferTo(bytes);
        String name = entry.getName();
        out.write(
            name.endsWith(VARIANCE + SUFFIX)
                ? withVariances(
                    bytes.toByteArray(),
                    weights,
                    name.substring(0, name.length() - (VARIANCE + SUFFIX).length()))
                : bytes.toByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    model.load(settled);
    try {
      Files.delete(saved);
      Files.delete(settled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A .npy file is a head and the numbers. */
  private static byte[] withVariances(byte[] npy, WeightFile weights, String layer) {
    int channels = weights.values(layer + VARIANCE).length;
    float[] kernel = weights.values(layer + "/kernel");
    int head = npy.length - channels * Float.BYTES;
    ByteBuffer numbers =
        ByteBuffer.wrap(npy, head, npy.length - head).order(ByteOrder.LITTLE_ENDIAN);
    double[] squares = new double[channels];
    for (int i = 0; i < kernel.length; i++) {
      squares[i % channels] += kernel[i] * kernel[i];
    }
    for (double sum : squares) {
      numbers.putFloat((float) Math.max(0, SQUARE * sum - EPSILON));
    }
    return npy;
  }
}
