package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BatchesTest {

  /** Images of [3, 4, 2] whose elements all differ within an example. */
  private static Dataset images(int size) {
    byte[] pixels = new byte[size * 24];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (1 + i % 251);
    }
    int[] classes = new int[size];
    Arrays.setAll(classes, i -> i % 10);
    return new Dataset(Features.bytes(pixels, 3, 4, 2), Targets.classes(classes, 10));
  }

  /** Everything that an epoch gives, as text. */
  private static List<String> walk(Batches batches, int epoch) {
    List<String> examples = new ArrayList<>();
    try (BatchIterator iterator = batches.epoch(epoch)) {
      while (iterator.hasNext()) {
        Batch batch = iterator.next();
        for (int i = 0; i < batch.count(); i++) {
          byte[] image = Arrays.copyOfRange(batch.bytes(0), i * 24, i * 24 + 24);
          examples.add(batch.index(i) + ":" + batch.classes(0)[i] + ":" + Arrays.toString(image));
        }
      }
    }
    return examples;
  }

  private static List<Integer> indices(Batches batches, int epoch) {
    return walk(batches, epoch).stream()
        .map(example -> Integer.valueOf(example.substring(0, example.indexOf(':'))))
        .toList();
  }

  @Test
  void byDefaultAllProcessorsReadAndWhatComesOutIsTheSame() {
    Augmentation augmentation = Augmentation.horizontalFlip().then(Augmentation.shiftedCrop(1));
    Batches batches = Batches.of(images(100), 7).shuffled(3).augmented(augmentation);
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), 16);
    assertThat(batches.threads()).isEqualTo(processors);
    assertThat(batches.prefetch()).isBetween(Batches.DEFAULT_PREFETCH, 32);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(walk(batches, epoch)).isEqualTo(walk(batches.prefetched(0), epoch));
    }
  }

  @Test
  void whatIsReadAheadByDefaultIsBoundedByTheHeap() {
    int elements = 1 << 20;
    int size = (int) Math.min(4000, Runtime.getRuntime().maxMemory() / 16 / 4 / elements);
    Features large = new MappedFeatures(Features.of(new float[size], 1), x -> x, elements);
    Batches batches = Batches.of(new Dataset(large, Targets.values(new float[size])), size);
    // A batch is a sixteenth of the heap, and an eighth may be read ahead.
    assertThat(batches.prefetch()).isEqualTo(Batches.DEFAULT_PREFETCH);
    assertThat(batches.threads()).isLessThanOrEqualTo(Batches.DEFAULT_PREFETCH);
  }

  @Property(tries = 200)
  void shufflingIsAPermutation(
      @ForAll @IntRange(min = 0, max = 500) int size, @ForAll long seed, @ForAll long epoch) {
    int[] order = Shuffle.permutation(size, seed, epoch);
    assertThat(order).isEqualTo(Shuffle.permutation(size, seed, epoch));
    Arrays.sort(order);
    assertThat(order).isEqualTo(Checks.firstIndices(size));
  }

  @Property(tries = 100)
  void eachExampleComesExactlyOnce(
      @ForAll @IntRange(min = 1, max = 100) int size,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll @IntRange(min = 0, max = 5) int prefetch,
      @ForAll @IntRange(min = 1, max = 3) int threads,
      @ForAll boolean shuffled) {
    Batches batches = Batches.of(images(size), batchSize).prefetched(prefetch, threads);
    batches = shuffled ? batches.shuffled(7).dropRemainder(false) : batches;
    for (int epoch = 0; epoch < 2; epoch++) {
      List<Integer> indices = new ArrayList<>(indices(batches, epoch));
      if (shuffled) {
        Collections.sort(indices);
      }
      assertThat(indices).isEqualTo(Arrays.stream(Checks.firstIndices(size)).boxed().toList());
    }
    assertThat(batches.exampleCount()).isEqualTo(size);
  }

  @Property(tries = 60)
  void whatComesOutDependsOnSeedAndEpochAlone(
      @ForAll @IntRange(min = 1, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 20) int batchSize,
      @ForAll @IntRange(min = 1, max = 6) int prefetch,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 1000) int epoch) {
    Augmentation augmentation = Augmentation.horizontalFlip().then(Augmentation.shiftedCrop(2));
    Batches plain =
        Batches.of(images(size), batchSize).shuffled(seed).augmented(augmentation).prefetched(0);
    List<String> expected = walk(plain, epoch);
    assertThat(walk(plain.prefetched(prefetch, threads), epoch)).isEqualTo(expected);
    // The batch size has no influence either, apart from what is left out at the end.
    List<String> all =
        walk(Batches.of(images(size), size).shuffled(seed).augmented(augmentation), epoch);
    assertThat(all.subList(0, expected.size())).isEqualTo(expected);
    int middle = plain.count() / 2;
    List<String> rest = new ArrayList<>();
    try (BatchIterator iterator = plain.prefetched(prefetch, threads).epoch(epoch, middle)) {
      while (iterator.hasNext()) {
        Batch batch = iterator.next();
        for (int i = 0; i < batch.count(); i++) {
          rest.add(
              batch.index(i)
                  + ":"
                  + batch.classes(0)[i]
                  + ":"
                  + Arrays.toString(Arrays.copyOfRange(batch.bytes(0), i * 24, i * 24 + 24)));
        }
      }
    }
    assertThat(rest).isEqualTo(expected.subList(middle * batchSize, expected.size()));
  }

  @Test
  void ordersDifferByEpochAndSeed() {
    Batches batches = Batches.of(images(100), 10).shuffled(1);
    assertThat(
            List.of(
                indices(batches, 0),
                indices(batches, 1),
                indices(Batches.of(images(100), 10).shuffled(2), 0)))
        .doesNotHaveDuplicates();
  }

  @Test
  void firstPlacesAreSharedFairly() {
    // 4,000 draws of 4: each is first 1,000 times, with a standard deviation of 27.4; 5 of them.
    int[] counts = new int[4];
    for (int epoch = 0; epoch < 4000; epoch++) {
      counts[Shuffle.permutation(4, 11, epoch)[0]]++;
    }
    assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 1000) < 137);
  }

  @Test
  void trainingDropsTheRemainderAndEvaluationKeepsIt() {
    assertThat(Batches.of(images(25), 10).count()).isEqualTo(3);
    assertThat(Batches.of(images(25), 10).shuffled(1).count()).isEqualTo(2);
    assertThat(Batches.of(images(25), 10).shuffled(1).exampleCount()).isEqualTo(20);
    assertThat(Batches.of(images(25), 10).shuffled(1).dropRemainder(false).count()).isEqualTo(3);
    assertThat(Batches.of(images(25), 10).dropRemainder(true).count()).isEqualTo(2);
    assertThat(Batches.of(images(9), 10).shuffled(1).count()).isEqualTo(1);
    assertThat(walk(Batches.of(images(9), 10).shuffled(1), 0)).hasSize(9);
    assertThatThrownBy(() -> Batches.of(images(9), 10).dropRemainder(true))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "dropping the remainder leaves nothing: there are 9 examples and the batch size is 10");
  }

  @Test
  void shiftsMoveInZeros() {
    for (int down = -4; down <= 4; down++) {
      for (int right = -5; right <= 5; right++) {
        byte[] moved = new byte[24];
        images(1).features().read(0, moved, 0);
        byte[] before = moved.clone();
        new Image().at(moved, 0, new int[] {3, 4, 2}).shift(down, right);
        float[] floats = new float[24];
        images(1).features().read(0, floats, 0);
        new Image().at(floats, 0, new int[] {3, 4, 2}).shift(down, right);
        for (int y = 0; y < 3; y++) {
          for (int x = 0; x < 4; x++) {
            for (int c = 0; c < 2; c++) {
              int fromY = y - down;
              int fromX = x - right;
              boolean inside = fromY >= 0 && fromY < 3 && fromX >= 0 && fromX < 4;
              int expected = inside ? before[(fromY * 4 + fromX) * 2 + c] & 0xff : 0;
              assertThat(moved[(y * 4 + x) * 2 + c] & 0xff).isEqualTo(expected);
              assertThat(floats[(y * 4 + x) * 2 + c]).isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  @Test
  void flipsSwapColumnsAndKeepChannels() {
    byte[] flipped = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    new Image().at(flipped, 0, new int[] {2, 3, 2}).flipHorizontally();
    assertThat(flipped).containsExactly(5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8);
  }

  @Test
  void aboutHalfAreFlippedAndAllShiftsOccur() {
    byte[] pixels = new byte[2000 * 25];
    for (int i = 0; i < 2000; i++) {
      pixels[i * 25 + 11] = 1; // row 2, column 1
    }
    Dataset dataset =
        new Dataset(Features.bytes(pixels, 5, 5, 1), Targets.classes(new int[2000], 1));
    int[] places = new int[25];
    Batches batches =
        Batches.of(dataset, 2000)
            .augmented(Augmentation.horizontalFlip().then(Augmentation.shiftedCrop(1)));
    try (BatchIterator iterator = batches.epoch(0)) {
      byte[] augmented = iterator.next().bytes(0);
      for (int i = 0; i < 2000; i++) {
        for (int place = 0; place < 25; place++) {
          places[place] += augmented[i * 25 + place];
        }
      }
    }
    // Columns 0 to 2 from the unflipped at 1, 2 to 4 from the flipped at 3; rows 1 to 3.
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 5; x++) {
        double expected = y < 1 || y > 3 ? 0 : x == 2 ? 2000 / 9.0 : 1000 / 9.0;
        // Five standard deviations of a binomial distribution with that mean.
        assertThat((double) places[y * 5 + x])
            .isBetween(expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
      }
    }
  }

  @Test
  void usersAugmentationsSeeAndChangeElements() {
    Augmentation darken =
        (Image image, RandomGenerator random) -> {
          float factor = 0.5f + random.nextFloat();
          assertThat(image.channels()).isEqualTo(2);
          for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
              image.set(y, x, 1, image.get(y, x, 1) * factor + 300);
            }
          }
        };
    assertThat(walk(Batches.of(images(1), 1).augmented(darken), 0))
        .singleElement()
        .asString()
        .contains("[1, -1, 3, -1");
    Batches failing =
        Batches.of(images(4), 2)
            .augmented(
                (image, random) -> {
                  throw new IllegalStateException("broken");
                });
    assertThatThrownBy(() -> walk(failing, 0))
        .isInstanceOf(DataException.class)
        .hasMessage("augmenting example 0 failed: java.lang.IllegalStateException: broken");
    Dataset rows = new Dataset(Features.of(new float[4], 2), Targets.classes(new int[2], 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(rows, 1).augmented(darken))
        .withMessageContaining("[[2]]");
  }

  @Test
  void severalInputsAndTargets() {
    Features left = Features.of(new float[] {1, 2, 3, 4, 5, 6}, 2).scaled(10);
    Features right = Features.bytes(new byte[] {1, 2, 3}, 1, 1, 1).scaled(10);
    Targets numbers = Targets.values(new float[][] {{7, 8}, {9, 10}, {11, 12}});
    Targets classes = Targets.classes(new int[] {0, 1, 2}, 3);
    try (BatchIterator iterator =
        Batches.of(examples(List.of(left, right), List.of(numbers, classes)), 2).epoch(0)) {
      iterator.next();
      Batch last = iterator.next();
      assertThat(last.count()).isEqualTo(1);
      assertThat(last.capacity()).isEqualTo(2);
      assertThat(last.floats(0)).hasSize(4).startsWith(50, 60);
      assertThat(last.bytes(1)).hasSize(2).startsWith(3);
      assertThat(last.values(0)).startsWith(11, 12);
      assertThat(last.classes(1)).startsWith(2);
      assertThat(last.isClasses(0)).isFalse();
      assertThatThrownBy(() -> last.bytes(0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> last.values(1)).isInstanceOf(IllegalStateException.class);
      assertThat(iterator.hasNext()).isFalse();
      assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThatThrownBy(
            () -> Batches.of(examples(List.of(left, right.take(2)), List.of(numbers)), 2))
        .isInstanceOf(DataException.class)
        .hasMessage("input 1 holds 2 examples, but what comes before it 3");
  }

  private static Examples examples(List<Features> inputs, List<Targets> targets) {
    return new Examples() {
      @Override
      public int size() {
        return inputs.get(0).size();
      }

      @Override
      public List<Features> inputs() {
        return inputs;
      }

      @Override
      public List<Targets> targets() {
        return targets;
      }
    };
  }

  @Test
  void noExamplesAreRefused() {
    assertThatThrownBy(() -> Batches.of(images(0), 4))
        .isInstanceOf(DataException.class)
        .hasMessage("the data set is empty; at least one example is needed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(images(1), 0))
        .withMessage("the batch size is 0; at least 1");
  }

  /** Images that count how often they are read, and fail at one of them. */
  private record Watched(Features features, int failing, AtomicInteger reads) implements Features {
    @Override
    public int size() {
      return features.size();
    }

    @Override
    public int[] shape() {
      return features.shape();
    }

    @Override
    public ElementType type() {
      return features.type();
    }

    @Override
    public float scale() {
      return features.scale();
    }

    @Override
    public float offset() {
      return features.offset();
    }

    @Override
    public String name(int index) {
      return "file " + index + ".png";
    }

    @Override
    public void read(int index, byte[] into, int offset) {
      reads.incrementAndGet();
      if (index == failing) {
        throw new IllegalStateException("boom");
      }
      features.read(index, into, offset);
    }

    @Override
    public void read(int index, float[] into, int offset) {
      features.read(index, into, offset);
    }
  }

  private static Dataset watched(int size, int failing, AtomicInteger reads) {
    Dataset images = images(size);
    return new Dataset(new Watched(images.features(), failing, reads), images.labels());
  }

  @Test
  @Timeout(60)
  void aWorkersExceptionReachesTheConsumerAfterTheBatchesBeforeIt() {
    for (int prefetch : new int[] {0, 1, 4}) {
      Batches batches =
          Batches.of(watched(100, 42, new AtomicInteger()), 10).prefetched(prefetch, 2);
      try (BatchIterator iterator = batches.epoch(0)) {
        for (int i = 0; i < 4; i++) {
          assertThat(iterator.next().index(0)).isEqualTo(10 * i);
        }
        assertThatThrownBy(iterator::next)
            .isInstanceOf(DataException.class)
            .hasMessage("file 42.png cannot be read: java.lang.IllegalStateException: boom")
            .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(iterator.hasNext()).isFalse();
      }
    }
  }

  @Test
  @Timeout(60)
  void readingAheadIsBoundedAndStopsWhenClosed() throws InterruptedException {
    AtomicInteger reads = new AtomicInteger();
    Batches batches = Batches.of(watched(1000, -1, reads), 10).prefetched(3);
    BatchIterator iterator = batches.epoch(0);
    iterator.next();
    while (reads.get() < 40) {
      Thread.sleep(1);
    }
    Thread.sleep(50);
    // One batch handed out, three ahead.
    assertThat(reads).hasValue(40);
    iterator.close();
    assertThat(iterator.hasNext()).isFalse();
    assertThat(reads).hasValue(40);
    iterator.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("detent-batches"))
        .allMatch(Thread::isDaemon);
  }

  @Test
  void buffersAreUsedAgainOverAllEpochs() {
    Batches batches = Batches.of(images(100), 10).prefetched(3);
    Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int epoch = 0; epoch < 5; epoch++) {
      try (BatchIterator iterator = batches.epoch(epoch)) {
        while (iterator.hasNext() && buffers.add(iterator.next().bytes(0)) | epoch < 4) {
          assertThat(buffers).hasSizeLessThanOrEqualTo(4);
        }
      }
    }
    assertThat(buffers).hasSize(4);
  }

  @Test
  @Timeout(30)
  void anInterruptedConsumerIsToldSo() {
    Augmentation slow =
        (image, random) -> {
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (BatchIterator iterator = Batches.of(images(100), 10).augmented(slow).epoch(0)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(iterator::next)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
