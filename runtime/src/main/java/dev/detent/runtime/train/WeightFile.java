package dev.detent.runtime.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.internal.io.AtomicFiles;
import dev.detent.runtime.internal.io.BoundedReads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Weights and ranges in a file: NumPy's {@code .npz}, so a zip of {@code .npy} arrays (float32,
 * little endian, row-major) named after the variables, with a {@code detent.json} beside them. The
 * zip's checksums tell a damaged file.
 */
public final class WeightFile {
  private static final String NOTES = "detent.json";
  private static final String SUFFIX = ".npy";
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int HEADER_ALIGNMENT = 64;
  private static final String VARIANCE = "/moving_variance";
  private static final Pattern SHAPE = Pattern.compile("'shape': \\(([0-9, ]{0,100})\\)");

  private final Path file;
  private final Map<String, Array> arrays;
  private final Map<String, String> notes;

  /** One array, row by row. */
  private record Array(int[] shape, float[] values) {}

  private WeightFile(Path file, Map<String, Array> arrays, Map<String, String> notes) {
    this.file = file;
    this.arrays = arrays;
    this.notes = notes;
  }

  /** In front of the names of values that variables had earlier; no layer is called so. */
  public static final String EARLIER = "float/";

  /** Writes variables, whole or not at all, as the other {@code save} does. */
  static void save(
      Path file,
      Collection<Variables.Variable> which,
      Variables variables,
      Map<String, String> notes)
      throws IOException {
    save(file, which, variables, Map.of(), notes);
  }

  /**
   * Writes variables, whole or not at all.
   *
   * @param earlier values that some of them had
   * @param notes texts to keep with them
   */
  public static void save(
      Path file,
      Collection<Variables.Variable> which,
      Variables variables,
      Map<Variables.Variable, float[]> earlier,
      Map<String, String> notes)
      throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          zip.setMethod(ZipOutputStream.DEFLATED);
          zip.setLevel(1);
          zip.putNextEntry(entry(NOTES));
          zip.write(new Gson().toJson(notes).getBytes(StandardCharsets.UTF_8));
          zip.closeEntry();
          for (Variables.Variable variable : which) {
            put(zip, variable.name(), variable.shape(), variables.read(variable));
          }
          for (Map.Entry<Variables.Variable, float[]> each : earlier.entrySet()) {
            Variables.Variable variable = each.getKey();
            put(zip, EARLIER + variable.name(), variable.shape(), each.getValue());
          }
          zip.finish();
        });
  }

  private static void put(ZipOutputStream zip, String name, int[] shape, float[] values)
      throws IOException {
    zip.putNextEntry(entry(name + SUFFIX));
    zip.write(npy(shape, values));
    zip.closeEntry();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0); // the same weights give the same bytes
    return entry;
  }

  /** The array in NumPy's format 1.0. */
  private static byte[] npy(int[] shape, float[] values) {
    String sizes =
        Arrays.stream(shape).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }";
    int used = MAGIC.length + 2 + header.length() + 1;
    int padding = (HEADER_ALIGNMENT - used % HEADER_ALIGNMENT) % HEADER_ALIGNMENT;
    String padded = header + " ".repeat(padding) + "\n";
    ByteBuffer buffer =
        ByteBuffer.allocate(MAGIC.length + 2 + padded.length() + values.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).putShort((short) padded.length());
    buffer.put(padded.getBytes(StandardCharsets.US_ASCII));
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  /**
   * Reads a file whole, checksums included.
   *
   * @throws IOException saying what is wrong with it
   */
  public static WeightFile read(Path file) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    Map<String, String> notes = Map.of();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        byte[] content = BoundedReads.entry(zip, entry);
        if (entry.getName().equals(NOTES)) {
          notes =
              new Gson()
                  .fromJson(
                      new String(content, StandardCharsets.UTF_8),
                      new TypeToken<Map<String, String>>() {}.getType());
        } else if (entry.getName().endsWith(SUFFIX)) {
          String name = entry.getName();
          arrays.put(name.substring(0, name.length() - SUFFIX.length()), array(name, content));
        }
      }
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      throw new IOException("there is no file " + file, e);
    } catch (IOException | JsonParseException | NumberFormatException e) {
      throw new IOException(file + " is damaged or holds no Detent weights: " + e.getMessage(), e);
    }
    return new WeightFile(file, arrays, notes == null ? Map.of() : notes);
  }

  private static Array array(String name, byte[] content) throws IOException {
    if (content.length < MAGIC.length + 2
        || !Arrays.equals(Arrays.copyOf(content, MAGIC.length), MAGIC)) {
      throw new IOException("'" + name + "' is no NumPy array of format 1.0");
    }
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int start = MAGIC.length + 2 + Short.toUnsignedInt(buffer.getShort(MAGIC.length));
    String header =
        new String(
            content,
            MAGIC.length + 2,
            Math.min(start, content.length) - MAGIC.length - 2,
            StandardCharsets.US_ASCII);
    if (start > content.length
        || !header.contains("'<f4'")
        || !header.contains("'fortran_order': False")) {
      throw new IOException("'" + name + "' is not of float32, row by row: " + header.trim());
    }
    buffer.position(start);
    BoundedReads.requireMemory(content.length - start);
    float[] values = new float[(content.length - start) / Float.BYTES];
    buffer.asFloatBuffer().get(values);
    int[] shape = shape(name, header);
    if (!holds(shape, values.length)) {
      throw new IOException("'" + name + "' does not hold what its shape says: " + header.trim());
    }
    return new Array(shape, values);
  }

  private static int[] shape(String name, String header) throws IOException {
    Matcher sizes = SHAPE.matcher(header);
    if (!sizes.find()) {
      throw new IOException("'" + name + "' has no shape: " + header.trim());
    }
    return Arrays.stream(sizes.group(1).split(","))
        .map(String::trim)
        .filter(size -> !size.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static boolean holds(int[] shape, int count) {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension; // below 2^62: the product before is no more than the count, or 0
      if (size > Integer.MAX_VALUE) {
        return false;
      }
    }
    return size == count;
  }

  /** The arrays' names, in the order in which they were saved. */
  public Collection<String> names() {
    return java.util.Collections.unmodifiableSet(arrays.keySet());
  }

  private Array array(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** An array's sizes. */
  public int[] shape(String name) {
    return array(name).shape().clone();
  }

  /** An array's values, row by row. */
  public float[] values(String name) {
    return array(name).values().clone();
  }

  /** The texts kept with the variables. */
  public Map<String, String> notes() {
    return notes;
  }

  /** The values that variables had earlier, of those that the file holds in the right size. */
  public Map<Variables.Variable, float[]> earlier(Variables variables) {
    Map<Variables.Variable, float[]> found = new LinkedHashMap<>();
    for (Variables.Variable variable : variables.all()) {
      Array array = arrays.get(EARLIER + variable.name());
      if (array != null && array.values().length == variable.size()) {
        found.put(variable, array.values().clone());
      }
    }
    return found;
  }

  /**
   * What variables are to be set to. Nothing is set here, and what is returned can be.
   *
   * @param withSlots the optimizer's variables, too
   * @param isCalibrated whether the ranges have seen data, and so must be numbers
   * @throws IOException if a variable is missing, has another shape, or holds a value that it
   *     cannot have
   */
  public Map<Variables.Variable, float[]> fitting(
      Variables variables, boolean withSlots, boolean isCalibrated) throws IOException {
    Map<Variables.Variable, float[]> found = new LinkedHashMap<>();
    for (Variables.Variable variable : variables.all()) {
      if (variable.role() == Variables.Role.SLOT && !withSlots) {
        continue;
      }
      Array array = arrays.get(variable.name());
      if (array == null) {
        boolean isOptional =
            variable.role() == Variables.Role.SLOT
                || variable.role() == Variables.Role.RANGE
                || variable.role() == Variables.Role.QUANTIZER;
        if (withSlots && isOptional) {
          // Of another optimizer, used before in this process; or the model was quantized already
          // when this float training was started again.
          continue;
        }
        throw new IOException(
            file + " holds no '" + variable.name() + "'; it belongs to another model");
      }
      requireShape(variable, array);
      boolean mayBeInfinite =
          switch (variable.role()) {
            case TRAINABLE, STATISTIC -> false;
            case RANGE, QUANTIZER -> !isCalibrated;
            case SLOT -> true; // squares of gradients may be, and the weights be numbers
          };
      if (!mayBeInfinite) {
        requireNumbers(variable, array.values());
      }
      found.put(variable, array.values());
    }
    return found;
  }

  private void requireShape(Variables.Variable variable, Array array) throws IOException {
    if (array.values().length != variable.size()) {
      throw new IOException(
          "%s holds %s values for '%s', the model has %s"
              .formatted(file, array.values().length, variable.name(), variable.size()));
    }
    if (!Arrays.equals(array.shape(), variable.shape())) {
      throw new IOException(
          "%s holds '%s' with the shape %s, the model has %s"
              .formatted(
                  file,
                  variable.name(),
                  Arrays.toString(array.shape()),
                  Arrays.toString(variable.shape())));
    }
  }

  private void requireNumbers(Variables.Variable variable, float[] values) throws IOException {
    boolean isVariance = variable.name().endsWith(VARIANCE);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i]) || isVariance && values[i] < 0) {
        throw new IOException(
            ("%s holds %s for '%s' at position %s of %s%s: the training that made it went wrong;"
                    + " use an earlier file")
                .formatted(
                    file,
                    values[i],
                    variable.name(),
                    i,
                    values.length,
                    isVariance ? ", a variance" : ""));
      }
    }
  }
}
