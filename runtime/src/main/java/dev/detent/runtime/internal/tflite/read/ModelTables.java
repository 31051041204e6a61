package dev.detent.runtime.internal.tflite.read;

import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SignatureDef;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorMap;
import org.tensorflow.lite.schema.TensorType;

/**
 * A file's tables, read with the official schema, whose classes check nothing: neither that an
 * index is below a vector's length nor how much all vectors together claim.
 */
public final class ModelTables {
  private static final String RUNTIME_METADATA = "min_runtime_version";

  /** Writers store every vector once; this leaves room for those that share some. */
  private static final int READINGS = 16;

  private final byte[] bytes;
  private final String source;
  private final ReadingLimit limit;
  private final Model model;

  private ModelTables(byte[] bytes, String source) {
    ModelBytes.requireIdentifier(bytes, source);
    this.bytes = bytes;
    this.source = source;
    limit = new ReadingLimit(READINGS, bytes.length, source);
    model = Model.getRootAsModel(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * Reads something out of a file.
   *
   * @throws TfliteException if it is not a valid TFLite file
   */
  public static <T> T read(byte[] bytes, String source, Function<ModelTables, T> reader) {
    try {
      return reader.apply(new ModelTables(bytes, source));
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | NullPointerException
        | NegativeArraySizeException e) {
      throw ModelBytes.invalid(source, "its tables are damaged", e);
    }
  }

  public String source() {
    return source;
  }

  public Model model() {
    return model;
  }

  public SubGraph subgraph(int number) {
    if (number >= model.subgraphsLength()) {
      throw ModelBytes.invalid(source, "it has no subgraph");
    }
    return model.subgraphs(number);
  }

  /** What is in a subgraph. */
  public TfliteModelInfo info(int subgraph) {
    SubGraph graph = subgraph(subgraph);
    Optional<SignatureDef> signature =
        list(model.signatureDefsLength(), model::signatureDefs).stream()
            .filter(each -> each.subgraphIndex() == subgraph)
            .findFirst();
    return new TfliteModelInfo(
        bytes.length,
        text(model.descriptionAsByteBuffer()),
        minimumRuntime(),
        list(graph.tensorsLength(), i -> tensor(graph, i)),
        list(graph.operatorsLength(), i -> operation(graph.operators(i))),
        list(graph.inputsLength(), graph::inputs),
        list(graph.outputsLength(), graph::outputs),
        signature.map(each -> names(each.inputsLength(), each::inputs)).orElse(Map.of()),
        signature.map(each -> names(each.outputsLength(), each::outputs)).orElse(Map.of()));
  }

  private Map<String, Integer> names(int length, IntFunction<TensorMap> entries) {
    Map<String, Integer> tensors = new LinkedHashMap<>();
    list(length, entries)
        .forEach(entry -> tensors.put(text(entry.nameAsByteBuffer()), index(entry.tensorIndex())));
    return tensors;
  }

  /** A vector's elements, of four bytes or more each. */
  public <T> List<T> list(int length, IntFunction<T> element) {
    limit.take(length, Integer.BYTES);
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      elements.add(element.apply(i));
    }
    return elements;
  }

  private String text(ByteBuffer utf8) {
    if (utf8 == null) {
      return "";
    }
    limit.take(utf8.remaining(), 1);
    return StandardCharsets.UTF_8.decode(utf8).toString();
  }

  /** The schema's indices are unsigned; what no Java list can have becomes -1, which none has. */
  private static int index(long unsigned) {
    return unsigned > Integer.MAX_VALUE ? -1 : (int) unsigned;
  }

  private OperationInfo operation(Operator operator) {
    if (operator.opcodeIndex() >= model.operatorCodesLength()) {
      throw ModelBytes.invalid(
          source,
          "an operation has the operator code %s of %s",
          operator.opcodeIndex(),
          model.operatorCodesLength());
    }
    OperatorCode code = model.operatorCodes((int) operator.opcodeIndex());
    return new OperationInfo(
        name(code),
        code.version(),
        list(operator.inputsLength(), operator::inputs),
        list(operator.outputsLength(), operator::outputs));
  }

  /** Whether the first subgraph has operations that are none of TensorFlow Lite's own. */
  public boolean hasCustomOperations() {
    SubGraph graph = subgraph(0);
    return IntStream.range(0, graph.operatorsLength()).anyMatch(i -> isCustom(graph.operators(i)));
  }

  /** Whether an operation is none of TensorFlow Lite's own. */
  public boolean isCustom(Operator operator) {
    return builtin(model.operatorCodes((int) operator.opcodeIndex())) == BuiltinOperator.CUSTOM;
  }

  /** Old files have only the deprecated field, new ones both. */
  private static int builtin(OperatorCode code) {
    return Math.max(code.builtinCode(), code.deprecatedBuiltinCode());
  }

  private String name(OperatorCode code) {
    int builtin = builtin(code);
    if (builtin == BuiltinOperator.CUSTOM && code.customCode() != null) {
      return text(code.customCodeAsByteBuffer());
    }
    return builtin >= 0 && builtin < BuiltinOperator.names.length
        ? BuiltinOperator.name(builtin)
        : "BUILTIN_" + builtin;
  }

  private TensorInfo tensor(SubGraph graph, int index) {
    Tensor tensor = graph.tensors(index);
    String name = text(tensor.nameAsByteBuffer());
    QuantizationParameters quantization = tensor.quantization();
    int scales = quantization == null ? 0 : quantization.scaleLength();
    return new TensorInfo(
        index,
        name,
        list(tensor.shapeLength(), tensor::shape),
        type(tensor.type(), name),
        list(scales, i -> quantization.scale(i)),
        list(scales, i -> i < quantization.zeroPointLength() ? quantization.zeroPoint(i) : 0L),
        tensor.buffer() != 0 && dataLength(tensor.buffer()) > 0,
        tensor.isVariable(),
        tensor.shapeLength() > 0
            && tensor.shapeSignatureLength() > 0
            && tensor.shapeSignature(0) < 0);
  }

  private ValueType type(byte code, String tensor) {
    String name =
        code >= 0 && code < TensorType.names.length ? TensorType.name(code) : String.valueOf(code);
    return Arrays.stream(ValueType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TfliteException(
                    "%s: its tensor '%s' is of type %s, which is not supported"
                        .formatted(source, tensor, name)));
  }

  /** How many bytes of values a buffer has; 0 for a buffer that is none. */
  public int dataLength(long buffer) {
    return buffer >= model.buffersLength() ? 0 : model.buffers((int) buffer).dataLength();
  }

  private String minimumRuntime() {
    for (Metadata metadata : list(model.metadataLength(), model::metadata)) {
      if (RUNTIME_METADATA.equals(text(metadata.nameAsByteBuffer()))
          && dataLength(metadata.buffer()) > 0) {
        return text(model.buffers((int) metadata.buffer()).dataAsByteBuffer())
            .strip()
            .replace("\0", "");
      }
    }
    return "";
  }
}
