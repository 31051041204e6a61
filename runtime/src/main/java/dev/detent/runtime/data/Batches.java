package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;

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
public final class Batches {
  /** The default of {@link #prefetched(int)}: batches that are read ahead. */
  public static final int DEFAULT_PREFETCH = 4;

  private final Examples examples;
  private final List<Features> inputs;
  private final List<Targets> targets;
  private final int size;
  private final int batchSize;
  private final boolean shuffle;
  private final long seed;
  private final Boolean dropRemainder;
  private final Augmentation augmentation;
  private final int prefetch;
  private final int threads;
  private final ConcurrentLinkedQueue<Buffer> pool = new ConcurrentLinkedQueue<>();

  private Batches(Settings settings) {
    this.examples = settings.examples;
    this.inputs = List.copyOf(examples.inputs());
    this.targets = List.copyOf(examples.targets());
    this.size = Examples.sizeOf(inputs, targets);
    this.batchSize = Checks.atLeast(1, settings.batchSize, "the batch size");
    this.shuffle = settings.shuffle;
    this.seed = settings.seed;
    this.dropRemainder = settings.dropRemainder;
    this.augmentation = settings.augmentation;
    this.prefetch = Checks.atLeast(0, settings.prefetch, "the number of batches to read ahead");
    this.threads = Checks.atLeast(1, settings.threads, "the number of threads");
    if (size == 0) {
      throw new DataException("the data set is empty; at least one example is needed");
    }
    if (augmentation != null && inputs.stream().noneMatch(input -> input.shape().length == 3)) {
      throw new IllegalArgumentException(
          "augmentation needs an input of the shape [height, width, channels]; there is "
              + inputs.stream().map(input -> Arrays.toString(input.shape())).toList());
    }
    if (augmentation != null && targets.stream().anyMatch(Batches::isMap)) {
      throw new IllegalArgumentException(
          "augmentation moves pixels, but a target has a class for each of them, which would stay"
              + " where they are; augment the data set itself");
    }
    if (count() == 0) {
      throw new DataException(
          "dropping the remainder leaves nothing: there are "
              + size
              + " examples and the batch size is "
              + batchSize);
    }
  }

  private static boolean isMap(Targets target) {
    return target.isClasses() && target.classesPerExample() > 1;
  }

  /** The settings, to be copied with one of them changed. */
  private static final class Settings {
    private final Examples examples;
    private final int batchSize;
    private boolean shuffle;
    private long seed;
    private Boolean dropRemainder;
    private Augmentation augmentation;
    private int prefetch = DEFAULT_PREFETCH;
    private int threads = 1;

    Settings(Examples examples, int batchSize) {
      this.examples = examples;
      this.batchSize = batchSize;
    }
  }

  private Settings settings() {
    Settings settings = new Settings(examples, batchSize);
    settings.shuffle = shuffle;
    settings.seed = seed;
    settings.dropRemainder = dropRemainder;
    settings.augmentation = augmentation;
    settings.prefetch = prefetch;
    settings.threads = threads;
    return settings;
  }

  /**
   * Batches in the order of the examples, {@value #DEFAULT_PREFETCH} of them read ahead on one
   * thread, the last one as small as it comes out.
   *
   * @param examples the examples
   * @param batchSize examples a batch, at least 1
   * @return the batches
   * @throws DataException if there is no example
   */
  public static Batches of(Examples examples, int batchSize) {
    return new Batches(new Settings(Objects.requireNonNull(examples, "examples"), batchSize));
  }

  /**
   * Batches in a new random order each epoch. Unless {@link #dropRemainder} says otherwise, a last
   * batch that would be smaller than the others is left out: statistics over a handful of examples
   * upset batch normalization and quantization ranges, and the examples have their turn in another
   * epoch. It stays when it is the only one.
   *
   * @param newSeed what decides the orders, together with the number of the epoch
   * @return these batches, shuffled
   */
  public Batches shuffled(long newSeed) {
    Settings settings = settings();
    settings.shuffle = true;
    settings.seed = newSeed;
    return new Batches(settings);
  }

  /**
   * Leaves out, or keeps, a last batch that is smaller than the others.
   *
   * @param drop whether it is left out
   * @return these batches with or without it
   * @throws DataException if that leaves no batch at all
   */
  public Batches dropRemainder(boolean drop) {
    Settings settings = settings();
    settings.dropRemainder = drop;
    return new Batches(settings);
  }

  /**
   * Changes every image at random, with the seed of {@link #shuffled}, or 0. Inputs of three
   * dimensions are images; others stay as they are.
   *
   * @param newAugmentation the change
   * @return these batches, augmented
   * @throws IllegalArgumentException if there is no input of three dimensions
   */
  public Batches augmented(Augmentation newAugmentation) {
    Settings settings = settings();
    settings.augmentation = Objects.requireNonNull(newAugmentation, "augmentation");
    return new Batches(settings);
  }

  /**
   * Reads batches ahead on one thread.
   *
   * @param ahead how many, at least 0; with 0 each is read when it is asked for
   * @return these batches, read ahead
   */
  public Batches prefetched(int ahead) {
    return prefetched(ahead, 1);
  }

  /**
   * Reads batches ahead on several threads, each of which works on a batch of its own.
   *
   * @param ahead how many, at least 0; with 0 each is read when it is asked for
   * @param newThreads how many threads, at least 1; more than {@code ahead} have nothing to do
   * @return these batches, read ahead
   */
  public Batches prefetched(int ahead, int newThreads) {
    Settings settings = settings();
    settings.prefetch = ahead;
    settings.threads = newThreads;
    return new Batches(settings);
  }

  /**
   * Returns the number of batches of an epoch.
   *
   * @return at least 1
   */
  public int count() {
    boolean drop = dropRemainder != null ? dropRemainder : shuffle && size >= batchSize;
    return drop ? size / batchSize : (int) (((long) size + batchSize - 1) / batchSize);
  }

  /**
   * Returns the number of examples of an epoch.
   *
   * @return the number of examples, without those that are left out
   */
  public int exampleCount() {
    return (int) Math.min(size, (long) count() * batchSize);
  }

  /**
   * Returns the batch size.
   *
   * @return examples a batch
   */
  public int batchSize() {
    return batchSize;
  }

  int prefetch() {
    return prefetch;
  }

  int threads() {
    return threads;
  }

  /**
   * Starts an epoch.
   *
   * @param epoch its number, which decides order and augmentation
   * @return its batches
   */
  public BatchIterator epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /**
   * Starts in the middle of an epoch, as a run does that was interrupted there. The batches are
   * those that the whole epoch has from there on.
   *
   * @param epoch its number, which decides order and augmentation
   * @param firstBatch where to start, 0 to {@link #count()}
   * @return the rest of its batches
   */
  public BatchIterator epoch(int epoch, int firstBatch) {
    if (firstBatch < 0 || firstBatch > count()) {
      throw new IllegalArgumentException("the first batch is " + firstBatch + "; 0 to " + count());
    }
    return new BatchIterator(this, epoch, firstBatch);
  }

  /** The examples in the order of an epoch. */
  int[] order(int epoch) {
    return shuffle ? Shuffle.permutation(size, seed, epoch) : Checks.firstIndices(size);
  }

  Buffer acquire() {
    Buffer buffer = pool.poll();
    return buffer != null ? buffer : new Buffer(new Batch(inputs, targets, batchSize));
  }

  void release(Buffer buffer) {
    pool.add(buffer);
  }

  Buffer fill(Buffer buffer, int[] order, int epoch, int number) {
    int from = number * batchSize;
    Batch batch = buffer.batch;
    batch.fill(order, from, Math.min(batchSize, size - from));
    if (augmentation != null) {
      for (int input = 0; input < inputs.size(); input++) {
        int[] shape = inputs.get(input).shape();
        if (shape.length == 3) {
          batch.augment(augmentation, input, shape, buffer.image, buffer.random, seed, epoch);
        }
      }
    }
    return buffer;
  }

  /** A batch with what a worker needs to fill it. */
  static final class Buffer {
    private final Batch batch;
    private final Image image = new Image();
    private final SeededRandom random = new SeededRandom();

    Buffer(Batch batch) {
      this.batch = batch;
    }

    Batch batch() {
      return batch;
    }
  }
}
