package dev.detent.runtime.verify;

import dev.detent.runtime.internal.tflite.ExportedModels;
import dev.detent.runtime.internal.tflite.Shortened;
import dev.detent.runtime.internal.tflite.check.Structure;
import dev.detent.runtime.internal.tflite.interpreter.NativeModel;
import dev.detent.runtime.internal.tflite.read.ModelBytes;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A model in the real TensorFlow Lite.
 *
 * <p>Every file is verified before it runs. {@link #close} frees the native memory; after it, what
 * needs that memory throws {@link IllegalStateException}, while {@link #kernels}, {@link #info},
 * {@link #inputs} and {@link #outputs} still answer.
 *
 * <p>Calls of several threads wait for one another, {@link #close} too. A {@code run} is one call.
 * {@code setInput}, {@code invoke} and the reading of outputs are several: threads that share an
 * interpreter put them in one {@code synchronized (interpreter)} block, or each would run on the
 * other's inputs.
 *
 * <p>A file that this process has exported runs in it. Any other one, whose numbers can make
 * TensorFlow Lite crash or hang, runs in a Java process of its own, which is started with this
 * one's Java and libraries, and ends with it: there a crash, or no answer within {@link
 * #DEFAULT_TIMEOUT_SECONDS} seconds, is a {@link TfliteException} that names the file. Processes
 * whose files ran well serve further files, one at a time, and are ended half a minute later.
 */
public final class TfliteInterpreter implements AutoCloseable {
  /** The number of threads, if none is given. */
  public static final int DEFAULT_THREADS = 1;

  /**
   * The system property of the time that a file of other origin has to be opened, and for each run:
   * {@value}, in seconds.
   */
  public static final String TIMEOUT_PROPERTY = NativeModel.TIMEOUT_PROPERTY;

  /** How long that is, if the property is not set: {@value}. */
  public static final int DEFAULT_TIMEOUT_SECONDS = NativeModel.DEFAULT_TIMEOUT_SECONDS;

  private final String source;
  private final Kernels kernels;
  private final TfliteModelInfo info;
  private final NativeModel nativeModel;
  private final List<TensorInfo> inputs;
  private final List<TensorInfo> outputs;
  private List<BorderValues> inputValues = List.of();
  private List<BorderValues> outputValues = List.of();
  private boolean isResized;
  private boolean isClosed;

  private TfliteInterpreter(
      byte[] model, String source, boolean isOwn, Kernels kernels, int threads) {
    this.source = source;
    this.kernels = kernels;
    info = Structure.sound(model, source);
    nativeModel = NativeModel.open(model, source, info, isOwn, kernels, threads);
    try {
      inputs = info.inputs().stream().map(info.tensors()::get).toList();
      outputs = info.outputs().stream().map(info.tensors()::get).toList();
      refreshInputs();
      refreshOutputs();
      inputValues.forEach(this::requireStated);
      if (!nativeModel.hasDynamicTensors()) {
        outputValues.forEach(this::requireStated);
      }
    } catch (RuntimeException e) {
      nativeModel.close();
      throw e;
    }
  }

  /** The version of the TensorFlow Lite that runs: {@code 2.20.0}. */
  public static String libraryVersion() {
    return NativeModel.libraryVersion();
  }

  /** Loads a file for {@link #DEFAULT_THREADS} threads. */
  public static TfliteInterpreter open(Path file, Kernels kernels) {
    return open(file, kernels, DEFAULT_THREADS);
  }

  /**
   * Loads a file.
   *
   * @param threads at least 1
   * @throws TfliteException if the file cannot be read, is not a valid TFLite file, has an
   *     operation that the kernels refuse (TFLite's own words are in the message), or is not this
   *     process's own and crashes TFLite, hangs, or finds no process to run in
   */
  public static TfliteInterpreter open(Path file, Kernels kernels, int threads) {
    return open(ModelBytes.read(file), file.toString(), kernels, threads);
  }

  /** Loads the bytes of a file for {@link #DEFAULT_THREADS} threads. */
  public static TfliteInterpreter open(byte[] model, Kernels kernels) {
    return open(model, kernels, DEFAULT_THREADS);
  }

  /**
   * Loads the bytes of a file.
   *
   * @param threads at least 1
   * @throws TfliteException as {@link #open(Path, Kernels, int)}
   */
  public static TfliteInterpreter open(byte[] model, Kernels kernels, int threads) {
    return open(model, TfliteFile.THE_MODEL, kernels, threads);
  }

  private static TfliteInterpreter open(byte[] model, String source, Kernels kernels, int threads) {
    return new TfliteInterpreter(model, source, ExportedModels.contains(model), kernels, threads);
  }

  /**
   * Loads a model so that every activation can be seen: the outputs are first the model's own, then
   * those of all operations in their order, each tensor once.
   *
   * @throws TfliteException as {@link #open(Path, Kernels, int)}
   */
  public static TfliteInterpreter openWithAllTensors(byte[] model, Kernels kernels) {
    return openWithAllTensors(model, TfliteFile.THE_MODEL, kernels);
  }

  /** Loads a file so that every activation can be seen. */
  public static TfliteInterpreter openWithAllTensors(Path file, Kernels kernels) {
    return openWithAllTensors(ModelBytes.read(file), file.toString(), kernels);
  }

  private static TfliteInterpreter openWithAllTensors(
      byte[] model, String source, Kernels kernels) {
    TfliteModelInfo info = Structure.sound(model, source);
    Set<Integer> all = new LinkedHashSet<>(info.outputs());
    info.operations().forEach(operation -> all.addAll(operation.outputs()));
    int[] outputs = all.stream().mapToInt(Integer::intValue).toArray();
    return new TfliteInterpreter(
        ModelBytes.withOutputs(model, outputs, source),
        source,
        ExportedModels.contains(model),
        kernels,
        DEFAULT_THREADS);
  }

  /** Which kernels run. */
  public Kernels kernels() {
    return kernels;
  }

  /** What is in the file. */
  public TfliteModelInfo info() {
    return info;
  }

  /** The inputs, in the model's order. */
  public List<TensorInfo> inputs() {
    return inputs;
  }

  /** The outputs, in the model's order. */
  public List<TensorInfo> outputs() {
    return outputs;
  }

  /** Fills an input with its bytes: of 8-bit values, one each; of others in native order. */
  public synchronized void setInput(int index, byte[] values) {
    input(index).write(values);
  }

  /**
   * Fills an input with real numbers. A float input takes them as they are; int8, uint8, int16 and
   * int4 ones take {@code round(real / scale) + zero_point}, half away from zero and clamped, which
   * is what the same file with float inputs computes.
   *
   * @throws IllegalArgumentException if their count is not the input's, if its values stand for no
   *     real numbers, as indices, or if one that has to be quantized is infinite or not a number
   */
  public synchronized void setInput(int index, float[] values) {
    input(index).write(values);
  }

  /** Fills an input of indices. */
  public synchronized void setInput(int index, int[] values) {
    input(index).write(values);
  }

  /**
   * Gives every input another batch: what is set and read then has so many examples, one after the
   * other, while {@link #inputs} and {@link #outputs} go on to say what the file says. Inputs must
   * be set anew, and state is lost.
   *
   * @param examples at least 1
   * @throws IllegalArgumentException if it is less, or the file is for another number alone: it was
   *     exported without {@code dynamicBatch()}
   * @throws TfliteException if an operation does not take it
   */
  public synchronized void resizeBatch(int examples) {
    requireOpen();
    if (examples < 1) {
      throw new IllegalArgumentException("a batch of " + examples + "; at least 1 is needed");
    }
    for (TensorInfo input : inputs) {
      if (!input.hasAnyBatch() && (input.shape().isEmpty() || input.shape().get(0) != examples)) {
        throw new IllegalArgumentException(
            ("input '%s' of %s has the fixed shape %s, so that it does not take a batch of %s; export"
                    + " the model with dynamicBatch() or batch(%s)")
                .formatted(input.name(), source, input.shape(), examples, examples));
      }
    }
    nativeModel.resize(examples);
    isResized = true;
    refreshInputs();
    refreshOutputs();
  }

  /**
   * Gives the tensors that keep their values from run to run, as the state of LSTM layers, their
   * first values again: a new sequence begins. Files whose {@link TfliteModelInfo#hasState} is
   * false have none.
   */
  public synchronized void resetState() {
    requireOpen();
    nativeModel.resetState();
  }

  /**
   * Runs the model on the inputs that are set. As in every TFLite interpreter, a file that has
   * state goes on where the last run ended, unless {@link #resetState} comes first.
   *
   * @throws TfliteException if an operation fails; if the file is not this process's own, also if
   *     TFLite crashes or hangs
   */
  public synchronized void invoke() {
    timedInvoke();
  }

  /** Runs the model, and says how many nanoseconds TensorFlow Lite took. */
  synchronized long timedInvoke() {
    requireOpen();
    long nanos = nativeModel.invoke();
    if (nativeModel.hasDynamicTensors()) {
      refreshOutputs();
    }
    return nanos;
  }

  /** Reads an output's bytes: of 8-bit values, one each; of others in native order. */
  public synchronized byte[] outputBytes(int index) {
    return output(index).bytes();
  }

  /** Reads an output's bytes into an array of its size. */
  public synchronized void readOutput(int index, byte[] into) {
    output(index, into.length).read(into);
  }

  /**
   * Reads an output as real numbers: those of a float output, or {@code (q - zero_point) * scale}.
   *
   * @throws IllegalArgumentException if its values stand for no real numbers
   */
  public synchronized float[] outputFloats(int index) {
    return output(index).reals();
  }

  /** The same into an array of its size. */
  public synchronized void readOutput(int index, float[] into) {
    output(index, outputs.get(index).type().bytes(into.length)).read(into);
  }

  /** One example through a model with one 8-bit input and one 8-bit output. */
  public synchronized void run(byte[] input, byte[] output) {
    setInput(0, input);
    invoke();
    readOutput(0, output);
  }

  /**
   * One example through a model with one input and one output, in real numbers: integers are made
   * of them, and they of integers, as {@link #setInput(int, float[])} and {@link #outputFloats}
   * say.
   */
  public synchronized void run(float[] input, float[] output) {
    setInput(0, input);
    invoke();
    readOutput(0, output);
  }

  /** One example through a model with 8-bit inputs; returns its first output, byte by byte. */
  public synchronized byte[] run(byte[]... values) {
    for (int i = 0; i < values.length; i++) {
      setInput(i, values[i]);
    }
    invoke();
    return outputBytes(0);
  }

  /**
   * One example through a model, in real numbers, as {@link #run(float[], float[])}.
   *
   * @param values of each input
   * @return the first output
   */
  public synchronized float[] run(float[]... values) {
    for (int i = 0; i < values.length; i++) {
      setInput(i, values[i]);
    }
    invoke();
    return outputFloats(0);
  }

  /**
   * The operations that run in built-in kernels: all of them with {@link Kernels#BUILT_IN}, and
   * with {@link Kernels#XNNPACK} those that it leaves to them.
   */
  public synchronized List<OperationInfo> builtInOperations() {
    requireOpen();
    List<OperationInfo> operations = info.operations();
    return Arrays.stream(nativeModel.executionPlan())
        .filter(node -> node < operations.size())
        .mapToObj(operations::get)
        .toList();
  }

  /** Waits for a run to end, and frees the native memory; the second call does nothing. */
  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      nativeModel.close();
    }
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("the interpreter of " + source + " is closed");
    }
  }

  private BorderValues input(int index) {
    requireOpen();
    return inputValues.get(index);
  }

  private void refreshInputs() {
    inputValues = values(inputs, nativeModel::input);
  }

  private void refreshOutputs() {
    outputValues = values(outputs, nativeModel::output);
  }

  private static List<BorderValues> values(
      List<TensorInfo> tensors, IntFunction<ByteBuffer> memory) {
    return IntStream.range(0, tensors.size())
        .mapToObj(i -> new BorderValues(tensors.get(i), memory.apply(i)))
        .toList();
  }

  private BorderValues output(int index) {
    requireOpen();
    return outputValues.get(index);
  }

  /** For an array of some bytes; what the model made of the output is not the array's fault. */
  synchronized BorderValues output(int index, long bytes) {
    BorderValues values = output(index);
    if (!isResized && bytes == values.statedBytes()) {
      requireStated(values);
    }
    return values;
  }

  /** Shapes are computed when a model is loaded; those that are in the file need not be these. */
  private void requireStated(BorderValues values) {
    TensorInfo tensor = values.tensor();
    if (values.memory().capacity() != values.statedBytes()) {
      throw ModelBytes.invalid(
          source,
          "TFLite makes %s bytes of %s, which has %s by its shape %s of %s",
          values.memory().capacity(),
          Shortened.quoted(tensor.name()),
          values.statedBytes(),
          Shortened.list(tensor.shape()),
          tensor.type());
    }
  }
}
