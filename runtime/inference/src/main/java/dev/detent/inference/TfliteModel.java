package dev.detent.inference;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .tflite} file, loaded for plain Java: weights, and each operation ready to run. It needs
 * nothing but the JDK, and computes what TensorFlow Lite's built-in kernels compute on x86: in
 * integers, every value is equal to the bit. Where an operation is in float, sums may be rounded
 * otherwise.
 *
 * <p>It does not change, so that any number of threads may share it; each runs it with an {@link
 * Interpreter} of its own.
 */
public final class TfliteModel {
  private static final int IDENTIFIER = 'T' | 'F' << 8 | 'L' << 16 | '3' << 24;
  private static final int SMALLEST = 8;
  private static final int VERSION = 3;

  /** Of activations, in values: what a file may ask for, however small it is. */
  private static final long FREE_VALUES = 1L << 24;

  /** Beyond that, for each byte of the file. */
  private static final long VALUES_A_BYTE = 256;

  // The schema's fields (schema.fbs).
  private static final int MODEL_VERSION = 0;
  private static final int MODEL_OPERATOR_CODES = 1;
  private static final int MODEL_SUBGRAPHS = 2;
  private static final int MODEL_BUFFERS = 4;
  private static final int MODEL_SIGNATURES = 7;
  private static final int CODE_DEPRECATED = 0;
  private static final int CODE_CUSTOM = 1;
  private static final int CODE_BUILTIN = 3;
  private static final int SUBGRAPH_TENSORS = 0;
  private static final int SUBGRAPH_INPUTS = 1;
  private static final int SUBGRAPH_OUTPUTS = 2;
  private static final int SUBGRAPH_OPERATORS = 3;
  private static final int TENSOR_SHAPE = 0;
  private static final int TENSOR_TYPE = 1;
  private static final int TENSOR_BUFFER = 2;
  private static final int TENSOR_NAME = 3;
  private static final int TENSOR_QUANTIZATION = 4;
  private static final int TENSOR_IS_VARIABLE = 5;
  private static final int QUANTIZATION_SCALE = 2;
  private static final int QUANTIZATION_ZERO_POINT = 3;
  private static final int QUANTIZATION_AXIS = 6;
  private static final int OPERATOR_CODE = 0;
  private static final int OPERATOR_INPUTS = 1;
  private static final int OPERATOR_OUTPUTS = 2;
  private static final int OPERATOR_OPTIONS = 4;
  private static final int BUFFER_DATA = 0;
  private static final int SIGNATURE_INPUTS = 0;
  private static final int SIGNATURE_OUTPUTS = 1;
  private static final int SIGNATURE_SUBGRAPH = 4;
  private static final int MAP_NAME = 0;
  private static final int MAP_TENSOR = 1;

  private final Tensor[] tensors;
  private final Tensor[] inputs;
  private final Tensor[] outputs;
  private final List<TensorSpec> inputSpecs;
  private final List<TensorSpec> outputSpecs;
  private final Step[] steps;
  private final Memory.Needs needs = new Memory.Needs();

  /** An operation with the tensors that it reads and writes. */
  private record Step(Kernel kernel, String operator, int[] inputs, int[] outputs) {}

  private TfliteModel(byte[] file) {
    if (file.length < SMALLEST
        || ByteBuffer.wrap(file).getInt(4) != Integer.reverseBytes(IDENTIFIER)) {
      throw new ModelFormatException("it does not begin as a TFLite file");
    }
    Table model = Table.root(file);
    int version = model.int32(MODEL_VERSION, 0);
    if (version != VERSION) {
      throw new ModelFormatException("its version is " + version + ", not " + VERSION);
    }
    Table[] subgraphs = model.tables(MODEL_SUBGRAPHS);
    if (subgraphs.length == 0) {
      throw new ModelFormatException("it has no subgraph");
    }
    Table graph = subgraphs[0];
    tensors = tensors(graph.tables(SUBGRAPH_TENSORS), model.tables(MODEL_BUFFERS));
    inputs = present(graph.ints(SUBGRAPH_INPUTS));
    outputs = present(graph.ints(SUBGRAPH_OUTPUTS));
    long activations = 0;
    for (Tensor tensor : tensors) {
      activations += tensor.constant == null ? tensor.elements : 0;
    }
    requireModest(activations, file.length);
    steps = steps(model.tables(MODEL_OPERATOR_CODES), graph.tables(SUBGRAPH_OPERATORS));
    requireModest(needs.total(), file.length);
    requireOrder();
    Table signature = Table.empty();
    for (Table each : model.tables(MODEL_SIGNATURES)) {
      if (each.int32(SIGNATURE_SUBGRAPH, 0) == 0) {
        signature = each;
        break;
      }
    }
    inputSpecs = specs(inputs, signature.tables(SIGNATURE_INPUTS));
    outputSpecs = specs(outputs, signature.tables(SIGNATURE_OUTPUTS));
  }

  /**
   * Loads a file.
   *
   * @throws IOException if it cannot be read
   * @throws ModelFormatException if it is no TFLite model, is damaged, or has what this engine does
   *     not compute
   */
  public static TfliteModel load(Path file) throws IOException {
    try {
      return load(Files.readAllBytes(file));
    } catch (ModelFormatException e) {
      throw new ModelFormatException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Loads the bytes of a file. Nothing of them is kept: what they say is copied.
   *
   * @throws ModelFormatException as {@link #load(Path)}
   */
  public static TfliteModel load(byte[] file) {
    try {
      return new TfliteModel(file);
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | BufferUnderflowException
        | NegativeArraySizeException
        | ArithmeticException
        | ClassCastException
        | NullPointerException e) {
      throw new ModelFormatException("it is damaged: " + reason(e), e);
    }
  }

  /** Buffers say nothing of what lies outside of them. */
  private static String reason(RuntimeException e) {
    return e.getMessage() == null ? "a table points outside of the file" : e.getMessage();
  }

  /** The inputs, in the model's order. */
  public List<TensorSpec> inputs() {
    return inputSpecs;
  }

  /** The outputs, in the model's order. */
  public List<TensorSpec> outputs() {
    return outputSpecs;
  }

  /** One that runs the model, for one thread at a time. */
  public Interpreter interpreter() {
    return new Interpreter(this, memory(false));
  }

  /** The same, whose tensors all keep what was computed. */
  Interpreter interpreterOfAllTensors() {
    return new Interpreter(this, memory(true));
  }

  Tensor[] tensors() {
    return tensors;
  }

  Tensor[] inputTensors() {
    return inputs;
  }

  Tensor[] outputTensors() {
    return outputs;
  }

  void run(Memory memory) {
    for (Step step : steps) {
      step.kernel.run(memory);
    }
  }

  // ---------------------------------------------------------------- what is in the file

  private Tensor[] present(int[] indices) {
    Tensor[] all = new Tensor[indices.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = tensors[indices[i]];
    }
    return all;
  }

  /** Of which any may be left out. */
  private @Nullable Tensor[] optional(int[] indices) {
    @Nullable Tensor[] all = new Tensor[indices.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = indices[i] == -1 ? null : tensors[indices[i]];
    }
    return all;
  }

  private static Tensor[] tensors(Table[] tables, Table[] buffers) {
    Map<String, Object> constants = new HashMap<>();
    Tensor[] all = new Tensor[tables.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = tensor(i, tables[i], buffers, constants);
    }
    return all;
  }

  private static Tensor tensor(
      int index, Table table, Table[] buffers, Map<String, Object> constants) {
    String name = table.text(TENSOR_NAME);
    int code = table.int8(TENSOR_TYPE, 0);
    ElementType type = ElementType.of(code);
    if (type == null) {
      throw new ModelFormatException(
          "its tensor '"
              + name
              + "' has the type "
              + code
              + ", which this engine does not compute");
    }
    int[] shape = table.ints(TENSOR_SHAPE);
    Table quantization = table.table(TENSOR_QUANTIZATION);
    float[] scales = quantization.floats(QUANTIZATION_SCALE);
    long[] wide = quantization.longs(QUANTIZATION_ZERO_POINT);
    int[] zeroPoints = new int[wide.length];
    for (int i = 0; i < wide.length; i++) {
      zeroPoints[i] = (int) wide[i];
      if (zeroPoints[i] < type.lowest()
          || zeroPoints[i] > type.highest()
          || wide[i] != zeroPoints[i]) {
        throw new ModelFormatException("its tensor '" + name + "' has the zero point " + wide[i]);
      }
    }
    int elements = Shapes.elements(shape);
    int buffer = table.int32(TENSOR_BUFFER, 0);
    @Nullable Object constant = null;
    if (buffer != 0) {
      ByteBuffer data = buffers[buffer].bytes(BUFFER_DATA);
      if (data.hasRemaining() || elements == 0) {
        constant =
            constants.computeIfAbsent(
                buffer + " " + type + " " + elements, key -> constant(name, type, elements, data));
      }
    }
    return new Tensor(
        index,
        name,
        type,
        shape,
        scales,
        zeroPoints,
        quantization.int32(QUANTIZATION_AXIS, 0),
        constant,
        table.bool(TENSOR_IS_VARIABLE));
  }

  private static Object constant(String name, ElementType type, int elements, ByteBuffer data) {
    long needed = type == ElementType.INT4 ? (elements + 1L) / 2 : (long) elements * type.bytes();
    if (data.remaining() != needed) {
      throw new ModelFormatException(
          "its tensor '" + name + "' has " + data.remaining() + " bytes of values, not " + needed);
    }
    Object values = type.array(elements);
    switch (type) {
      case FLOAT32 -> data.asFloatBuffer().get((float[]) values);
      case INT32 -> data.asIntBuffer().get((int[]) values);
      case INT64 -> data.asLongBuffer().get((long[]) values);
      case INT16 -> data.asShortBuffer().get((short[]) values);
      case INT4 -> unpack(data, (byte[]) values);
      case UINT8, BOOL, INT8 -> data.get((byte[]) values);
    }
    return values;
  }

  /** Two integers of 4 bits a byte, the lower half first. */
  private static void unpack(ByteBuffer data, byte[] values) {
    for (int i = 0; i < values.length; i++) {
      int both = data.get(i / 2);
      values[i] = (byte) (i % 2 == 0 ? both << 28 >> 28 : both >> 4);
    }
  }

  private static void requireModest(long values, int fileBytes) {
    if (values > FREE_VALUES + VALUES_A_BYTE * fileBytes) {
      throw new ModelFormatException(
          "it needs room for " + values + " values, out of proportion to its size");
    }
  }

  private Step[] steps(Table[] codes, Table[] operators) {
    List<Step> steps = new ArrayList<>();
    for (Table operator : operators) {
      Table code = codes[operator.int32(OPERATOR_CODE, 0)];
      int builtin = Math.max(code.int32(CODE_BUILTIN, 0), code.int8(CODE_DEPRECATED, 0));
      Operator kind = Operator.of(builtin, code.text(CODE_CUSTOM));
      int[] read = operator.ints(OPERATOR_INPUTS);
      int[] written = operator.ints(OPERATOR_OUTPUTS);
      Node node =
          new Node(
              kind.name(),
              optional(read),
              present(written),
              operator.table(OPERATOR_OPTIONS),
              needs);
      for (int output : written) {
        node.require(
            tensors[output].constant == null, "it writes the constant %s", tensors[output]);
      }
      Kernel kernel;
      try {
        kernel = kind.kernel(node);
      } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
        throw node.invalid("its tensors do not fit: %s", reason(e));
      }
      Step step = new Step(kernel, kind.name(), read, written);
      if (isConstant(kind, read)) {
        fold(step);
      } else {
        steps.add(step);
      }
    }
    return steps.toArray(Step[]::new);
  }

  /** Whether what an operation yields is the same in every run. */
  private boolean isConstant(Operator kind, int[] read) {
    if (kind == Operator.SHAPE) {
      return true;
    }
    for (int input : read) {
      if (input == -1 || tensors[input].constant == null) {
        return false;
      }
    }
    return read.length > 0;
  }

  /** Computes what an operation yields, once and for all. */
  private void fold(Step step) {
    @Nullable Object[] values = new Object[tensors.length];
    for (int input : step.inputs) {
      values[input] = tensors[input].constant;
    }
    for (int output : step.outputs) {
      values[output] = tensors[output].type.array(tensors[output].elements);
    }
    // No kernel that moves or converts constants needs more.
    step.kernel.run(new Memory(values, new Memory.Needs().allocate()));
    for (int output : step.outputs) {
      tensors[output].constant = values[output];
    }
  }

  /** Each tensor has to be there before it is read. */
  private void requireOrder() {
    boolean[] isThere = new boolean[tensors.length];
    for (Tensor tensor : tensors) {
      isThere[tensor.index] = tensor.constant != null || tensor.isVariable;
    }
    for (Tensor input : inputs) {
      if (input.constant != null) {
        throw new ModelFormatException("its input " + input + " is a constant");
      }
      isThere[input.index] = true;
    }
    for (Step step : steps) {
      for (int input : step.inputs) {
        if (input != -1 && !isThere[input]) {
          throw new ModelFormatException(
              step.operator + " reads " + tensors[input] + " before it is computed");
        }
      }
      for (int output : step.outputs) {
        isThere[output] = true;
      }
    }
    for (Tensor output : outputs) {
      if (!isThere[output.index]) {
        throw new ModelFormatException("its output " + output + " is never computed");
      }
    }
  }

  private static List<TensorSpec> specs(Tensor[] tensors, Table[] signature) {
    Map<Integer, String> names = new HashMap<>();
    for (Table entry : signature) {
      names.put(entry.int32(MAP_TENSOR, 0), entry.text(MAP_NAME));
    }
    List<TensorSpec> specs = new ArrayList<>();
    for (Tensor tensor : tensors) {
      List<Integer> shape = new ArrayList<>();
      for (int size : tensor.shape) {
        shape.add(size);
      }
      String name = names.getOrDefault(tensor.index, tensor.name);
      specs.add(new TensorSpec(name, shape, tensor.type, tensor.scale(), tensor.zeroPoint()));
    }
    return List.copyOf(specs);
  }

  // ---------------------------------------------------------------- memory

  /**
   * Arrays for all tensors. One whose last reader has run is free for a later one of its type,
   * unless all are to be kept.
   */
  private Memory memory(boolean keepsAll) {
    @Nullable Object[] values = new Object[tensors.length];
    int[] lastRead = new int[tensors.length];
    Arrays.fill(lastRead, keepsAll ? Integer.MAX_VALUE : -1);
    for (int step = 0; step < steps.length; step++) {
      for (int tensor : steps[step].inputs) {
        if (tensor != -1) {
          lastRead[tensor] = Math.max(lastRead[tensor], step);
        }
      }
    }
    for (Tensor tensor : tensors) {
      values[tensor.index] = tensor.constant;
      if (tensor.isVariable) {
        values[tensor.index] = tensor.type.array(tensor.elements);
        lastRead[tensor.index] = Integer.MAX_VALUE;
      }
    }
    for (Tensor input : inputs) {
      values[input.index] = input.type.array(input.elements);
      lastRead[input.index] = Integer.MAX_VALUE;
    }
    for (Tensor output : outputs) {
      lastRead[output.index] = Integer.MAX_VALUE;
    }
    FreeArrays free = new FreeArrays();
    for (int step = 0; step < steps.length; step++) {
      for (int output : steps[step].outputs) {
        if (values[output] == null) {
          values[output] = free.take(tensors[output]);
        }
      }
      for (int tensor : touched(steps[step])) {
        if (lastRead[tensor] <= step && tensors[tensor].constant == null) {
          free.give(tensors[tensor], values[tensor]);
          lastRead[tensor] = Integer.MAX_VALUE; // given once
        }
      }
    }
    return new Memory(values, needs.allocate());
  }

  private static int[] touched(Step step) {
    int[] all = Arrays.copyOf(step.inputs, step.inputs.length + step.outputs.length);
    System.arraycopy(step.outputs, 0, all, step.inputs.length, step.outputs.length);
    return Arrays.stream(all).filter(tensor -> tensor != -1).toArray();
  }

  /** Arrays that no tensor needs any more, each with the number of its values. */
  private static final class FreeArrays {
    private final Map<ElementType, TreeMap<Integer, Deque<Object>>> free = new HashMap<>();
    private final Map<Object, Integer> lengths = new IdentityHashMap<>();

    void give(Tensor tensor, @Nullable Object array) {
      Integer length = array == null ? null : lengths.get(array);
      if (array != null && length != null) {
        free.computeIfAbsent(tensor.type, type -> new TreeMap<>())
            .computeIfAbsent(length, size -> new ArrayDeque<>())
            .add(array);
      }
    }

    /** The smallest that is large enough, or a new one. */
    Object take(Tensor tensor) {
      TreeMap<Integer, Deque<Object>> arrays = free.getOrDefault(tensor.type, new TreeMap<>());
      for (Deque<Object> some : arrays.tailMap(tensor.elements).values()) {
        Object array = some.poll();
        if (array != null) {
          return array;
        }
      }
      Object array = tensor.type.array(tensor.elements);
      lengths.put(array, tensor.elements);
      return array;
    }
  }
}
