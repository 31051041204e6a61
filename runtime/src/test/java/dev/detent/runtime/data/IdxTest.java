package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  @TempDir Path folder;

  private static byte[] idx(int magic, int... dimensions) {
    int length = Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + length).putInt(magic);
    for (int dimension : dimensions) {
      buffer.putInt(dimension);
    }
    for (int i = 0; i < length; i++) {
      buffer.put((byte) (i % 7));
    }
    return buffer.array();
  }

  private static byte[] images(int count) {
    return idx(0x803, count, 3, 2);
  }

  private static byte[] labels(int count) {
    return idx(0x801, count);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void readsAFolderPlainAndGzippedWhateverTheNamesSay() throws IOException {
    write("train-images-idx3-ubyte", images(9));
    write("train-labels-idx1-ubyte.gz", gzip(labels(9)));
    write("t10k-images.idx3-ubyte", gzip(images(2)));
    write("t10k-labels-idx1-ubyte.gz", labels(2));
    TrainTest read = Idx.read(folder);
    assertThat(read.train().size()).isEqualTo(9);
    assertThat(read.train().features().shape()).containsExactly(3, 2, 1);
    byte[] third = new byte[6];
    read.train().features().read(2, third, 0);
    assertThat(third).containsExactly(5, 6, 0, 1, 2, 3);
    assertThat(read.train().labels().classAt(8)).isEqualTo(1);
    // Both have the classes of the larger one: 0 to 6.
    assertThat(read.test().labels().classCount()).isEqualTo(7);
  }

  @Test
  void aMissingFileListsWhatWasLookedFor() throws IOException {
    write("train-images-idx3-ubyte", images(9));
    assertThatThrownBy(() -> Idx.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder
                + " has none of the files train-labels-idx1-ubyte, train-labels-idx1-ubyte.gz,"
                + " train-labels.idx1-ubyte, train-labels.idx1-ubyte.gz, one of which is needed");
    assertThatThrownBy(() -> Idx.read(folder.resolve("none")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("does not exist");
  }

  @Test
  void countsThatDifferAreRefused() throws IOException {
    Path images = write("i", images(5));
    Path labels = write("l", labels(4));
    assertThatThrownBy(() -> Idx.read(images, labels))
        .isInstanceOf(DataException.class)
        .hasMessage(images + " holds 5 images, but " + labels + " holds 4 labels");
  }

  @Test
  void aWrongMagicNumberIsRefused() throws IOException {
    Path file = write("png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 0, 0});
    assertThatThrownBy(() -> Idx.images(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + " is no IDX file of unsigned bytes: its magic number is 0x89504e47 instead of"
                + " 0x00000801 (labels) or 0x00000803 (images)");
    Path floats = write("floats", idx(0xd03, 1, 1, 1));
    assertThatThrownBy(() -> Idx.images(floats)).hasMessageContaining("0x00000d03");
  }

  @Test
  void imagesAndLabelsAreToldApart() throws IOException {
    Path images = write("i", images(1));
    Path labels = write("l", labels(1));
    assertThatThrownBy(() -> Idx.images(labels)).hasMessageContaining("has 1 dimension");
    assertThatThrownBy(() -> Idx.readLabels(images)).hasMessageContaining("has 3 dimensions");
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    byte[] whole = images(3);
    for (int length = 0; length < whole.length; length++) {
      Path file = write("short", Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Idx.images(file))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(file + " is truncated");
    }
    byte[] packed = gzip(whole);
    for (int length = 2; length < packed.length; length++) {
      Path file = write("short.gz", Arrays.copyOf(packed, length));
      assertThatThrownBy(() -> Idx.images(file))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void whatIsTooLongOrAbsurdIsRefused() throws IOException {
    Path longer = write("long", Arrays.copyOf(images(1), images(1).length + 1));
    assertThatThrownBy(() -> Idx.images(longer)).hasMessageContaining("longer than its header");
    byte[] huge = ByteBuffer.allocate(20).putInt(0x803).putInt(1 << 30).putInt(99).array();
    Path file = write("huge", huge);
    assertThatThrownBy(() -> Idx.images(file)).hasMessageContaining("too many");
    byte[] promising = ByteBuffer.allocate(20).putInt(0x803).putInt(2000).putInt(999).array();
    promising[15] = 100;
    Path lying = write("lying", promising);
    assertThatThrownBy(() -> Idx.images(lying)).hasMessageContaining("truncated");
    byte[] negative = ByteBuffer.allocate(20).putInt(0x803).putInt(1).putInt(-1).array();
    Path below = write("negative", negative);
    assertThatThrownBy(() -> Idx.images(below)).hasMessageContaining("dimension of 4294967295");
  }

  /**
   * Sizes that are multiplied by a count of 0, that no file of this size can hold, or that go on.
   */
  @Test
  void claimsTakeNoMemory() throws IOException {
    byte[] nothing =
        ByteBuffer.allocate(16)
            .putInt(0x803)
            .putInt(0)
            .putInt(Integer.MAX_VALUE)
            .putInt(Integer.MAX_VALUE)
            .array();
    Path zero = write("zero", nothing);
    assertThatThrownBy(() -> Idx.images(zero))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("too many: its header says [0, 2147483647");
    byte[] promising = ByteBuffer.allocate(16).putInt(0x803).putInt(2_000_000_000).array();
    promising[11] = 1;
    promising[15] = 1;
    for (byte[] file : new byte[][] {promising, gzip(promising)}) {
      Path path = write("promising", file);
      assertThatThrownBy(() -> Idx.images(path))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is truncated: its header says [2000000000, 1, 1]");
    }
  }

  @Test
  void corruptGzipIsNamed() throws IOException {
    byte[] packed = gzip(images(30));
    packed[packed.length / 2] ^= 0x55;
    Path file = write("corrupt.gz", packed);
    assertThatThrownBy(() -> Idx.images(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file.toString());
  }
}
