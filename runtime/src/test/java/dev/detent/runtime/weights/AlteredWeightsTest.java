package dev.detent.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.TinyModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files whose bytes were altered, where there are checksums those included: they are imported, or a
 * {@link WeightException} says what is wrong. {@code -Ddetent.altered=1000} alters more of them.
 */
class AlteredWeightsTest {
  private static final int TRIES = Integer.getInteger("detent.altered", 200);

  @TempDir private static Path folder;

  private static TinyModel trained;
  private static TinyModel model;

  @BeforeAll
  static void create() {
    trained = ImportedModel.trained(1);
    model = ImportedModel.create(2);
  }

  @AfterAll
  static void close() {
    trained.close();
    model.close();
  }

  private static void importOrRefuse(Path file) {
    try {
      model.importWeights(file);
    } catch (WeightException e) {
      assertThat(e.getMessage()).contains(file.getFileName().toString());
    }
  }

  private static void loadOrRefuse(Path file) {
    try {
      model.load(file);
    } catch (WeightException e) {
      assertThat(e.getMessage()).contains(file.getFileName().toString());
    }
  }

  /** Some bytes set to what numbers end in or begin with, or to anything. */
  private static byte[] altered(byte[] whole, Random random) {
    byte[] changed = whole.clone();
    int[] extremes = {0, 1, 0x7f, 0x80, 0xff};
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      int value = random.nextBoolean() ? random.nextInt(256) : extremes[random.nextInt(5)];
      int at = random.nextInt(changed.length);
      for (int run = 1 + random.nextInt(4); run > 0 && at < changed.length; run--) {
        changed[at++] = (byte) value;
      }
    }
    return changed;
  }

  // ---------------------------------------------------------------- checkpoints

  /** A table of one block, as TensorFlow writes it. */
  private static byte[] table(byte[] entries) {
    byte[] data = withRestarts(entries);
    byte[] handle = new byte[20];
    ByteBuffer written = ByteBuffer.wrap(handle);
    varint(written, 0);
    varint(written, data.length);
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    index.writeBytes(new byte[] {0, 1, (byte) written.position(), 'z'});
    index.write(handle, 0, written.position());
    byte[] indexData = withRestarts(index.toByteArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(checked(data));
    out.writeBytes(checked(indexData));
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    varint(footer, 0);
    varint(footer, 0);
    varint(footer, data.length + 5);
    varint(footer, indexData.length);
    footer.putLong(40, 0xdb4775248b80fb57L);
    out.writeBytes(footer.array());
    return out.toByteArray();
  }

  private static byte[] withRestarts(byte[] entries) {
    return ByteBuffer.allocate(entries.length + 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(entries)
        .putInt(0)
        .putInt(1)
        .array();
  }

  /** With the byte that says "not compressed", and the checksum. */
  private static byte[] checked(byte[] block) {
    ByteBuffer out = ByteBuffer.allocate(block.length + 5).order(ByteOrder.LITTLE_ENDIAN);
    out.put(block).put((byte) 0);
    return out.putInt(SortedTable.maskedChecksum(ByteBuffer.wrap(out.array(), 0, block.length + 1)))
        .array();
  }

  private static void varint(ByteBuffer to, long value) {
    long rest = value;
    while (rest < 0 || rest > 0x7f) {
      to.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  private static byte[] entry(long shared, long added, long valueSize, String key, byte[] value) {
    ByteBuffer entry = ByteBuffer.allocate(64 + key.length() + value.length);
    varint(entry, shared);
    varint(entry, added);
    varint(entry, valueSize);
    entry.put(key.getBytes(StandardCharsets.US_ASCII)).put(value);
    return Arrays.copyOf(entry.array(), entry.position());
  }

  private static final byte[] HEADER = entry(0, 0, 2, "", new byte[] {8, 1});

  private static Path checkpoint(byte[]... entries) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      all.writeBytes(entry);
    }
    Files.write(folder.resolve("made.data-00000-of-00001"), new byte[10]);
    Files.write(folder.resolve("made.index"), table(all.toByteArray()));
    return folder.resolve("made");
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 1, 1, an entry is longer than its block",
    "0, -5, 1, an entry is longer than its block",
    "0, 1, -5, an entry is longer than its block",
    "0, 1, 4294967295, an entry is longer than its block",
    "1099511627776, 1, 1, an entry is longer than its block",
    "1, 1, 1, an entry is longer than its block"
  })
  void lengthsOutsideTheirBlockAreRefused(long shared, long added, long value, String reason)
      throws IOException {
    Path prefix = checkpoint(HEADER, entry(shared, added, value, "k", new byte[1]));
    assertThatThrownBy(() -> model.importWeights(prefix))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 40, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1 << 30, 3})
  void shapesThatAreNotThoseOfTheBytesAreRefused(long size) throws IOException {
    ByteBuffer value = ByteBuffer.allocate(40);
    ByteBuffer number = ByteBuffer.allocate(10);
    varint(number, size);
    int length = number.position();
    // dtype float; shape { dim { size } }; 8 bytes
    value.put(new byte[] {8, 1, 0x12, (byte) (length + 3), 0x12, (byte) (length + 1), 8});
    value.put(number.array(), 0, length).put(new byte[] {0x28, 8});
    byte[] bytes = Arrays.copyOf(value.array(), value.position());
    Path prefix = checkpoint(HEADER, entry(0, 8, bytes.length, "h/kernel", bytes));
    assertThatThrownBy(() -> model.importWeights(prefix))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining("'h/kernel' has 8 bytes, not those of its shape [" + size + "]");
  }

  /** Each shares all of the name before, so that few bytes stand for many names. */
  @Test
  void namesThatGrowInMemoryAreRefused() throws IOException {
    String name = "n".repeat(10_000);
    List<byte[]> entries = new ArrayList<>(List.of(HEADER));
    entries.add(entry(0, name.length(), 1, name, new byte[1]));
    for (int i = 0; i < 10_000; i++) {
      entries.add(entry(name.length() + i, 1, 0, "n", new byte[0]));
    }
    Path prefix = checkpoint(entries.toArray(byte[][]::new));
    assertThatThrownBy(() -> model.importWeights(prefix))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining("its names take more than 67108864 bytes");
  }

  /** The blocks of a real index are altered and given their checksum. */
  @Test
  void alteredIndexes() throws IOException {
    Path prefix = trained.exportCheckpoint(folder.resolve("ckpt"));
    Path index = folder.resolve("ckpt.index");
    byte[] whole = Files.readAllBytes(index);
    ByteBuffer footer = ByteBuffer.wrap(whole).position(whole.length - 48);
    SortedTable.varint(footer);
    SortedTable.varint(footer);
    int at = (int) SortedTable.varint(footer);
    int size = (int) SortedTable.varint(footer);
    Random random = new Random(5);
    for (int i = 0; i < TRIES; i++) {
      byte[] changed = altered(whole, random);
      checksum(changed, 0, firstBlock(whole, at, size));
      checksum(changed, at, size);
      Files.write(index, changed);
      importOrRefuse(prefix);
    }
  }

  private static int firstBlock(byte[] table, int at, int size) throws IOException {
    ByteBuffer entry = ByteBuffer.wrap(table, at, size);
    SortedTable.varint(entry);
    int key = (int) SortedTable.varint(entry);
    SortedTable.varint(entry);
    entry.position(entry.position() + key);
    SortedTable.varint(entry);
    return (int) SortedTable.varint(entry);
  }

  private static void checksum(byte[] table, int start, int size) {
    int sum = SortedTable.maskedChecksum(ByteBuffer.wrap(table, start, size + 1));
    ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).putInt(start + size + 1, sum);
  }

  // ---------------------------------------------------------------- HDF5 and zips

  @Test
  void alteredHdf5() throws IOException {
    byte[] keras2 = Files.readAllBytes(WeightFixtures.kerasH5(folder.resolve("a.h5"), trained));
    byte[] keras3 = Files.readAllBytes(WeightFixtures.keras3H5(folder.resolve("b.h5"), trained));
    Random random = new Random(6);
    for (int i = 0; i < TRIES; i++) {
      byte[] whole = i % 2 == 0 ? keras2 : keras3;
      importOrRefuse(Files.write(folder.resolve("altered.h5"), altered(whole, random)));
    }
  }

  /** What is in the zip is altered; the zip is whole. */
  @Test
  void alteredEntries() throws IOException {
    Path keras = WeightFixtures.keras(folder.resolve("c.keras"), trained, ImportedModel.LAYERS);
    Path npz = folder.resolve("d.npz");
    trained.save(npz);
    Random random = new Random(7);
    Path file = folder.resolve("altered.zip");
    for (int i = 0; i < TRIES / 2; i++) {
      repacked(keras, file, random);
      importOrRefuse(file);
      repacked(npz, file, random);
      importOrRefuse(file);
      loadOrRefuse(file);
    }
  }

  private static void repacked(Path from, Path to, Random random) throws IOException {
    try (ZipFile zip = new ZipFile(from.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      int which = random.nextInt(zip.size());
      for (var entry : Collections.list(zip.entries())) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        WeightFixtures.put(out, entry.getName(), which-- == 0 ? altered(content, random) : content);
      }
    }
  }

  /** Also the zip's own lengths and offsets. */
  @Test
  void alteredZips() throws IOException {
    Path npz = folder.resolve("e.npz");
    trained.save(npz);
    byte[] whole = Files.readAllBytes(npz);
    int directory = whole.length - trained.variables().all().size() * 80;
    Random random = new Random(8);
    for (int i = 0; i < TRIES; i++) {
      byte[] changed = whole.clone();
      for (int k = 0; k < 3; k++) {
        changed[directory + random.nextInt(whole.length - directory)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("altered.npz"), changed);
      importOrRefuse(file);
      loadOrRefuse(file);
    }
  }

  @Test
  void deepConfigurationsAreRefused() throws IOException {
    String open = "{\"class_name\":\"Functional\",\"config\":{\"layers\":[";
    for (String config :
        List.of(open.repeat(20_000) + "]}}".repeat(20_000), "{\"config\":{\"layers\":[{}]}}")) {
      Path file = folder.resolve("deep.keras");
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
        WeightFixtures.put(zip, "config.json", config.getBytes(StandardCharsets.UTF_8));
        WeightFixtures.put(zip, "model.weights.h5", new byte[100]);
      }
      assertThatThrownBy(() -> model.importWeights(file))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("its config.json is damaged");
    }
  }

  @Test
  void theListOfCheckpointsMayNameNoPath() throws IOException {
    Path list = Files.createDirectories(folder.resolve("list"));
    Files.writeString(list.resolve("checkpoint"), "model_checkpoint_path: \"a\0b\"");
    assertThatThrownBy(() -> model.importWeights(list))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining("'checkpoint' names no path");
  }
}
