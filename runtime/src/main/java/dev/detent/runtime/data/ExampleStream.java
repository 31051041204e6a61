package dev.detent.runtime.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Examples that come one after the other and are not kept: from a generator, a database, a queue,
 * files larger than memory. Nobody needs to know how many there are; how many make an epoch is said
 * instead.
 *
 * <pre>{@code
 * // A shard at a time is in memory; a new walk begins with each epoch.
 * Dataset train =
 *     ExampleStream.of(() -> shards.stream().map(Shards::read).iterator(), 100_000, 5_000);
 * model.fit(train, epochs(3).validation(test));
 *
 * // A generator without an end: each epoch goes on where the one before ended.
 * Iterator<Dataset> endless = Stream.generate(simulation::next).iterator();
 * Dataset simulated = ExampleStream.of(() -> endless, 10_000, 0);
 * }</pre>
 *
 * <p>What comes out is of the same kind as the pieces, and training, evaluation, calibration and
 * verification take it. Each of them walks over it, an epoch at a time, on one thread. What needs
 * to go back to an example is refused with a {@link DataException}: checkpoints (which tell data by
 * their {@link Examples#fingerprint}), parts and samples. {@link #collect} keeps some in memory.
 */
public final class ExampleStream {
  private final Supplier<? extends Iterator<? extends Examples>> source;
  private final int buffer;
  private final Examples first;
  private Cursor last;

  /** Examples as the source gives them. */
  record Piece(List<Features> inputs, List<Targets> targets) {
    /** One of them. */
    record One(Piece of, int index) {}
  }

  private ExampleStream(
      Supplier<? extends Iterator<? extends Examples>> source,
      int buffer,
      Iterator<? extends Examples> pieces) {
    this.source = source;
    this.buffer = buffer;
    this.first = pieces.next();
    this.last = new Cursor(pieces, first, 0);
  }

  /**
   * Examples of a source.
   *
   * @param source is asked at the beginning of each epoch for pieces of one or more examples, and
   *     again where an epoch needs more than they hold. If it gives the same iterator each time,
   *     every walk goes on where the one before ended. It is asked once here, for a first piece,
   *     which says shapes and names of classes
   * @param perEpoch how many examples make an epoch, at least 1
   * @param buffer where training shuffles, among how many examples that are held for it the next
   *     one is drawn, at least 0: with 0 or 1 they keep their order. The pieces of these examples
   *     stay in memory
   * @return examples of {@code perEpoch}, to be read by walking over them alone
   * @throws DataException if the source gives nothing
   */
  public static <D extends ExampleSet<D>> D of(
      Supplier<? extends Iterator<? extends D>> source, int perEpoch, int buffer) {
    Checks.atLeast(1, perEpoch, "the number of examples an epoch");
    Checks.atLeast(0, buffer, "the number of examples to shuffle among");
    Iterator<? extends D> pieces = Objects.requireNonNull(source, "source").get();
    if (!pieces.hasNext()) {
      throw new DataException("the source of the stream gives no examples");
    }
    ExampleStream stream = new ExampleStream(source, buffer, pieces);
    @SuppressWarnings("unchecked") // the source gives nothing else
    D like = (D) stream.first;
    return like.with(stream.inputs(perEpoch), stream.targets(perEpoch));
  }

  private List<Features> inputs(int size) {
    List<Features> inputs = new ArrayList<>();
    for (int i = 0; i < first.inputs().size(); i++) {
      Features like = first.inputs().get(i);
      inputs.add(new StreamFeatures(this, i, size, like, like.scale(), like.offset()));
    }
    return inputs;
  }

  private List<Targets> targets(int size) {
    List<Targets> targets = new ArrayList<>();
    for (int i = 0; i < first.targets().size(); i++) {
      targets.add(new StreamTargets(this, i, size, first.targets().get(i)));
    }
    return targets;
  }

  /**
   * The stream that examples come from; null if they are no stream.
   *
   * @throws DataException if some of their inputs or targets are, and others are not
   */
  static @Nullable ExampleStream of(List<Features> inputs, List<Targets> targets) {
    ExampleStream stream = null;
    boolean isMixed = false;
    for (Features input : inputs) {
      if (input instanceof StreamFeatures of) {
        isMixed |= stream != null && stream != of.stream();
        stream = of.stream();
      }
    }
    for (Targets target : targets) {
      if (target instanceof StreamTargets of) {
        isMixed |= stream != null && stream != of.stream();
        stream = of.stream();
      }
    }
    if (stream == null) {
      return null;
    }
    for (int i = 0; i < inputs.size(); i++) {
      isMixed |= !(inputs.get(i) instanceof StreamFeatures of) || of.number() != i;
    }
    for (int i = 0; i < targets.size(); i++) {
      isMixed |= !(targets.get(i) instanceof StreamTargets of) || of.number() != i;
    }
    isMixed |= inputs.size() != stream.first.inputs().size();
    isMixed |= targets.size() != stream.first.targets().size();
    if (isMixed) {
      throw new DataException(
          "the inputs and targets of a stream go together as they come; change the pieces that its"
              + " source gives, for example by map, instead of the stream");
    }
    return stream;
  }

  /** Whether examples are a stream, which has no first and last one to choose from. */
  public static boolean isStream(Examples examples) {
    return of(examples.inputs(), examples.targets()) != null;
  }

  /**
   * A stream that ends its epochs after fewer examples.
   *
   * @param examples a stream
   * @param count at least 1
   * @return the inputs and targets of a walk over the first so many
   */
  public static Examples shortened(Examples examples, int count) {
    record Shorter(int size, List<Features> inputs, List<Targets> targets) implements Examples {}
    return new Shorter(
        count,
        examples.inputs().stream().<Features>map(x -> ((StreamFeatures) x).sized(count)).toList(),
        examples.targets().stream().<Targets>map(x -> ((StreamTargets) x).sized(count)).toList());
  }

  /**
   * Reads examples of a stream into memory, where they are data as all others.
   *
   * @param stream from which a new walk begins
   * @param count how many, at least 1
   * @throws DataException if the source ends before, or they do not fit into memory
   * @throws IllegalArgumentException if targets {@linkplain Targets#movesWithImage() move with an
   *     image}, which the numbers kept of them do not
   */
  public static <D extends ExampleSet<D>> D collect(D stream, int count) {
    Checks.atLeast(1, count, "the number of examples");
    if (stream.targets().stream().anyMatch(Targets::movesWithImage)) {
      throw new IllegalArgumentException(
          "numbers kept of a target with boxes would not move with its image; collect the images"
              + " and their objects, and make targets of them");
    }
    List<Features> inputs = new ArrayList<>();
    List<Targets> targets = new ArrayList<>();
    Batches batches = Batches.of(shortened(stream, count), 1).prefetched(0);
    List<Object[]> elements = stream.inputs().stream().map(x -> new Object[count]).toList();
    List<Object[]> answers = stream.targets().stream().map(x -> new Object[count]).toList();
    try (BatchIterator iterator = batches.epoch(0)) {
      for (int i = 0; i < count; i++) {
        Batch batch = iterator.next();
        for (int f = 0; f < elements.size(); f++) {
          boolean isBytes = batch.features(f).type() == ElementType.UINT8;
          elements.get(f)[i] = isBytes ? batch.bytes(f).clone() : batch.floats(f).clone();
        }
        for (int t = 0; t < answers.size(); t++) {
          boolean isClasses = batch.isClasses(t);
          answers.get(t)[i] = isClasses ? batch.classes(t).clone() : batch.values(t).clone();
        }
      }
    }
    for (int f = 0; f < elements.size(); f++) {
      inputs.add(collected(stream.inputs().get(f), elements.get(f)));
    }
    for (int t = 0; t < answers.size(); t++) {
      targets.add(collected(stream.targets().get(t), answers.get(t)));
    }
    return stream.with(inputs, targets);
  }

  private static Features collected(Features like, Object[] elements) {
    int count = elements.length;
    return like.type() == ElementType.UINT8
        ? Features.bytes(Arrays.copyOf(elements, count, byte[][].class), like.shape())
            .scaled(like.scale(), like.offset())
        : Features.of(Arrays.copyOf(elements, count, float[][].class), like.shape());
  }

  private static Targets collected(Targets like, Object[] answers) {
    int count = answers.length;
    int[] shape = like.shape();
    if (!like.isClasses()) {
      return Targets.values(Arrays.copyOf(answers, count, float[][].class), shape);
    }
    int[][] classes = Arrays.copyOf(answers, count, int[][].class);
    if (like.classesPerExample() == 1) {
      return Targets.classes(
          Arrays.stream(classes).mapToInt(of -> of[0]).toArray(), like.classNames());
    }
    byte[][] maps = new byte[count][like.classesPerExample()];
    for (int i = 0; i < count; i++) {
      for (int place = 0; place < maps[i].length; place++) {
        maps[i][place] = (byte) classes[i][place];
      }
    }
    return Targets.classMaps(maps, like.classNames(), Arrays.copyOf(shape, shape.length - 1));
  }

  /**
   * Walks over one epoch.
   *
   * @param inputs as they are to be scaled
   * @param size examples of the epoch
   * @param seed what decides the order; null to keep it
   */
  Walk walk(List<Features> inputs, int size, @Nullable Long seed, int epoch) {
    return new Walk(inputs, size, seed == null ? 1 : buffer, seed == null ? 0 : seed, epoch);
  }

  /** Where a walk is in an iterator of the source; another walk over the same one goes on there. */
  private static final class Cursor {
    private final Iterator<? extends Examples> pieces;
    private Examples piece;
    private int next;

    Cursor(Iterator<? extends Examples> pieces, Examples piece, int next) {
      this.pieces = pieces;
      this.piece = piece;
      this.next = next;
    }
  }

  /** The examples of one epoch, in their order; used by one thread at a time. */
  final class Walk {
    private final List<Features> like;
    private final int size;
    private final int epoch;
    private final List<Piece.One> held = new ArrayList<>();
    private final int mostHeld;
    private final SeededRandom random = new SeededRandom();
    private Cursor cursor;
    private @Nullable Examples scaledOf;
    private Piece scaled = new Piece(List.of(), List.of());
    private int read;

    private Walk(List<Features> like, int size, int buffer, long seed, int epoch) {
      this.like = like;
      this.size = size;
      this.epoch = epoch;
      this.mostHeld = Math.max(1, buffer);
      random.seed(seed, epoch);
      cursor = open();
    }

    /** The next examples; no more are asked of the source than the epoch has. */
    List<Piece.One> next(int count) {
      synchronized (ExampleStream.this) {
        List<Piece.One> examples = new ArrayList<>(count);
        while (examples.size() < count) {
          while (held.size() < mostHeld && read < size) {
            held.add(read());
          }
          int drawn = held.size() > 1 ? random.nextInt(held.size()) : 0;
          Piece.One last = held.remove(held.size() - 1);
          examples.add(drawn < held.size() ? held.set(drawn, last) : last);
        }
        return examples;
      }
    }

    private Piece.One read() {
      boolean isAskedAgain = false;
      while (cursor.next >= cursor.piece.size()) {
        if (cursor.pieces.hasNext()) {
          cursor.piece = check(cursor.pieces.next());
          cursor.next = 0;
        } else if (isAskedAgain) {
          throw new DataException(
              "the source of the stream has ended after %s of the %s examples of epoch %s"
                  .formatted(read, size, epoch + 1));
        } else {
          cursor = open();
          isAskedAgain = true;
        }
      }
      if (scaledOf != cursor.piece) {
        scaledOf = cursor.piece;
        scaled = scaled(cursor.piece);
      }
      read++;
      return new Piece.One(scaled, cursor.next++);
    }

    private Piece scaled(Examples piece) {
      List<Features> inputs = new ArrayList<>();
      for (int i = 0; i < like.size(); i++) {
        Features of = piece.inputs().get(i);
        Features wanted = like.get(i);
        boolean isScaled = of.scale() == wanted.scale() && of.offset() == wanted.offset();
        inputs.add(isScaled ? of : of.scaled(wanted.scale(), wanted.offset()));
      }
      return new Piece(inputs, piece.targets());
    }
  }

  /** Asks the source; an iterator that it has given before goes on where it was. */
  private synchronized Cursor open() {
    Iterator<? extends Examples> pieces = source.get();
    if (last.pieces != pieces) {
      last = new Cursor(pieces, first, first.size());
    }
    return last;
  }

  private Examples check(Examples next) {
    String problem = null;
    for (int i = 0; i < first.inputs().size(); i++) {
      Features was = first.inputs().get(i);
      Features is = next.inputs().get(i);
      boolean isAlike =
          Arrays.equals(was.shape(), is.shape())
              && was.type() == is.type()
              && was.scale() == is.scale()
              && was.offset() == is.offset();
      problem = isAlike ? problem : "input " + i + " is " + is + " after " + was;
    }
    for (int i = 0; i < first.targets().size(); i++) {
      Targets was = first.targets().get(i);
      Targets is = next.targets().get(i);
      boolean isAlike =
          Arrays.equals(was.shape(), is.shape())
              && was.isClasses() == is.isClasses()
              && (!was.isClasses() || was.classNames().equals(is.classNames()));
      problem = isAlike ? problem : "target " + i + " is " + is + " after " + was;
    }
    if (problem != null) {
      throw new DataException(
          "a piece of the stream is unlike the first one: "
              + problem
              + "; all need one shape, type and scale, and the same names of classes");
    }
    return next;
  }

  static DataException goneBack(String what) {
    return new DataException(
        "a stream has no "
            + what
            + ": its examples come one after the other and are not kept; ExampleStream.collect"
            + " takes some into memory");
  }
}
