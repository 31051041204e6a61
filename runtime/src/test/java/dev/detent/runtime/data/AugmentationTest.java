package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 8;

  private static Image image(float[] pixels, int... shape) {
    return new Image().at(pixels, 0, shape);
  }

  private static SeededRandom random() {
    return new SeededRandom().seed(5);
  }

  /** One channel, each pixel its own number. */
  private static float[] counted() {
    float[] pixels = new float[HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 1 + i;
    }
    return pixels;
  }

  private static Dataset photographs(int size) {
    byte[] pixels = new byte[size * HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37 + i / 144 * 11);
    }
    int[] classes = IntStream.range(0, size).map(i -> i % 3).toArray();
    return new Dataset(
        Features.bytes(pixels, HEIGHT, WIDTH, 3), Targets.classes(classes, List.of("a", "b", "c")));
  }

  static Map<String, Augmentation> all() {
    return Map.ofEntries(
        Map.entry("flip", Augmentation.verticalFlip().then(Augmentation.horizontalFlip())),
        Map.entry("shift", Augmentation.shift(0.5, 0.5)),
        Map.entry("rotation", Augmentation.rotation(45)),
        Map.entry("zoom", Augmentation.zoom(0.5, 2)),
        Map.entry("colours", Augmentation.colorJitter(0.4, 0.4, 0.4, 0.1)),
        Map.entry("erasing", Augmentation.erasing(0.9, 0.02, 0.4)),
        Map.entry("noise", Augmentation.noise(0.1)),
        Map.entry("rand", Augmentation.randAugment(3, 9)),
        Map.entry("time", Augmentation.timeShift(3)),
        Map.entry("spec", Augmentation.specAugment(1, 3, 1, 3)));
  }

  static List<Map.Entry<String, Augmentation>> each() {
    return List.copyOf(all().entrySet());
  }

  private static List<String> walk(Batches batches) {
    List<String> examples = new ArrayList<>();
    try (BatchIterator iterator = batches.epoch(1)) {
      while (iterator.hasNext()) {
        Batch batch = iterator.next();
        for (int i = 0; i < batch.count(); i++) {
          int width = batch.features(0).elements();
          byte[] image = Arrays.copyOfRange(batch.bytes(0), i * width, (i + 1) * width);
          String target =
              batch.isClasses(0)
                  ? String.valueOf(batch.classes(0)[i])
                  : Arrays.toString(Arrays.copyOfRange(batch.values(0), i * 3, i * 3 + 3));
          examples.add(batch.index(i) + ":" + target + Arrays.toString(image));
        }
      }
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("each")
  void allChangeImagesAlikeOnAnyNumberOfThreads(Map.Entry<String, Augmentation> each) {
    Batches batches = Batches.of(photographs(40), 10).shuffled(3);
    Batches augmented = batches.augmented(each.getValue());
    List<String> once = walk(augmented.prefetched(0));
    assertThat(walk(augmented.prefetched(4, 3))).isEqualTo(once);
    long changed =
        IntStream.range(0, 40).filter(i -> !once.get(i).equals(walk(batches).get(i))).count();
    assertThat(changed).as(each.getKey()).isGreaterThan(20);
  }

  @Test
  void affineMapsAreThoseOfGeometry() {
    Image image = image(counted(), HEIGHT, WIDTH, 1);
    image.affine(-1, 0, 0, 0, -1, 0); // half a turn
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      assertThat(image.at(i)).isEqualTo(HEIGHT * WIDTH - i);
    }
    Image moved = image(counted(), HEIGHT, WIDTH, 1);
    moved.affine(1, 0, -2, 0, 1, 1);
    Image shifted = image(counted(), HEIGHT, WIDTH, 1);
    shifted.shift(-1, 2);
    assertThat(moved.copy()).isEqualTo(shifted.copy());
    Image between = image(new float[] {10, 20}, 1, 2, 1);
    between.affine(1, 0, 0.25, 0, 1, 0);
    assertThat(between.copy()).containsExactly(12.5f, 15);
  }

  @Test
  void aQuarterTurnRotatesASquare() {
    Image image = image(new float[] {1, 2, 3, 4}, 2, 2, 1);
    image.affine(0, 1, 0, -1, 0, 0);
    assertThat(image.copy()).containsExactly(3, 1, 4, 2);
  }

  @Test
  void coloursChangeByTheirFormulas() {
    float[] pixels = {0.2f, 0.4f, 0.6f, 0.8f, 0.8f, 0.8f};
    Image image = image(pixels.clone(), 1, 2, 3);
    Colors.brightness(image, 0.5);
    assertThat(image.copy()).containsExactly(0.1f, 0.2f, 0.3f, 0.4f, 0.4f, 0.4f);
    image = image(pixels.clone(), 1, 2, 3);
    Colors.saturation(image, 0);
    float gray = 0.299f * 0.2f + 0.587f * 0.4f + 0.114f * 0.6f;
    // Each float differs from the exact number by 2^-24 of it at most.
    assertThat(image.at(0)).isCloseTo(gray, within(1e-6f));
    assertThat(image.at(2)).isCloseTo(gray, within(1e-6f));
    assertThat(image.at(3)).isCloseTo(0.8f, within(1e-6f));
    image = image(pixels.clone(), 1, 2, 3);
    Colors.contrast(image, 0);
    assertThat(image.at(0)).isCloseTo((gray + 0.8f) / 2, within(1e-6f));
    image = image(pixels.clone(), 1, 2, 3);
    Colors.hue(image, 1);
    // The matrices of YIQ have four digits, so that a full turn is exact to about 1e-3.
    assertThat(image.at(0)).isCloseTo(0.2f, within(1e-3f));
    assertThat(image.at(2)).isCloseTo(0.6f, within(1e-3f));
    Colors.hue(image, 0.4);
    assertThat(Colors.gray(image, 0)).isCloseTo(gray, within(2e-3f));
    assertThat(image.at(3)).isCloseTo(0.8f, within(1e-3f));
  }

  @Test
  void erasingSetsARectangleOfThatShareToZero() {
    Augmentation erasing = Augmentation.erasing(1, 0.25, 0.25);
    SeededRandom random = random();
    for (int i = 0; i < 50; i++) {
      float[] pixels = new float[40 * 40];
      Arrays.fill(pixels, 1);
      erasing.apply(image(pixels, 40, 40, 1), random);
      long zeros = IntStream.range(0, pixels.length).filter(p -> pixels[p] == 0).count();
      // Height and width are rounded: by half a pixel of at least 20 * sqrt(0.3) = 11.
      assertThat(zeros / 1600.0).isCloseTo(0.25, within(0.25 * 0.1));
    }
  }

  @Test
  void noiseHasItsDeviation() {
    float[] pixels = new float[40_000];
    Augmentation.noise(0.5).apply(image(pixels, 200, 200, 1), random());
    double squares =
        IntStream.range(0, pixels.length).mapToDouble(i -> pixels[i]).map(x -> x * x).sum();
    // The deviation of a deviation over n values is 1 / sqrt(2 n): 0.35%, here four of them.
    assertThat(Math.sqrt(squares / pixels.length)).isCloseTo(0.5, within(0.5 * 0.015));
  }

  @Test
  void seriesMoveInTimeAndSpectrogramsHideRuns() {
    float[] steps = {1, 10, 2, 20, 3, 30, 4, 40};
    Dataset data = new Dataset(Features.of(steps, 4, 2), Targets.values(new float[] {1}));
    Batches batches = Batches.of(data, 1).augmented(Augmentation.timeShift(2));
    List<String> seen = new ArrayList<>();
    for (int epoch = 0; epoch < 60; epoch++) {
      try (BatchIterator iterator = batches.epoch(epoch)) {
        seen.add(Arrays.toString(iterator.next().floats(0)));
      }
    }
    assertThat(seen)
        .contains(
            Arrays.toString(steps),
            "[1.0, 10.0, 1.0, 10.0, 1.0, 10.0, 2.0, 20.0]",
            "[2.0, 20.0, 3.0, 30.0, 4.0, 40.0, 4.0, 40.0]");
    assertThat(seen.stream().distinct()).hasSize(5);

    float[] values = counted();
    Augmentation.specAugment(1, 2, 1, 2).apply(image(values, HEIGHT, WIDTH), random());
    float mean = (1 + HEIGHT * WIDTH) / 2f;
    long hidden = IntStream.range(0, values.length).filter(i -> values[i] != 1 + i).count();
    assertThat(hidden).isPositive();
    assertThat(IntStream.range(0, values.length).filter(i -> values[i] != 1 + i))
        .allMatch(i -> values[i] == mean);
  }

  @Test
  void imagesAndSeriesAreEachChangedByWhatIsForThem() {
    Dataset series = new Dataset(Features.of(new float[8], 4, 2), Targets.values(new float[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(series, 1).augmented(Augmentation.rotation(3)))
        .withMessageContaining("augmentation needs an input of the shape");
    Augmentation both = Augmentation.horizontalFlip().then(Augmentation.noise(1));
    assertThat(both.changes(2)).isTrue();
    float[] counted = counted();
    Augmentation flips = Augmentation.horizontalFlip().then(Augmentation.specAugment(0, 0, 0, 0));
    for (int i = 0; i < 10; i++) {
      flips.apply(image(counted, HEIGHT, WIDTH), random());
    }
    assertThat(counted).isEqualTo(counted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"flip", "shift", "rotation", "zoom"})
  void classMapsMoveWithTheirImages(String name) {
    int size = 20;
    // Blocks of 4 x 4 pixels, so that inner pixels have neighbours of their own class.
    byte[] pixels = new byte[size * 16 * 16];
    byte[][] maps = new byte[size][16 * 16];
    for (int i = 0; i < pixels.length; i++) {
      int place = i % 256;
      int block = (i / 256 + place / 64 + place % 16 / 4) % 3;
      pixels[i] = (byte) (100 * block);
      maps[i / 256][place] = (byte) block;
    }
    Dataset data =
        new Dataset(
            Features.bytes(pixels, 16, 16, 1),
            Targets.classMaps(maps, List.of("x", "y", "z"), 16, 16));
    Batches batches = Batches.of(data, size).augmented(all().get(name));
    try (BatchIterator iterator = batches.epoch(0)) {
      Batch batch = iterator.next();
      int same = 0;
      for (int i = 0; i < pixels.length; i++) {
        int nearest = Math.round((batch.bytes(0)[i] & 0xff) / 100f);
        same += nearest == batch.classes(0)[i] ? 1 : 0;
      }
      // Interpolation between classes 0 and 2 passes class 1, at the borders of blocks alone.
      assertThat(same / (double) pixels.length).isGreaterThan(0.75);
      int unmoved = 0;
      for (int i = 0; i < pixels.length; i++) {
        unmoved += batch.classes(0)[i] == maps[i / 256][i % 256] ? 1 : 0;
      }
      assertThat(unmoved / (double) pixels.length).isLessThan(0.75);
    }
  }

  @Test
  void whatCannotMoveClassMapsIsRefused() {
    Targets maps = Targets.classMaps(new byte[2][48], List.of("x", "y"), 6, 8);
    Dataset data = new Dataset(Features.of(new float[96], 6, 8, 1), maps);
    Augmentation own = (image, random) -> image.set(0, 0, 0, 1);
    Batches batches = Batches.of(data, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batches.augmented(own.then(Augmentation.horizontalFlip())))
        .withMessageContaining("movingClassMaps()");
    assertThat(batches.augmented(own.movingClassMaps()).count()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batches.augmented(Augmentation.timeShift(1)));
    Dataset smaller = new Dataset(Features.of(new float[48], 4, 6, 1), maps);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(smaller, 2).augmented(Augmentation.horizontalFlip()))
        .withMessage(
            "a target with a class for each place of [6, 8] moves with one image of that height"
                + " and width; what is augmented is [[4, 6, 1]]");
  }

  @Test
  void mixupMixesInputsAndTargetsByOneShare() {
    int size = 12;
    float[] values = new float[size * 2];
    for (int i = 0; i < size; i++) {
      values[2 * i] = i;
      values[2 * i + 1] = 100 * i;
    }
    Targets targets = Targets.values(Features.of(values, 2));
    Dataset data = new Dataset(Features.of(values, 2), targets);
    Batches batches = Batches.of(data, 6).augmented(Augmentation.mixup(1));
    try (BatchIterator iterator = batches.epoch(0)) {
      while (iterator.hasNext()) {
        Batch batch = iterator.next();
        assertThat(batch.values(0)).containsExactly(batch.floats(0));
        double sum = 0;
        boolean isMixed = false;
        for (int i = 0; i < 6; i++) {
          sum += batch.floats(0)[2 * i];
          isMixed |= batch.floats(0)[2 * i] != batch.index(i);
        }
        assertThat(isMixed).isTrue();
        // Each example is once the first and once the second; six floats are below 16.
        double expected = IntStream.range(0, 6).map(batch::index).sum();
        assertThat(sum).isCloseTo(expected, within(6 * 16 * Math.ulp(1f) * 2.0));
      }
    }
  }

  @Test
  void cutmixMixesTargetsByTheAreaThatIsCut() {
    int size = 8;
    byte[] pixels = new byte[size * 400];
    float[] number = new float[size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 400);
      number[i / 400] = i / 400;
    }
    Dataset data = new Dataset(Features.bytes(pixels, 20, 20, 1), Targets.values(number));
    Batches batches = Batches.of(data, size).augmented(Augmentation.cutmix(1));
    boolean isCut = false;
    for (int epoch = 0; epoch < 10; epoch++) {
      try (BatchIterator iterator = batches.epoch(epoch)) {
        Batch batch = iterator.next();
        for (int i = 0; i < size; i++) {
          double sum = 0;
          for (int p = 0; p < 400; p++) {
            sum += batch.bytes(0)[i * 400 + p];
          }
          // The mean of the pixels is the share of both, as the target is: to float precision.
          assertThat(batch.values(0)[i]).isCloseTo((float) (sum / 400), within(1e-5f));
          isCut |= sum != 400 * i;
        }
      }
    }
    assertThat(isCut).isTrue();
  }

  @Test
  void mixingTakesTargetsThatAreShares() {
    Dataset photographs = photographs(30);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(photographs, 5).augmented(Augmentation.mixup(0.2)))
        .withMessageContaining("mapTarget(0, Targets::oneHot)");
    Dataset shares = photographs.mapTarget(0, Targets::oneHot);
    Augmentation both = Augmentation.horizontalFlip().then(Augmentation.cutmix(1));
    Batches batches = Batches.of(shares, 5).shuffled(1).augmented(both);
    assertThat(walk(batches.prefetched(4, 4))).isEqualTo(walk(batches.prefetched(0)));
    assertThatThrownBy(() -> Batches.of(shares, 5).augmented(both.then(Augmentation.mixup(0.2))))
        .hasMessage("a batch is mixed once: mixup or cutmix");
    Dataset series = new Dataset(Features.of(new float[8], 4, 2), Targets.values(new float[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(series, 1).augmented(Augmentation.cutmix(1)))
        .withMessageContaining("one input, which is an image");
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.colorJitter(0, 0, 0, 0.6))
        .withMessage("the hue is 0.6; 0.0 to 0.5");
    assertThatIllegalArgumentException().isThrownBy(() -> Augmentation.rotation(181));
    assertThatIllegalArgumentException().isThrownBy(() -> Augmentation.zoom(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Augmentation.erasing(0.5, 0.4, 0.3));
    assertThatIllegalArgumentException().isThrownBy(() -> Augmentation.randAugment(2, 11));
    assertThatIllegalArgumentException().isThrownBy(() -> Augmentation.mixup(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Augmentation.noise(Double.NaN));
  }
}
