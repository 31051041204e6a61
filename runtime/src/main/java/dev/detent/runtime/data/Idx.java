package dev.detent.runtime.data;

import dev.detent.runtime.internal.io.BoundedReads;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files, the form of MNIST and of what followed it: {@code train-images-idx3-ubyte},
 * {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code
 * t10k-labels-idx1-ubyte}, each plain or gzipped, with or without {@code .gz} at the end of its
 * name.
 *
 * <p>Pixels are bytes with a scale of 1, thus 0 to 255; {@link Dataset#scaled(float)} changes that.
 * Images are {@code [height, width, 1]}.
 */
public final class Idx {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int GZIP_MAGIC = 0x1f8b;

  private Idx() {}

  /**
   * Reads both parts of a folder of MNIST's layout, with as many classes as the larger of the two
   * has.
   *
   * @throws DataException if a file is missing, truncated or no IDX file, or does not fit the other
   */
  public static TrainTest read(Path folder) {
    Path trainImages = find(folder, "train-images", 3);
    Path trainLabels = find(folder, "train-labels", 1);
    Path testImages = find(folder, "t10k-images", 3);
    Path testLabels = find(folder, "t10k-labels", 1);
    int[] train = readLabels(trainLabels);
    int[] test = readLabels(testLabels);
    int classCount = Math.max(classCount(train), classCount(test));
    Features trainFeatures = images(trainImages);
    Features testFeatures = images(testImages);
    Checks.sameShape(trainImages, trainFeatures, testImages, testFeatures);
    return new TrainTest(
        pair(trainImages, trainFeatures, trainLabels, train, classCount),
        pair(testImages, testFeatures, testLabels, test, classCount));
  }

  /**
   * Reads a file of images and a file of their labels, with as many classes as the largest label
   * says.
   *
   * @param images an IDX file of 3 dimensions or more
   * @param labels an IDX file of 1 dimension
   * @throws DataException if a file is missing, truncated or no IDX file, or does not fit the other
   */
  public static Dataset read(Path images, Path labels) {
    int[] classes = readLabels(labels);
    return pair(images, images(images), labels, classes, classCount(classes));
  }

  /**
   * Reads a file of images, or of anything else of unsigned bytes that has 2 dimensions or more.
   *
   * @param file an IDX file; {@code [count, height, width]} becomes {@code count} examples of
   *     {@code [height, width, 1]}, other shapes stay as they are after the count
   * @return its features, of type {@link ElementType#UINT8}
   * @throws DataException if the file is missing, truncated or no such IDX file
   */
  public static Features images(Path file) {
    Content content = readFile(file);
    int[] dimensions = content.dimensions();
    if (dimensions.length < 2) {
      throw new DataException(
          ("%s has 1 dimension, as files of labels have (magic number %s); images have 3 (magic"
                  + " number %s)")
              .formatted(file, magic(1), magic(3)));
    }
    int[] shape = Arrays.copyOfRange(dimensions, 1, dimensions.length);
    if (shape.length == 2) {
      shape = new int[] {shape[0], shape[1], 1};
    }
    return Features.bytes(content.bytes(), shape);
  }

  /**
   * Reads a file of labels.
   *
   * @param file an IDX file of 1 dimension
   * @return the label of each example, 0 to 255
   * @throws DataException if the file is missing, truncated or no such IDX file
   */
  public static int[] readLabels(Path file) {
    Content content = readFile(file);
    if (content.dimensions().length != 1) {
      throw new DataException(
          "%s has %s dimensions, as files of images have; labels have 1 (magic number %s)"
              .formatted(file, content.dimensions().length, magic(1)));
    }
    int[] labels = new int[content.bytes().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = content.bytes()[i] & 0xff;
    }
    return labels;
  }

  private static int classCount(int[] labels) {
    return Arrays.stream(labels).max().orElse(0) + 1;
  }

  private static Dataset pair(
      Path images, Features features, Path labels, int[] classes, int classCount) {
    if (features.size() != classes.length) {
      throw new DataException(
          "%s holds %s images, but %s holds %s labels"
              .formatted(images, features.size(), labels, classes.length));
    }
    if (classes.length == 0) {
      throw new DataException(images + " is empty: it holds 0 images");
    }
    return new Dataset(features, Targets.classes(classes, classCount));
  }

  /** The file of this name in any of the spellings in use. */
  private static Path find(Path folder, String name, int dimensions) {
    Checks.folder(folder);
    List<String> names = new ArrayList<>();
    for (String separator : List.of("-", ".")) {
      for (String suffix : List.of("", ".gz")) {
        names.add(name + separator + "idx" + dimensions + "-ubyte" + suffix);
      }
    }
    for (String candidate : names) {
      Path file = folder.resolve(candidate);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new DataException(
        folder + " has none of the files " + String.join(", ", names) + ", one of which is needed");
  }

  private record Content(int[] dimensions, byte[] bytes) {}

  private static Content readFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DataException(file + (Files.exists(file) ? " is not a file" : " does not exist"));
    }
    try (InputStream in = open(file)) {
      int magic = readInt(in);
      int dimensionCount = magic & 0xff;
      if (magic >>> 16 != 0 || (magic >>> 8 & 0xff) != UNSIGNED_BYTE || dimensionCount == 0) {
        throw new DataException(
            String.format(
                "%s is no IDX file of unsigned bytes: its magic number is 0x%08x instead of %s"
                    + " (labels) or %s (images)",
                file, magic, magic(1), magic(3)));
      }
      int[] dimensions = new int[dimensionCount];
      long expected = 1;
      long elements = 1; // of one example, which the count may multiply by 0
      for (int i = 0; i < dimensionCount; i++) {
        dimensions[i] = readInt(in);
        if (dimensions[i] < (i == 0 ? 0 : 1)) {
          throw new DataException(
              file + " has a dimension of " + Integer.toUnsignedString(dimensions[i]));
        }
        expected *= dimensions[i];
        elements *= i == 0 ? 1 : dimensions[i];
        if (expected > Integer.MAX_VALUE - 8 || elements > Integer.MAX_VALUE - 8) {
          throw new DataException(
              file
                  + " has more than 2^31 - 9 bytes, which are too many: its header says "
                  + Arrays.toString(Arrays.copyOf(dimensions, i + 1)));
        }
      }
      byte[] bytes = content(file, in, (int) expected);
      if (bytes.length < expected) {
        throw new DataException(
            "%s is truncated: its header says %s, %s bytes, but there are %s"
                .formatted(file, Arrays.toString(dimensions), expected, bytes.length));
      }
      if (in.read() >= 0) {
        throw new DataException(
            "%s is longer than its header says: %s, %s bytes"
                .formatted(file, Arrays.toString(dimensions), expected));
      }
      return new Content(dimensions, bytes);
    } catch (EOFException e) {
      throw new DataException(file + " is truncated", e);
    } catch (ZipException e) {
      throw new DataException(file + " is a corrupt gzip file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + e, e);
    }
  }

  /** As many bytes as are wanted, or as there are; memory is taken for no more than these. */
  private static byte[] content(Path file, InputStream in, int wanted) throws IOException {
    long most = BoundedReads.mostInflated(Files.size(file));
    if (wanted > most) {
      return in.readNBytes(wanted);
    }
    try {
      BoundedReads.requireMemory(wanted);
    } catch (IOException e) {
      throw new DataException(file + " does not fit: " + e.getMessage(), e);
    }
    byte[] bytes = new byte[wanted];
    return Arrays.copyOf(bytes, in.readNBytes(bytes, 0, wanted));
  }

  /** The content, unpacked if it is gzipped, whatever the name says. */
  private static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      raw.mark(2);
      int start = raw.read() << 8 | raw.read();
      raw.reset();
      return start == GZIP_MAGIC ? new GZIPInputStream(raw, 1 << 16) : raw;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static int readInt(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(4);
    if (bytes.length < 4) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(bytes).getInt();
  }

  private static String magic(int dimensions) {
    return String.format("0x%08x", UNSIGNED_BYTE << 8 | dimensions);
  }
}
