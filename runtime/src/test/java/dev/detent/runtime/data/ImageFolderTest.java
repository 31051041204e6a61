package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
  @TempDir Path folder;

  /** An image whose pixel at (y, x) is rgb(10 y, 10 x, brightness). */
  private static byte[] image(String format, int height, int width, int brightness)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 10 * y << 16 | 10 * x << 8 | brightness);
      }
    }
    return encode(image, format);
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private Path zip(String name, Map<String, byte[]> entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }

  private Path files(String name, Map<String, byte[]> entries) throws IOException {
    Path root = folder.resolve(name);
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      Path file = root.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
    return root;
  }

  private static Map<String, byte[]> animals() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("dog/1.png", image("png", 3, 4, 20));
    entries.put("cat/2.png", image("png", 3, 4, 11));
    entries.put("cat/1.PNG", image("png", 3, 4, 10));
    entries.put("cat/3.bmp", image("bmp", 3, 4, 12));
    entries.put("readme.txt", new byte[] {1});
    entries.put("dog/Thumbs.db", new byte[] {1});
    entries.put("cat/.1.png", new byte[] {1});
    entries.put("__MACOSX/cat/1.png", new byte[] {1});
    return entries;
  }

  private static byte[] pixels(Features features, int index) {
    byte[] pixels = new byte[features.elements()];
    features.read(index, pixels, 0);
    return pixels;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void classesAreTheFoldersInAlphabeticalOrderAndTakeTurns(boolean zipped) throws IOException {
    Path path = zipped ? zip("a.zip", animals()) : files("a", animals());
    Dataset dataset = ImageFolder.at(path).load();
    assertThat(dataset.labels().classNames()).containsExactly("cat", "dog");
    assertThat(dataset.features().shape()).containsExactly(3, 4, 3);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      names.add(dataset.features().name(i) + " " + dataset.labels().classAt(i));
    }
    assertThat(names)
        .containsExactly(
            path + ": cat/1.PNG 0",
            path + ": dog/1.png 1",
            path + ": cat/2.png 0",
            path + ": cat/3.bmp 0");
    byte[] dog = pixels(dataset.features(), 1);
    assertThat(Arrays.copyOf(dog, 6)).containsExactly(0, 0, 20, 0, 10, 20);
    assertThat(Arrays.copyOfRange(dog, 33, 36)).containsExactly(20, 30, 20);
    float[] values = new float[36];
    dataset.scaled(0.5f).features().read(1, values, 0);
    assertThat(values[35]).isEqualTo(10f);
    assertThat(dataset.fingerprint()).isEqualTo(ImageFolder.at(path).load().fingerprint());
  }

  @Test
  void aFolderAroundTheClassesIsLookedThrough() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("photos/train/cat/1.png", image("png", 2, 2, 1));
    entries.put("photos/train/dog/1.png", image("png", 2, 2, 1));
    Dataset dataset = ImageFolder.at(zip("nested.zip", entries)).load();
    assertThat(dataset.labels().classNames()).containsExactly("cat", "dog");
    Dataset one = ImageFolder.at(zip("one.zip", Map.of("cat/1.png", image("png", 2, 2, 1)))).load();
    assertThat(one.labels().classNames()).containsExactly("cat");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFolderWithoutImagesKeepsItsNumber(boolean zipped) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("data/cat/1.png", image("png", 2, 2, 1));
    entries.put("data/dog/1.png", image("png", 2, 2, 1));
    entries.put("data/cow/notes.txt", new byte[] {1});
    entries.put("data/.hidden/1.png", new byte[] {1});
    Path path;
    if (zipped) {
      entries.put("data/bird/", new byte[0]);
      path = zip("gap.zip", entries);
    } else {
      path = files("gap", entries);
      Files.createDirectories(path.resolve("data/bird"));
    }
    Dataset dataset = ImageFolder.at(path).load();
    assertThat(dataset.labels().classNames()).containsExactly("bird", "cat", "cow", "dog");
    assertThat(dataset.size()).isEqualTo(2);
    assertThat(dataset.labels().classAt(0)).isEqualTo(1);
    assertThat(dataset.labels().classAt(1)).isEqualTo(3);
    Dataset named = ImageFolder.at(path).classNames(List.of("dog", "cat")).load();
    assertThat(named.labels().classAt(0)).isEqualTo(0);
    assertThat(named.features().name(0)).endsWith("dog/1.png");
  }

  @Test
  void aLinkedFolderIsAClassWithItsImages() throws IOException {
    Path elsewhere = files("elsewhere", Map.of("1.png", image("png", 2, 2, 1)));
    Path path = files("linked", Map.of("dog/1.png", image("png", 2, 2, 1)));
    Files.createSymbolicLink(path.resolve("cat"), elsewhere);
    Dataset dataset = ImageFolder.at(path).load();
    assertThat(dataset.labels().classNames()).containsExactly("cat", "dog");
    assertThat(dataset.size()).isEqualTo(2);
  }

  @Test
  void foldersThatMayOrMayNotBeClassesAreRefused() throws IOException {
    Path path = files("either", Map.of("cat/young/1.png", image("png", 2, 2, 1)));
    Files.createDirectories(path.resolve("bird"));
    assertThatThrownBy(() -> ImageFolder.at(path).load())
        .isInstanceOf(DataException.class)
        .hasMessage(
            path
                + " has the folders bird/, cat/, but all images are in folders below cat/, so that"
                + " either may be the classes; say which with classNames, or remove the folders that"
                + " are none");
    assertThat(ImageFolder.at(path).classNames(List.of("bird", "cat")).load().labels().classAt(0))
        .isEqualTo(1);
    assertThatThrownBy(() -> ImageFolder.at(path).classNames(List.of("a", "b", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a class is named twice in [a, b, a]");
  }

  @Test
  void grayAndColorConvert() throws IOException {
    BufferedImage gray = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(0, 0, 0, 100);
    gray.getRaster().setSample(1, 0, 0, 7);
    BufferedImage color = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    color.setRGB(0, 0, 0xffff0000);
    color.setRGB(1, 0, 0xff0a141e);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/gray.png", encode(gray, "png"));
    entries.put("b/color.png", encode(color, "png"));
    Path zip = zip("mixed.zip", entries);
    Features rgb = ImageFolder.at(zip).load().features();
    assertThat(pixels(rgb, 0)).containsExactly(100, 100, 100, 7, 7, 7);
    assertThat(pixels(rgb, 1)).containsExactly(255, 0, 0, 10, 20, 30);
    Features one = ImageFolder.at(zip).gray().load().features();
    assertThat(one.shape()).containsExactly(1, 2, 1);
    assertThat(pixels(one, 0)).containsExactly(100, 7);
    // 0.299 * 255 = 76.2; 0.299 * 10 + 0.587 * 20 + 0.114 * 30 = 18.15.
    assertThat(pixels(one, 1)).containsExactly(76, 18);
  }

  @Test
  void imagesOfOtherKindsAreNotPassedOverSilently() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/1.jfif", image("jpg", 2, 2, 1));
    entries.put("a/2.WebP", new byte[] {1});
    Path zip = zip("kinds.zip", entries);
    assertThatThrownBy(() -> ImageFolder.at(zip).load())
        .isInstanceOf(DataException.class)
        .hasMessage(
            zip
                + ": a/2.WebP is an image of a kind that cannot be decoded; make it a JPEG or PNG,"
                + " or remove it");
    List<String> skipped = new ArrayList<>();
    assertThat(ImageFolder.at(zip).skipCorrupt(skipped::add).load().size()).isEqualTo(1);
    assertThat(skipped).singleElement().asString().contains("a/2.WebP");
  }

  @Test
  void anotherSizeIsAnErrorThatNamesTheFileUnlessResized() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/1.png", image("png", 4, 4, 100));
    entries.put("a/2.png", image("png", 4, 6, 100));
    Path zip = zip("sizes.zip", entries);
    Features features = ImageFolder.at(zip).load().features();
    assertThatThrownBy(() -> pixels(features, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            zip
                + ": a/2.png is 4 x 6 pixels (height x width), the other images are 4 x 4;"
                + " resized(height, width) brings them to one size");
    Features resized = ImageFolder.at(zip).resized(2, 3).load().features();
    assertThat(resized.shape()).containsExactly(2, 3, 3);
    // Each column is the weighted mean of the two or more beneath it; blue is the same everywhere.
    byte[] pixels = pixels(resized, 1);
    for (int i = 2; i < pixels.length; i += 3) {
      assertThat(pixels[i]).isEqualTo((byte) 100);
    }
    assertThat(pixels[4]).isEqualTo((byte) 25);
  }

  @Test
  void damageIsAnErrorThatNamesTheFile() throws IOException {
    byte[] jpeg = image("jpg", 16, 16, 100);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/0.jpg", jpeg);
    entries.put("a/1-truncated.jpg", Arrays.copyOf(jpeg, jpeg.length - 30));
    entries.put("a/2-text.jpg", "no image".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    entries.put("a/3-empty.jpg", new byte[0]);
    byte[] png = image("png", 16, 16, 100);
    entries.put("a/4-truncated.png", Arrays.copyOf(png, png.length / 2));
    entries.put("a/5-header.jpg", Arrays.copyOf(jpeg, 10));
    byte[] huge = png.clone();
    Arrays.fill(huge, 16, 24, (byte) 0x7f); // width and height
    entries.put("a/6-huge.png", huge);
    Path path = files("damaged", entries);
    Features features = ImageFolder.at(path).load().features();
    assertThat(pixels(features, 0)).hasSize(768);
    for (int i = 1; i < features.size(); i++) {
      int index = i;
      assertThatThrownBy(() -> pixels(features, index))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(features.name(i) + " is corrupt");
    }
    List<String> skipped = new ArrayList<>();
    Dataset sound = ImageFolder.at(path).skipCorrupt(skipped::add).load();
    assertThat(sound.size()).isEqualTo(1);
    assertThat(skipped).hasSize(6).allMatch(message -> message.contains(" is corrupt"));
    assertThat(pixels(sound.features(), 0)).isEqualTo(pixels(features, 0));
  }

  @Test
  void skippingKeepsTheMostCommonSize() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/1.png", image("png", 4, 4, 100));
    entries.put("a/2.png", image("png", 5, 5, 100));
    entries.put("b/1.png", image("png", 5, 5, 100));
    List<String> skipped = new ArrayList<>();
    Dataset dataset = ImageFolder.at(zip("s.zip", entries)).skipCorrupt(skipped::add).load();
    assertThat(dataset.features().shape()).containsExactly(5, 5, 3);
    assertThat(dataset.labels().classAt(0)).isEqualTo(1);
    assertThat(skipped).singleElement().asString().contains("a/1.png is 4 x 4 pixels");
  }

  @Test
  void aDamagedZipIsNoticed() throws IOException {
    Path zip = zip("z.zip", Map.of("a/1.png", image("png", 16, 16, 100)));
    byte[] bytes = Files.readAllBytes(zip);
    Path shorter = Files.write(folder.resolve("t.zip"), Arrays.copyOf(bytes, bytes.length - 40));
    assertThatThrownBy(() -> ImageFolder.at(shorter).load())
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(shorter + " is not a zip, or a truncated one");
    bytes[70] ^= 1;
    Path altered = Files.write(folder.resolve("altered.zip"), bytes);
    assertThatThrownBy(() -> ImageFolder.at(altered).load())
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(altered + ": a/1.png");
  }

  /** A zip's directory may claim any size; a file may be sparse. */
  @Test
  void sizesThatCannotBeAreRefusedBeforeTheyAreRead() throws IOException {
    Path zip = zip("claim.zip", Map.of("a/1.png", image("png", 16, 16, 100)));
    byte[] bytes = Files.readAllBytes(zip);
    int directory = bytes.length - 22 - 46 - "a/1.png".length();
    java.nio.ByteBuffer.wrap(bytes)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putInt(directory + 24, Integer.MAX_VALUE);
    Files.write(zip, bytes);
    assertThatThrownBy(() -> ImageFolder.at(zip).load())
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            zip + ": a/1.png cannot be read: 'a/1.png' claims to hold 2147483647 bytes, which ");
    Path file = Files.createDirectories(folder.resolve("sparse/a")).resolve("1.png");
    try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(5_000_000_000L);
    }
    assertThatThrownBy(() -> ImageFolder.at(folder.resolve("sparse")).load())
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "a/1.png cannot be read: it holds 5,000,000,000 bytes; 2,147,483,639 at most can be"
                + " read");
  }

  @Test
  void whatHasNoImagesOrNoClassesIsRefused() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty/cat"));
    assertThatThrownBy(() -> ImageFolder.at(empty.getParent()).load())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no image");
    assertThatThrownBy(() -> ImageFolder.at(folder.resolve("none")).load())
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("does not exist");
    Map<String, byte[]> entries = animals();
    entries.put("lost.png", image("png", 3, 4, 1));
    Path stray = zip("stray.zip", entries);
    assertThatThrownBy(() -> ImageFolder.at(stray).load())
        .hasMessage(stray + ": lost.png lies outside of the folders that stand for classes");
  }

  @Test
  void trainAndTestShareTheirClasses() throws IOException {
    Path root = Files.createDirectories(folder.resolve("data"));
    zip("data/train.zip", animals());
    assertThatThrownBy(() -> ImageFolder.loadTrainTest(root))
        .hasMessage(root + " has neither test.zip nor a folder test, one of which is needed");
    files("data/test", Map.of("dog/1.png", image("png", 3, 4, 1)));
    TrainTest both = ImageFolder.loadTrainTest(root);
    // Were the classes taken from the test folder, dog would be class 0.
    assertThat(both.test().labels().classAt(0)).isEqualTo(1);
    files("data/test", Map.of("cow/1.png", image("png", 3, 4, 1)));
    assertThatThrownBy(() -> ImageFolder.loadTrainTest(root))
        .isInstanceOf(DataException.class)
        .hasMessage(
            root.resolve("test") + ": cow/1.png is of the class cow, which is none of cat, dog");
  }

  @Test
  void imagesAreKeptOnceDecodedUpToTheLimit() throws IOException {
    Path root = files("kept", animals());
    Features all = ImageFolder.at(root).load().features();
    Features few = ImageFolder.at(root).cacheBytes(3 * 4 * 3).load().features();
    List<byte[]> before = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      before.add(pixels(all, i));
      assertThat(pixels(few, i)).isEqualTo(before.get(i));
    }
    Files.delete(root.resolve("cat/3.bmp"));
    assertThat(pixels(all, 3)).isEqualTo(before.get(3));
    assertThat(pixels(few, 0)).isEqualTo(before.get(0));
    assertThatThrownBy(() -> pixels(few, 3))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cat/3.bmp cannot be read");
  }

  @Test
  void severalThreadsDecodeTheSame() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < 200; i++) {
      entries.put("c" + i % 3 + "/" + i + ".jpg", image("jpg", 8, 8, i));
    }
    Path zip = zip("many.zip", entries);
    Features one = ImageFolder.at(zip).load().features();
    Features many = ImageFolder.at(zip).load().features();
    byte[][] parallel = new byte[200][];
    IntStream.range(0, 400).parallel().forEach(i -> parallel[i % 200] = pixels(many, i % 200));
    for (int i = 0; i < 200; i++) {
      assertThat(parallel[i]).isEqualTo(pixels(one, i));
    }
  }
}
