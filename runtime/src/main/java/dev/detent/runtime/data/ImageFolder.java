package dev.detent.runtime.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Images by class, from a folder or a zip: {@code cat/0001.jpg}, {@code cat/0002.png}, {@code
 * dog/0001.jpg}. The folders' names in alphabetical order are the classes 0, 1 and so on; a folder
 * without an image is a class, too, so that the others keep their numbers (a zip must have an entry
 * for it). A single folder around them all is looked through; files that are no images, hidden ones
 * and hidden folders are passed over. Images are JPEG, PNG, GIF (the first picture) and BMP; those
 * of other kinds (webp, tiff, heic, avif) are an error. JPEGs come upright, as Exif says, and those
 * of CMYK in RGB; transparency is dropped, and 16 bits a colour become 8.
 *
 * <pre>{@code
 * Dataset photographs = ImageFolder.at(Path.of("train.zip")).load();
 * TrainTest cifar = ImageFolder.loadTrainTest(Path.of("cifar10")); // train.zip, test.zip
 * }</pre>
 *
 * <p>The examples have the classes in turn (first image of each class by name, second of each, and
 * so on), so that {@link Dataset#take} takes as many of each class. Pixels are bytes with a scale
 * of 1, thus 0 to 255, {@code [height, width, 3]}, or {@code [height, width, 1]} with {@link
 * #gray}.
 *
 * <p>An image is decoded when it is first read, and its pixels are kept, so that later epochs only
 * copy them. All images have to be of one size unless {@link #resized} is asked for. A corrupt one
 * is a {@link DataException} that names it, when it is read.
 */
public final class ImageFolder {
  private static final List<String> IMAGES =
      List.of(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".bmp");
  private static final List<String> OTHER_IMAGES =
      List.of(".webp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jp2", ".jxl");

  private final Path path;
  private int channels = 3;
  private int @Nullable [] size;
  private @Nullable List<String> classNames;
  private @Nullable Consumer<String> onSkipped;
  private long cacheBytes = Runtime.getRuntime().maxMemory() / 2;

  private ImageFolder(Path path) {
    this.path = path;
  }

  /**
   * Starts with a folder of folders of images, or a zip of them. Nothing is read before {@link
   * #load()}.
   */
  public static ImageFolder at(Path path) {
    return new ImageFolder(Objects.requireNonNull(path, "path"));
  }

  /**
   * Loads {@code train} and {@code test} with the default settings; see {@link #loadTrainTest()}.
   *
   * @param folder a folder that holds {@code train} or {@code train.zip}, and {@code test} or
   *     {@code test.zip}
   */
  public static TrainTest loadTrainTest(Path folder) {
    return at(folder).loadTrainTest();
  }

  /** Makes the images gray: {@code 0.299 red + 0.587 green + 0.114 blue}, rounded. */
  public ImageFolder gray() {
    channels = 1;
    return this;
  }

  /** Brings all images to one size in pixels, bilinearly, without keeping their proportions. */
  public ImageFolder resized(int height, int width) {
    size =
        new int[] {Checks.atLeast(1, height, "the height"), Checks.atLeast(1, width, "the width")};
    return this;
  }

  /**
   * Sets the classes and their order, instead of taking them from the folders' names.
   *
   * @param names the folders' names; an image in another folder is an error then
   * @throws IllegalArgumentException if a name is there twice
   */
  public ImageFolder classNames(List<String> names) {
    if (new TreeSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("a class is named twice in " + names);
    }
    classNames = List.copyOf(names);
    return this;
  }

  /**
   * Leaves corrupt images, and those of another size than most, out instead of failing. All images
   * are decoded at once for that, on all processors.
   *
   * @param skipped is told, for each of them, what is wrong with which file
   */
  public ImageFolder skipCorrupt(Consumer<String> skipped) {
    onSkipped = Objects.requireNonNull(skipped, "skipped");
    return this;
  }

  /**
   * Limits the memory for decoded images. What is beyond it is decoded again each time.
   *
   * @param bytes the limit, at least 0; the default is half of the largest size of the heap
   */
  public ImageFolder cacheBytes(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("the cache is " + bytes + " bytes; at least 0");
    }
    cacheBytes = bytes;
    return this;
  }

  /**
   * Lists the images. Only the first is decoded, for the size of all of them, unless {@link
   * #skipCorrupt} is asked for.
   *
   * @throws DataException if there is no such folder or zip, it cannot be read or has no image, an
   *     image lies outside of the folders of classes, or the first image is corrupt
   */
  public Dataset load() {
    return load(path, classNames);
  }

  /**
   * Loads {@code train} and {@code test} with these settings.
   *
   * @return both; the classes of both are those of {@code train}
   * @throws DataException if one of them is missing or has no image, if {@code test} has a class
   *     that {@code train} has not, or if their images are of different sizes
   */
  public TrainTest loadTrainTest() {
    Path trainPath = find("train");
    Path testPath = find("test");
    Dataset train = load(trainPath, classNames);
    Dataset test = load(testPath, train.labels().classNames());
    Checks.sameShape(trainPath, train.features(), testPath, test.features());
    return new TrainTest(train, test);
  }

  private Path find(String name) {
    Checks.folder(path);
    Path zip = path.resolve(name + ".zip");
    if (Files.isRegularFile(zip)) {
      return zip;
    }
    Path folder = path.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    throw new DataException(
        path + " has neither " + name + ".zip nor a folder " + name + ", one of which is needed");
  }

  private Dataset load(Path source, @Nullable List<String> expectedClasses) {
    ImageSource images = ImageSource.open(source);
    Map<String, List<String>> byClass = byClass(images, source, expectedClasses);
    List<String> classes =
        expectedClasses != null ? expectedClasses : List.copyOf(byClass.keySet());
    for (Map.Entry<String, List<String>> entry : byClass.entrySet()) {
      if (!classes.contains(entry.getKey()) && !entry.getValue().isEmpty()) {
        throw new DataException(
            "%s is of the class %s, which is none of %s"
                .formatted(
                    images.describe(entry.getValue().get(0)),
                    entry.getKey(),
                    String.join(", ", classes)));
      }
    }
    List<String> names = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    int most = byClass.values().stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < most; i++) {
      for (int c = 0; c < classes.size(); c++) {
        List<String> ofClass = byClass.getOrDefault(classes.get(c), List.of());
        if (i < ofClass.size()) {
          names.add(ofClass.get(i));
          labels.add(c);
        }
      }
    }
    int[] classOf = labels.stream().mapToInt(Integer::intValue).toArray();
    if (onSkipped != null) {
      return loadSound(images, names, classOf, classes, onSkipped);
    }
    Features features = new ImageFeatures(images, names, channels, size, size != null, cacheBytes);
    return new Dataset(features, Targets.classes(classOf, classes));
  }

  /** Decodes all images and leaves out those that cannot be used. */
  private Dataset loadSound(
      ImageSource images,
      List<String> names,
      int[] classOf,
      List<String> classes,
      Consumer<String> skipped) {
    String[] problems = new String[names.size()];
    ImageFeatures.Decoded[] decoded = new ImageFeatures.Decoded[names.size()];
    IntStream.range(0, names.size())
        .parallel()
        .forEach(
            i -> {
              try {
                decoded[i] = ImageFeatures.decode(images, names.get(i), channels, size);
              } catch (DataException e) {
                problems[i] = e.getMessage();
              }
            });
    int[] common = size != null ? size : mostCommon(decoded);
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < decoded.length; i++) {
      if (decoded[i] != null && !Arrays.equals(decoded[i].size(), common)) {
        problems[i] =
            ImageFeatures.otherSize(images.describe(names.get(i)), decoded[i].size(), common);
      }
      if (problems[i] != null) {
        skipped.accept(problems[i]);
      } else {
        kept.add(i);
      }
    }
    if (kept.isEmpty()) {
      throw new DataException(
          "none of the " + names.size() + " images can be used; the first: " + problems[0]);
    }
    List<String> sound = kept.stream().map(names::get).toList();
    ImageFeatures features =
        new ImageFeatures(images, sound, channels, common, size != null, Long.MAX_VALUE);
    features.preset(kept.stream().map(i -> decoded[i].pixels()).toList());
    int[] keptClasses = kept.stream().mapToInt(i -> classOf[i]).toArray();
    return new Dataset(features, Targets.classes(keptClasses, classes));
  }

  private static int[] mostCommon(ImageFeatures.Decoded[] decoded) {
    Map<String, Integer> counts = new TreeMap<>();
    int[] common = {};
    int best = 0;
    for (ImageFeatures.Decoded each : decoded) {
      if (each != null) {
        int count = counts.merge(Arrays.toString(each.size()), 1, Integer::sum);
        if (count > best) {
          best = count;
          common = each.size();
        }
      }
    }
    return common;
  }

  /** The images of each class, classes and images in alphabetical order. */
  private Map<String, List<String>> byClass(
      ImageSource images, Path source, @Nullable List<String> expectedClasses) {
    TreeSet<String> names = new TreeSet<>();
    TreeSet<String> folders = new TreeSet<>();
    for (String name : images.names()) {
      if (isOf(name, IMAGES)) {
        names.add(name);
      } else if (isOf(name, OTHER_IMAGES)) {
        skip(
            images.describe(name)
                + " is an image of a kind that cannot be decoded; make it a JPEG or PNG, or remove"
                + " it");
      }
      for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
        if (ImageSource.isVisible(name.substring(0, end))) {
          folders.add(name.substring(0, end + 1));
        }
      }
    }
    if (names.isEmpty()) {
      throw new DataException(
          source + " has no image (jpg, jpeg, png, gif, bmp) in a folder of its class");
    }
    String prefix = commonFolder(names, folders, source, expectedClasses);
    Map<String, List<String>> byClass = new TreeMap<>();
    for (String folder : within(prefix, folders)) {
      byClass.put(folder.substring(prefix.length(), folder.length() - 1), new ArrayList<>());
    }
    for (String name : names) {
      int end = name.indexOf('/', prefix.length());
      if (end < 0) {
        throw new DataException(
            images.describe(name) + " lies outside of the folders that stand for classes");
      }
      byClass
          .computeIfAbsent(name.substring(prefix.length(), end), folder -> new ArrayList<>())
          .add(name);
    }
    return byClass;
  }

  /** The folders right in another one. */
  private static List<String> within(String prefix, TreeSet<String> folders) {
    return folders.stream()
        .filter(folder -> folder.startsWith(prefix) && folder.length() > prefix.length())
        .filter(folder -> folder.indexOf('/', prefix.length()) == folder.length() - 1)
        .toList();
  }

  /** The folders around all folders of classes, for example {@code "train/"} or {@code ""}. */
  private static String commonFolder(
      TreeSet<String> names,
      TreeSet<String> folders,
      Path source,
      @Nullable List<String> expectedClasses) {
    String prefix = "";
    while (true) {
      int start = prefix.length();
      int end = names.first().indexOf('/', start);
      if (end < 0) {
        return prefix;
      }
      String longer = names.first().substring(0, end + 1);
      boolean aroundAll =
          names.stream()
              .allMatch(name -> name.startsWith(longer) && name.indexOf('/', longer.length()) >= 0);
      boolean isClass =
          expectedClasses != null && expectedClasses.contains(longer.substring(start, end));
      if (!aroundAll || isClass) {
        return prefix;
      }
      List<String> siblings = within(prefix, folders);
      if (expectedClasses == null && siblings.size() > 1) {
        throw new DataException(
            ("%s has the folders %s, but all images are in folders below %s, so that either may be"
                    + " the classes; say which with classNames, or remove the folders that are none")
                .formatted(source, String.join(", ", siblings), longer));
      }
      prefix = longer;
    }
  }

  private static boolean isOf(String name, List<String> endings) {
    return ImageSource.isVisible(name)
        && endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  private void skip(String problem) {
    if (onSkipped == null) {
      throw new DataException(problem);
    }
    onSkipped.accept(problem);
  }
}
