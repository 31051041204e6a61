package dev.detent.examples.bench;

import dev.detent.examples.cifar.MobileNetV1Model;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.ImageFolder;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Measures how many JPEGs of 224 by 224 pixels a second are read from a folder, decoded and resized
 * to 96 by 96, and how much of a training step of MobileNetV1 0.25 waits for them. All is measured
 * in turns, and nothing is kept from one turn to the next.
 *
 * @param images that are drawn for it
 * @param rounds turns of each that are counted, after one that is not
 */
public record DataBenchmark(int images, int rounds) {
  private static final int SIDE = 224;
  private static final int RESIZED = 96;

  /** The noise that pictures are drawn from is so much coarser, as photographs are smooth. */
  private static final int COARSENESS = 8;

  private static final int BATCH = 32;
  private static final long SEED = 1;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is less than an image a class, or no round
   */
  public DataBenchmark {
    if (images < 2 || rounds < 1) {
      throw new IllegalArgumentException(
          images + " images, " + rounds + " rounds; at least 2 and 1 are needed");
    }
  }

  /**
   * Medians over the rounds.
   *
   * @param perSecond images a second by one thread
   * @param perSecondOfTwo images a second by two threads
   * @param memoryMillis of a training step whose images are decoded already
   * @param folderMillis of a training step whose images are read by as many threads as there are
   *     processors
   * @param waiting the share of the latter that is more than the former, 0 to 1
   */
  public record Result(
      double perSecond,
      double perSecondOfTwo,
      double memoryMillis,
      double folderMillis,
      double waiting) {}

  /**
   * Measures.
   *
   * @throws IOException if images cannot be written
   */
  public Result measure() throws IOException {
    Path folder = Files.createTempDirectory("images");
    try {
      draw(folder);
      Dataset read = ImageFolder.at(folder).resized(RESIZED, RESIZED).cacheBytes(0).load();
      return measure(read, decoded(read));
    } finally {
      delete(folder);
    }
  }

  private Result measure(Dataset read, Dataset decoded) {
    double[] one = new double[rounds];
    double[] two = new double[rounds];
    double[] memory = new double[rounds];
    double[] disk = new double[rounds];
    Fit<Examples> fit =
        Fit.epochs(1)
            .batchSize(BATCH)
            .optimizer(Optimizers.adam(1e-3))
            .progress(Progress.Style.SILENT);
    try (MobileNetV1Model model = MobileNetV1Model.create(SEED)) {
      for (int round = -1; round < rounds; round++) {
        int kept = Math.max(round, 0);
        one[kept] = imagesPerSecond(read, 1);
        two[kept] = imagesPerSecond(read, 2);
        memory[kept] = stepMillis(model, decoded, fit);
        disk[kept] = stepMillis(model, read, fit);
      }
    }
    double inMemory = StepBenchmark.median(memory);
    double fromFolder = StepBenchmark.median(disk);
    return new Result(
        StepBenchmark.median(one),
        StepBenchmark.median(two),
        inMemory,
        fromFolder,
        Math.max(0, 1 - inMemory / fromFolder));
  }

  private double imagesPerSecond(Dataset data, int threads) {
    long start = System.nanoTime();
    try (BatchIterator batches =
        Batches.of(data, BATCH).prefetched(Batches.DEFAULT_PREFETCH, threads).epoch(0)) {
      int count = 0;
      while (batches.hasNext()) {
        count += batches.next().count();
      }
      return count / ((System.nanoTime() - start) / 1e9);
    }
  }

  private double stepMillis(MobileNetV1Model model, Dataset data, Fit<Examples> fit) {
    int steps = (images + BATCH - 1) / BATCH;
    return model.fit(data, fit).seconds() * 1e3 / steps;
  }

  private static Dataset decoded(Dataset data) {
    byte[][] all = new byte[data.size()][data.features().elements()];
    for (int i = 0; i < all.length; i++) {
      data.features().read(i, all[i], 0);
    }
    return new Dataset(Features.bytes(all, RESIZED, RESIZED, 3), data.labels());
  }

  /** In two classes, as MobileNetV1 has them here. */
  private void draw(Path folder) throws IOException {
    Random random = new Random(SEED);
    for (String name : List.of("first", "second")) {
      Files.createDirectory(folder.resolve(name));
    }
    int coarse = SIDE / COARSENESS;
    for (int i = 0; i < images; i++) {
      BufferedImage noise = new BufferedImage(coarse, coarse, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < coarse * coarse; pixel++) {
        noise.setRGB(pixel % coarse, pixel / coarse, random.nextInt(1 << 24));
      }
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.drawImage(noise, 0, 0, SIDE, SIDE, null);
      graphics.dispose();
      Path file = folder.resolve(i % 2 == 0 ? "first" : "second").resolve(i + ".jpg");
      ImageIO.write(image, "jpeg", file.toFile());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
