package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How examples are walked over in batches: in which order, how changed, how far read ahead. What
 * comes out depends on the settings alone, never on threads or timing.
 *
 * <pre>{@code
 * Batches batches = Batches.of(train, 32).shuffled(seed).augmented(Augmentation.horizontalFlip());
 * for (int epoch = 0; epoch < 5; epoch++) {
 *   try (BatchIterator iterator = batches.epoch(epoch)) {
 *     while (iterator.hasNext()) {
 *       step(iterator.next());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Each setting returns a new object. The buffers belong to one object and are used again in all
 * of its epochs, so keep it over the epochs.
 */
public final class Batches implements Cloneable {
  /** Batches that are read ahead by default, where the threads do not need more of them. */
  public static final int DEFAULT_PREFETCH = 4;

  /** What decodes and augments is seldom so slow that more threads are of use. */
  private static final int MOST_THREADS = 16;

  /** Batches that are read ahead take no more than this share of the heap by default. */
  private static final int HEAP_SHARE = 8;

  private final List<Features> inputs;
  private final List<Targets> targets;
  private final @Nullable ExampleStream stream;
  private final int size;
  private final int batchSize;
  private boolean shuffle;
  private long seed;
  private @Nullable Boolean dropRemainder;
  private @Nullable Augmentation augmentation;
  private @Nullable Mixing mixing;
  private int prefetch;
  private int threads;
  private ConcurrentLinkedQueue<Buffer> pool = new ConcurrentLinkedQueue<>();

  private Batches(Examples examples, int batchSize) {
    this.inputs = List.copyOf(examples.inputs());
    this.targets = List.copyOf(examples.targets());
    this.stream = ExampleStream.of(inputs, targets);
    this.size = Examples.sizeOf(inputs, targets);
    this.batchSize = Checks.atLeast(1, batchSize, "the batch size");
    if (size == 0) {
      throw new DataException("the data set is empty; at least one example is needed");
    }
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    long room = Runtime.getRuntime().maxMemory() / HEAP_SHARE / bytes();
    // While each thread works on a batch, another one waits to be taken.
    prefetch = (int) Math.max(DEFAULT_PREFETCH, Math.min(2L * processors, room));
    threads = stream == null ? Math.min(processors, prefetch) : 1;
  }

  /** The size of one batch in memory. */
  private long bytes() {
    long perExample = 1;
    for (Features input : inputs) {
      boolean bytes = input.type() == ElementType.UINT8;
      perExample += (long) input.elements() * (bytes ? Byte.BYTES : Float.BYTES);
    }
    for (Targets target : targets) {
      int numbers = target.isClasses() ? target.classesPerExample() : target.width();
      perExample += (long) numbers * Float.BYTES;
    }
    return perExample * batchSize;
  }

  /** A copy with one setting changed. */
  private Batches with(Consumer<Batches> change) {
    try {
      Batches copy = (Batches) clone();
      copy.pool = new ConcurrentLinkedQueue<>();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Batches in the order of the examples, read ahead on as many threads as there are processors (16
   * at most), the last one as small as it comes out. So many batches are read ahead as those
   * threads need and an eighth of the heap holds, at least {@value #DEFAULT_PREFETCH}; {@link
   * #prefetched(int, int)} says otherwise.
   *
   * @param batchSize examples a batch, at least 1
   * @throws DataException if there is no example
   */
  public static Batches of(Examples examples, int batchSize) {
    return new Batches(examples, batchSize);
  }

  /**
   * Batches in a new random order each epoch. Unless {@link #dropRemainder} says otherwise, a last
   * batch that would be smaller than the others is left out: statistics over a handful of examples
   * upset batch normalization and quantization ranges, and the examples have their turn in another
   * epoch. It stays when it is the only one.
   *
   * @param newSeed what decides the orders, together with the number of the epoch
   */
  public Batches shuffled(long newSeed) {
    return with(
        batches -> {
          batches.shuffle = true;
          batches.seed = newSeed;
        });
  }

  /**
   * Leaves out, or keeps, a last batch that is smaller than the others.
   *
   * @throws DataException if that leaves no batch at all
   */
  public Batches dropRemainder(boolean drop) {
    Batches changed = with(batches -> batches.dropRemainder = drop);
    if (changed.count() == 0) {
      throw new DataException(
          "dropping the remainder leaves nothing: there are %s examples and the batch size is %s"
              .formatted(size, batchSize));
    }
    return changed;
  }

  /**
   * Changes every image at random, with the seed of {@link #shuffled}, or 0. Inputs of three
   * dimensions are images; others stay as they are, unless the augmentation {@linkplain
   * Augmentation#changes changes} them. Targets with a class for each pixel move with an image of
   * the same height and width, and so do those that {@linkplain Targets#movesWithImage() have
   * places in an image}.
   *
   * @throws IllegalArgumentException if there is no input that is changed, or if targets that have
   *     places in an image cannot be moved along
   */
  public Batches augmented(Augmentation newAugmentation) {
    Objects.requireNonNull(newAugmentation, "augmentation");
    List<Features> changed =
        inputs.stream().filter(input -> newAugmentation.changes(input.shape().length)).toList();
    Mixing newMixing = Augmentations.mixing(newAugmentation);
    if (newMixing != null) {
      newMixing.check(inputs, targets);
    } else if (changed.isEmpty()) {
      throw new IllegalArgumentException(
          "augmentation needs an input of the shape [height, width, channels]; there is "
              + inputs.stream().map(input -> Arrays.toString(input.shape())).toList());
    }
    for (Targets target : targets) {
      if (target.movesWithImage()) {
        checkPlaces(newAugmentation, changed, newMixing != null);
      } else if (target.isClasses() && target.classesPerExample() > 1) {
        checkClassMap(newAugmentation, changed, target.shape());
      }
    }
    return with(
        batches -> {
          batches.augmentation = newAugmentation;
          batches.mixing = newMixing;
        });
  }

  private static void checkPlaces(
      Augmentation augmentation, List<Features> changed, boolean isMixed) {
    if (isMixed) {
      throw new IllegalArgumentException(
          "mixup and cutmix have no place for boxes: a target has places in one image");
    }
    requireMoving(augmentation, "boxes around some of them");
    if (changed.size() != 1 || changed.get(0).shape().length != 3) {
      throw new IllegalArgumentException(
          "a target with boxes moves with one image; what is augmented is "
              + changed.stream().map(input -> Arrays.toString(input.shape())).toList());
    }
  }

  private static void requireMoving(Augmentation augmentation, String places) {
    if (!augmentation.movesClassMaps()) {
      throw new IllegalArgumentException(
          "augmentation moves pixels, but a target has "
              + places
              + ", which would stay where they are; augment the data set itself, or say with"
              + " movingClassMaps() that it moves pixels by the methods of Image alone");
    }
  }

  private static void checkClassMap(
      Augmentation augmentation, List<Features> changed, int[] classes) {
    requireMoving(augmentation, "a class for each of them");
    int[] image = changed.size() == 1 ? changed.get(0).shape() : new int[0];
    boolean isAlike =
        image.length == 3 && Arrays.equals(image, 0, 2, classes, 0, classes.length - 1);
    if (!isAlike) {
      throw new IllegalArgumentException(
          ("a target with a class for each place of %s moves with one image of that height and"
                  + " width; what is augmented is %s")
              .formatted(
                  Arrays.toString(Arrays.copyOf(classes, classes.length - 1)),
                  changed.stream().map(input -> Arrays.toString(input.shape())).toList()));
    }
  }

  /** Reads batches ahead on one thread; see {@link #prefetched(int, int)}. */
  public Batches prefetched(int ahead) {
    return prefetched(ahead, 1);
  }

  /**
   * Reads batches ahead on several threads, each of which works on a batch of its own; on one of an
   * {@link ExampleStream}, which comes in order.
   *
   * @param ahead how many, at least 0; with 0 each is read when it is asked for
   * @param newThreads how many threads, at least 1; more than {@code ahead} have nothing to do
   */
  public Batches prefetched(int ahead, int newThreads) {
    Checks.atLeast(0, ahead, "the number of batches to read ahead");
    Checks.atLeast(1, newThreads, "the number of threads");
    return with(
        batches -> {
          batches.prefetch = ahead;
          batches.threads = stream == null ? newThreads : 1;
        });
  }

  /** The number of batches of an epoch, at least 1. */
  public int count() {
    boolean drop = dropRemainder != null ? dropRemainder : shuffle && size >= batchSize;
    return drop ? size / batchSize : (int) (((long) size + batchSize - 1) / batchSize);
  }

  /** The number of examples of an epoch, without those that are left out. */
  public int exampleCount() {
    return (int) Math.min(size, (long) count() * batchSize);
  }

  /** Examples a batch. */
  public int batchSize() {
    return batchSize;
  }

  int prefetch() {
    return prefetch;
  }

  int threads() {
    return threads;
  }

  /** Starts an epoch, whose number decides order and augmentation. */
  public BatchIterator epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /**
   * Starts in the middle of an epoch, as a run does that was interrupted there. The batches are
   * those that the whole epoch has from there on.
   *
   * @param epoch its number, which decides order and augmentation
   * @param firstBatch where to start, 0 to {@link #count()}
   */
  public BatchIterator epoch(int epoch, int firstBatch) {
    if (firstBatch < 0 || firstBatch > count()) {
      throw new IllegalArgumentException("the first batch is " + firstBatch + "; 0 to " + count());
    }
    return new BatchIterator(this, epoch, firstBatch);
  }

  /** The examples in the order of an epoch. */
  interface Order {
    /** Reads the next examples, the first of which has that place in the epoch. */
    void fill(Batch batch, int from, int count);
  }

  Order order(int epoch, int firstBatch) {
    if (stream == null) {
      int[] order = shuffle ? Shuffle.permutation(size, seed, epoch) : Checks.firstIndices(size);
      return (batch, from, count) -> batch.fill(order, from, count);
    }
    ExampleStream.Walk walk = stream.walk(inputs, size, shuffle ? seed : null, epoch);
    for (int i = 0; i < firstBatch; i++) {
      walk.next(batchSize);
    }
    return (batch, from, count) -> batch.fill(walk.next(count), from);
  }

  Buffer acquire() {
    Buffer buffer = pool.poll();
    return buffer != null
        ? buffer
        : new Buffer(new Batch(inputs, targets, batchSize), new Image(), new SeededRandom());
  }

  void release(Buffer buffer) {
    pool.add(buffer);
  }

  Buffer fill(Buffer buffer, Order order, int epoch, int number) {
    int from = number * batchSize;
    Batch batch = buffer.batch;
    order.fill(batch, from, Math.min(batchSize, size - from));
    if (augmentation != null) {
      for (int input = 0; input < inputs.size(); input++) {
        int[] shape = inputs.get(input).shape();
        if (augmentation.changes(shape.length)) {
          batch.augment(augmentation, input, shape, buffer.image, buffer.random, seed, epoch);
        }
      }
    }
    if (mixing != null) {
      mixing.mix(batch, buffer.random.seed(seed, epoch, batch.index(0)));
    }
    return buffer;
  }

  /** A batch with what a worker needs to fill it. */
  record Buffer(Batch batch, Image image, SeededRandom random) {}
}
