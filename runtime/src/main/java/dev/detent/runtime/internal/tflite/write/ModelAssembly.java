package dev.detent.runtime.internal.tflite.write;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.Version;
import dev.detent.runtime.quantizer.Encoding;
import java.lang.module.ModuleDescriptor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.DequantizeOptionsT;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.QuantizeOptionsT;
import org.tensorflow.lite.schema.SignatureDef;
import org.tensorflow.lite.schema.SignatureDefT;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorMapT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/**
 * A model in the file's own terms, and its bytes. Buffers are written directly, 16-byte aligned and
 * each content once; the object API, which does neither, writes the rest.
 */
final class ModelAssembly {
  /** The index of an operand that is not there. */
  static final int ABSENT = -1;

  private static final int SCHEMA_VERSION = 3;
  private static final int ALIGNMENT = 16;
  private static final int LARGEST_DEPRECATED_CODE = 127;
  private static final int RUNTIME_VERSION_BYTES = 16;
  private static final String RUNTIME_VERSION_METADATA = "min_runtime_version";
  private static final String SIGNATURE = "serving_default";
  private static final String SUBGRAPH = "main";

  private final Map<ByteBuffer, Integer> buffers = new LinkedHashMap<>();
  private final List<TensorT> tensors = new ArrayList<>();
  private final Map<Code, Integer> codes = new LinkedHashMap<>();
  private final List<OperatorT> operators = new ArrayList<>();
  private final List<TensorMapT> inputs = new ArrayList<>();
  private final List<TensorMapT> outputs = new ArrayList<>();
  private final boolean hasAnyBatch;
  private String runtimeVersion = "1.5.0";

  /** An operator code; {@code custom} is null for a built-in one. */
  private record Code(int builtin, int version, @Nullable String custom) {}

  /**
   * An empty model.
   *
   * @param hasAnyBatch whether the shapes of activations say that their batch may be another
   */
  ModelAssembly(boolean hasAnyBatch) {
    this.hasAnyBatch = hasAnyBatch;
    buffers.put(ByteBuffer.allocate(0), 0); // by convention, and for all tensors without data
  }

  /** Adds a constant tensor; returns its index. */
  int constant(
      String name,
      byte type,
      int[] shape,
      byte[] data,
      @Nullable QuantizationParametersT quantization) {
    TensorT tensor = tensor(name, type, shape, quantization);
    tensor.setBuffer(buffer(data));
    return add(tensor);
  }

  /** Adds a constant of real numbers; returns its index. */
  int floats(String name, float[] data, int... shape) {
    ByteBuffer buffer =
        ByteBuffer.allocate(data.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(data);
    return constant(name, TensorType.FLOAT32, shape, buffer.array(), null);
  }

  /** Adds a constant of int32; returns its index. */
  int ints(String name, int[] data, int... shape) {
    ByteBuffer buffer =
        ByteBuffer.allocate(data.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(data);
    return constant(name, TensorType.INT32, shape, buffer.array(), null);
  }

  /** Adds a list of int32; returns its index. */
  int list(String name, int... data) {
    return ints(name, data, data.length);
  }

  /** Adds an activation; returns its index. */
  int activation(
      String name, byte type, int[] shape, @Nullable QuantizationParametersT quantization) {
    TensorT tensor = tensor(name, type, shape, quantization);
    if (hasAnyBatch) {
      int[] signature = shape.clone();
      signature[0] = -1;
      tensor.setShapeSignature(signature);
    }
    return add(tensor);
  }

  /** Adds a tensor that keeps its value from run to run; returns its index. */
  int variable(
      String name, byte type, int[] shape, @Nullable QuantizationParametersT quantization) {
    TensorT tensor = tensor(name, type, shape, quantization);
    tensor.setIsVariable(true);
    return add(tensor);
  }

  /**
   * Adds what an operation makes, or has inside, whose size does not follow the batch; returns its
   * index.
   */
  int unbatched(
      String name, byte type, int[] shape, @Nullable QuantizationParametersT quantization) {
    return add(tensor(name, type, shape, quantization));
  }

  /** Gives the operation that was added last its tensors inside. */
  void insideOfLast(int... insideTensors) {
    operators.get(operators.size() - 1).setIntermediates(insideTensors);
  }

  /** Adds an operation; its options are a table of the schema, or null. */
  void operation(
      TfliteOperator operator,
      @Nullable Version known,
      int[] operands,
      int[] results,
      @Nullable Object options) {
    Version version = Objects.requireNonNull(known, operator.name());
    add(new Code(operator.code(), version.number(), null), operands, results)
        .setBuiltinOptions(options == null ? null : options(options));
    var since = ModuleDescriptor.Version.parse(version.runtime());
    if (since.compareTo(ModuleDescriptor.Version.parse(runtimeVersion)) > 0) {
      runtimeVersion = version.runtime();
    }
  }

  /** Adds a QUANTIZE or DEQUANTIZE. */
  void convert(TfliteOperator operator, @Nullable Version version, int from, int to) {
    Object options =
        operator == TfliteOperator.QUANTIZE ? new QuantizeOptionsT() : new DequantizeOptionsT();
    operation(operator, version, new int[] {from}, new int[] {to}, options);
  }

  /** Adds an operation whose kernel the application registers. */
  void custom(String code, byte[] options, int[] operands, int result) {
    int[] unsigned = new int[options.length];
    Arrays.setAll(unsigned, i -> Byte.toUnsignedInt(options[i]));
    add(new Code(TfliteOperator.CUSTOM.code(), 1, code), operands, new int[] {result})
        .setCustomOptions(unsigned);
  }

  private OperatorT add(Code code, int[] operands, int[] results) {
    var operator = new OperatorT();
    operator.setOpcodeIndex(codes.computeIfAbsent(code, key -> codes.size()));
    operator.setInputs(operands);
    operator.setOutputs(results);
    operators.add(operator);
    return operator;
  }

  /** The options of an operation: a table whose class is named after its type. */
  private static BuiltinOptionsUnion options(Object table) {
    String name = table.getClass().getSimpleName();
    int type = List.of(BuiltinOptions.names).indexOf(name.substring(0, name.length() - 1));
    var options = new BuiltinOptionsUnion();
    options.setType((byte) Objects.checkIndex(type, BuiltinOptions.names.length));
    options.setValue(table);
    return options;
  }

  /** One scale and zero point. */
  static QuantizationParametersT quantization(float scale, int zeroPoint) {
    var quantization = quantization(new float[] {scale}, 0);
    quantization.setZeroPoint(new long[] {zeroPoint});
    return quantization;
  }

  /** The scale and zero point of an encoding. */
  static QuantizationParametersT quantization(Encoding encoding) {
    return quantization(encoding.scale(), encoding.zeroPoint());
  }

  /** One scale, or one for each place of an axis, with zero points of 0. */
  static QuantizationParametersT quantization(float[] scales, int axis) {
    var quantization = new QuantizationParametersT();
    quantization.setScale(scales);
    quantization.setZeroPoint(new long[scales.length]);
    quantization.setQuantizedDimension(scales.length > 1 ? axis : 0);
    return quantization;
  }

  /** Makes a tensor an input of the model. */
  void input(String name, int tensor) {
    inputs.add(tensorMap(name, tensor));
  }

  /** Makes a tensor an output of the model. */
  void output(String name, int tensor) {
    outputs.add(tensorMap(name, tensor));
  }

  /** The file. */
  byte[] toBytes(String description) {
    byte[] version = new byte[RUNTIME_VERSION_BYTES];
    byte[] text = runtimeVersion.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, version, 0, text.length);
    final int versionBuffer = buffer(version);

    int size = buffers.keySet().stream().mapToInt(data -> data.remaining() + ALIGNMENT).sum();
    FlatBufferBuilder builder = new SharingBuilder(size + 512 * (tensors.size() + 4));
    int[] bufferOffsets = new int[buffers.size()];
    buffers.forEach(
        (data, index) -> {
          int vector = data.hasRemaining() ? aligned(builder, data.array()) : 0;
          bufferOffsets[index] = Buffer.createBuffer(builder, vector);
        });
    final int buffersVector = Model.createBuffersVector(builder, bufferOffsets);

    int[] codeOffsets =
        codes.keySet().stream()
            .mapToInt(code -> OperatorCode.pack(builder, operatorCode(code)))
            .toArray();
    final int codesVector = Model.createOperatorCodesVector(builder, codeOffsets);

    var subgraph = new SubGraphT();
    subgraph.setName(SUBGRAPH);
    subgraph.setTensors(tensors.toArray(TensorT[]::new));
    subgraph.setOperators(operators.toArray(OperatorT[]::new));
    subgraph.setInputs(indices(inputs));
    subgraph.setOutputs(indices(outputs));
    final int subgraphsVector =
        Model.createSubgraphsVector(builder, new int[] {SubGraph.pack(builder, subgraph)});

    var signature = new SignatureDefT();
    signature.setSignatureKey(SIGNATURE);
    signature.setInputs(inputs.toArray(TensorMapT[]::new));
    signature.setOutputs(outputs.toArray(TensorMapT[]::new));
    final int signaturesVector =
        Model.createSignatureDefsVector(builder, new int[] {SignatureDef.pack(builder, signature)});

    int metadata =
        Metadata.createMetadata(
            builder, builder.createString(RUNTIME_VERSION_METADATA), versionBuffer);
    final int metadataVector = Model.createMetadataVector(builder, new int[] {metadata});
    final int descriptionOffset = builder.createString(description);

    Model.startModel(builder);
    Model.addVersion(builder, SCHEMA_VERSION);
    Model.addOperatorCodes(builder, codesVector);
    Model.addSubgraphs(builder, subgraphsVector);
    Model.addDescription(builder, descriptionOffset);
    Model.addBuffers(builder, buffersVector);
    Model.addMetadata(builder, metadataVector);
    Model.addSignatureDefs(builder, signaturesVector);
    Model.finishModelBuffer(builder, Model.endModel(builder));
    return builder.sizedByteArray();
  }

  private static TensorT tensor(
      String name, byte type, int[] shape, @Nullable QuantizationParametersT quantization) {
    var tensor = new TensorT();
    tensor.setName(name);
    tensor.setType(type);
    tensor.setShape(shape);
    tensor.setQuantization(quantization);
    return tensor;
  }

  private int add(TensorT tensor) {
    tensors.add(tensor);
    return tensors.size() - 1;
  }

  private int buffer(byte[] data) {
    return buffers.computeIfAbsent(ByteBuffer.wrap(data), key -> buffers.size());
  }

  private static int aligned(FlatBufferBuilder builder, byte[] data) {
    builder.createUnintializedVector(1, data.length, ALIGNMENT).put(data);
    return builder.endVector();
  }

  private static OperatorCodeT operatorCode(Code code) {
    var operatorCode = new OperatorCodeT();
    operatorCode.setBuiltinCode(code.builtin());
    operatorCode.setDeprecatedBuiltinCode((byte) Math.min(code.builtin(), LARGEST_DEPRECATED_CODE));
    operatorCode.setVersion(code.version());
    operatorCode.setCustomCode(code.custom());
    return operatorCode;
  }

  private static TensorMapT tensorMap(String name, int tensor) {
    var map = new TensorMapT();
    map.setName(name);
    map.setTensorIndex(tensor);
    return map;
  }

  private static int[] indices(List<TensorMapT> maps) {
    return maps.stream().mapToInt(map -> (int) map.getTensorIndex()).toArray();
  }
}
