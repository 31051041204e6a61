package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExampleStreamTest {
  private static final List<String> NAMES = List.of("even", "odd");

  /** Examples from one number to another, which say their number. */
  private static Dataset piece(int from, int to) {
    byte[] values = new byte[to - from];
    int[] classes = new int[to - from];
    for (int i = from; i < to; i++) {
      values[i - from] = (byte) i;
      classes[i - from] = i % 2;
    }
    return new Dataset(Features.bytes(values, 1), Targets.classes(classes, NAMES));
  }

  /** Numbers below a limit, in pieces of so many. */
  private static Iterator<Dataset> pieces(int limit, int each) {
    return IntStream.iterate(0, i -> i < limit, i -> i + each)
        .mapToObj(i -> piece(i, Math.min(limit, i + each)))
        .iterator();
  }

  private static List<Integer> walk(Batches batches, int epoch) {
    List<Integer> numbers = new ArrayList<>();
    try (BatchIterator iterator = batches.epoch(epoch)) {
      while (iterator.hasNext()) {
        Batch batch = iterator.next();
        for (int i = 0; i < batch.count(); i++) {
          int number = batch.bytes(0)[i];
          assertThat(batch.classes(0)[i]).isEqualTo(number % 2);
          numbers.add(number);
        }
      }
    }
    return numbers;
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void eachEpochIsAWalkFromTheBeginning() {
    Dataset stream = ExampleStream.of(() -> pieces(20, 7), 20, 0);
    assertThat(stream.size()).isEqualTo(20);
    assertThat(stream.labels().classNames()).isEqualTo(NAMES);
    Batches batches = Batches.of(stream, 6);
    assertThat(batches.threads()).isEqualTo(1);
    assertThat(batches.count()).isEqualTo(4);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(walk(batches, epoch)).isEqualTo(numbers(0, 20));
      assertThat(walk(batches.prefetched(0), epoch)).isEqualTo(numbers(0, 20));
      assertThat(walk(batches.prefetched(4, 4), epoch)).isEqualTo(numbers(0, 20));
    }
    try (BatchIterator iterator = batches.epoch(0, 3)) {
      assertThat(iterator.next().bytes(0)).startsWith((byte) 18, (byte) 19);
    }
  }

  @Test
  void anEpochMayHaveFewerOrMoreThanTheSource() {
    assertThat(walk(Batches.of(ExampleStream.of(() -> pieces(20, 7), 9, 0), 5), 0))
        .isEqualTo(numbers(0, 9));
    List<Integer> twice = new ArrayList<>(numbers(0, 20));
    twice.addAll(numbers(0, 10));
    assertThat(walk(Batches.of(ExampleStream.of(() -> pieces(20, 7), 30, 0), 5), 0))
        .isEqualTo(twice);
  }

  @Test
  void oneIteratorGoesOnFromEpochToEpochWithoutLosingAnExample() {
    Iterator<Dataset> endless = pieces(100, 7);
    Dataset stream = ExampleStream.of(() -> endless, 10, 0);
    Batches batches = Batches.of(stream, 4);
    assertThat(walk(batches, 0)).isEqualTo(numbers(0, 10));
    assertThat(walk(batches, 1)).isEqualTo(numbers(10, 20));
    assertThat(walk(batches.prefetched(0), 2)).isEqualTo(numbers(20, 30));
  }

  @Test
  void trainingShufflesWithinItsBuffer() {
    Dataset stream = ExampleStream.of(() -> pieces(100, 7), 100, 10);
    Batches batches = Batches.of(stream, 20).shuffled(5);
    List<Integer> first = walk(batches, 0);
    assertThat(first).containsExactlyInAnyOrderElementsOf(numbers(0, 100));
    assertThat(first).isNotEqualTo(numbers(0, 100));
    // The example at a place is one of those that have been read by then.
    for (int i = 0; i < 100; i++) {
      assertThat(first.get(i)).isLessThan(i + 10);
    }
    assertThat(walk(batches, 0)).isEqualTo(first);
    assertThat(walk(batches, 1)).isNotEqualTo(first);
    assertThat(walk(Batches.of(stream, 20), 0)).isEqualTo(numbers(0, 100));
  }

  @Test
  void noMoreIsReadThanTheBufferAndWhatIsReadAheadNeed() {
    AtomicInteger given = new AtomicInteger();
    Dataset stream =
        ExampleStream.of(
            () -> Stream.generate(() -> piece(given.get(), given.incrementAndGet())).iterator(),
            10_000,
            50);
    given.set(0);
    try (BatchIterator iterator = Batches.of(stream, 10).shuffled(1).prefetched(0).epoch(0)) {
      iterator.next();
    }
    assertThat(given.get()).isLessThan(60);
  }

  @Test
  void scalesOfTheStreamAreThoseOfItsExamples() {
    Dataset stream = ExampleStream.of(() -> pieces(10, 3), 10, 0).scaled(0.5f);
    try (BatchIterator iterator = Batches.of(stream, 4).epoch(0)) {
      assertThat(iterator.next().features(0).scale()).isEqualTo(0.5f);
    }
    Dataset floats =
        new Dataset(Features.of(new float[] {1, 2}, 1), Targets.values(new float[] {3, 4}));
    Dataset twice = ExampleStream.of(() -> List.of(floats).iterator(), 2, 0).scaled(2);
    try (BatchIterator iterator = Batches.of(twice, 2).epoch(0)) {
      Batch batch = iterator.next();
      assertThat(batch.floats(0)).containsExactly(2, 4);
      assertThat(batch.values(0)).containsExactly(3, 4);
    }
  }

  @Test
  void someAreCollectedIntoMemory() {
    Dataset collected =
        ExampleStream.collect(ExampleStream.of(() -> pieces(20, 7), 5, 0).scaled(0.5f), 12);
    assertThat(walk(Batches.of(collected, 6).prefetched(4, 2), 0)).isEqualTo(numbers(0, 12));
    assertThat(collected.features().scale()).isEqualTo(0.5f);
    assertThat(collected.labels().classNames()).isEqualTo(NAMES);
    assertThat(collected.take(3).fingerprint()).isEqualTo(piece(0, 3).scaled(0.5f).fingerprint());
  }

  @Test
  void whatNeedsToGoBackIsRefused() {
    Dataset stream = ExampleStream.of(() -> pieces(20, 7), 20, 0);
    assertThatThrownBy(stream::fingerprint)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a stream has no fingerprint, which checkpoints need");
    assertThatThrownBy(() -> stream.take(3)).hasMessageContaining("a stream has no parts");
    assertThatThrownBy(() -> stream.split(0.5, 1)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> stream.features().read(3, new byte[1], 0))
        .hasMessageContaining("no example 3 to go back to");
    Dataset mapped = stream.mapTarget(0, Targets::oneHot);
    assertThatThrownBy(() -> Batches.of(mapped, 3))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("change the pieces that its source gives");
    Dataset other = ExampleStream.of(() -> pieces(20, 7), 20, 0);
    assertThatThrownBy(() -> Batches.of(new Dataset(stream.features(), other.labels()), 3))
        .isInstanceOf(DataException.class);
  }

  @Test
  void aSourceThatEndsOrChangesIsSaid() {
    Iterator<Dataset> once = pieces(25, 7);
    Batches batches = Batches.of(ExampleStream.of(() -> once, 20, 0), 5);
    assertThat(walk(batches, 0)).hasSize(20);
    assertThatThrownBy(() -> walk(batches, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("the source of the stream has ended after 5 of the 20 examples of epoch 2");
    assertThatThrownBy(() -> ExampleStream.of(() -> pieces(0, 1), 20, 0))
        .hasMessage("the source of the stream gives no examples");
    Dataset wide = new Dataset(Features.bytes(new byte[2], 2), piece(0, 1).labels());
    Dataset changing = ExampleStream.of(() -> List.of(piece(0, 2), wide).iterator(), 3, 0);
    assertThatThrownBy(() -> walk(Batches.of(changing, 3), 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("input 0 is 1 x [2] uint8 after 2 x [1] uint8");
  }
}
