package dev.detent.runtime.tflite.interpreter;

import dev.detent.runtime.tflite.TfliteException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SignatureDef;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

/**
 * What is in a file, read with the official schema and without running it: its first subgraph.
 *
 * @param bytes size of the file
 * @param description the file's own
 * @param minimumRuntime the first TFLite release that runs it, as the file says; empty if it does
 *     not
 * @param tensors all of them, by number
 * @param operations in the order in which they run
 * @param inputs numbers of tensors
 * @param outputs numbers of tensors
 * @param signatureInputs the default signature's names and the tensors' numbers; empty without one
 * @param signatureOutputs the default signature's names and the tensors' numbers
 */
public record TfliteModelInfo(
    int bytes,
    String description,
    String minimumRuntime,
    List<TensorInfo> tensors,
    List<OperationInfo> operations,
    List<Integer> inputs,
    List<Integer> outputs,
    Map<String, Integer> signatureInputs,
    Map<String, Integer> signatureOutputs) {

  private static final String RUNTIME_METADATA = "min_runtime_version";

  /** Keeps copies. */
  public TfliteModelInfo {
    tensors = List.copyOf(tensors);
    operations = List.copyOf(operations);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    signatureInputs = Collections.unmodifiableMap(new LinkedHashMap<>(signatureInputs));
    signatureOutputs = Collections.unmodifiableMap(new LinkedHashMap<>(signatureOutputs));
  }

  /**
   * Reads a file.
   *
   * @throws TfliteException if it cannot be read or is not a valid TFLite file
   */
  public static TfliteModelInfo of(Path file) {
    return of(ModelBytes.read(file), file.toString());
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws TfliteException if they are not a valid TFLite file
   */
  public static TfliteModelInfo of(byte[] model) {
    return of(model, "the model");
  }

  private static TfliteModelInfo of(byte[] bytes, String source) {
    try {
      ModelBytes.requireIdentifier(bytes, source);
      Model model = Model.getRootAsModel(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
      SubGraph graph = model.subgraphs(0);
      if (graph == null) {
        throw ModelBytes.invalid(source, "it has no subgraph", null);
      }
      Map<String, Integer> signatureInputs = new LinkedHashMap<>();
      Map<String, Integer> signatureOutputs = new LinkedHashMap<>();
      if (model.signatureDefsLength() > 0) {
        SignatureDef signature = model.signatureDefs(0);
        for (int i = 0; i < signature.inputsLength(); i++) {
          var entry = signature.inputs(i);
          signatureInputs.put(entry.name(), (int) entry.tensorIndex());
        }
        for (int i = 0; i < signature.outputsLength(); i++) {
          var entry = signature.outputs(i);
          signatureOutputs.put(entry.name(), (int) entry.tensorIndex());
        }
      }
      return new TfliteModelInfo(
          bytes.length,
          model.description() == null ? "" : model.description(),
          minimumRuntime(model),
          list(graph.tensorsLength(), i -> tensor(model, graph, i)),
          operations(model, graph),
          list(graph.inputsLength(), graph::inputs),
          list(graph.outputsLength(), graph::outputs),
          signatureInputs,
          signatureOutputs);
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | NullPointerException
        | NegativeArraySizeException e) {
      throw ModelBytes.invalid(source, "its tables are damaged", e);
    }
  }

  /**
   * A vector's elements. Grows with what is read, because a damaged file can claim any length; the
   * reading then fails at the file's end.
   */
  private static <T> List<T> list(int length, IntFunction<T> element) {
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      elements.add(element.apply(i));
    }
    return elements;
  }

  private static List<OperationInfo> operations(Model model, SubGraph graph) {
    List<OperationInfo> operations = new ArrayList<>();
    for (int i = 0; i < graph.operatorsLength(); i++) {
      var operator = graph.operators(i);
      OperatorCode code = model.operatorCodes((int) operator.opcodeIndex());
      operations.add(
          new OperationInfo(
              name(code),
              code.version(),
              list(operator.inputsLength(), operator::inputs),
              list(operator.outputsLength(), operator::outputs)));
    }
    return operations;
  }

  private static String name(OperatorCode code) {
    if (code.customCode() != null) {
      return code.customCode();
    }
    // Old files have only the deprecated field, new ones both.
    int builtin = Math.max(code.builtinCode(), code.deprecatedBuiltinCode());
    return builtin >= 0 && builtin < BuiltinOperator.names.length
        ? BuiltinOperator.name(builtin)
        : "BUILTIN_" + builtin;
  }

  private static TensorInfo tensor(Model model, SubGraph graph, int index) {
    Tensor tensor = graph.tensors(index);
    List<Float> scales = new ArrayList<>();
    List<Integer> zeroPoints = new ArrayList<>();
    QuantizationParameters quantization = tensor.quantization();
    if (quantization != null) {
      for (int i = 0; i < quantization.scaleLength(); i++) {
        scales.add(quantization.scale(i));
        zeroPoints.add(i < quantization.zeroPointLength() ? (int) quantization.zeroPoint(i) : 0);
      }
    }
    boolean isConstant =
        tensor.buffer() != 0 && model.buffers((int) tensor.buffer()).dataLength() > 0;
    return new TensorInfo(
        index,
        tensor.name() == null ? "" : tensor.name(),
        list(tensor.shapeLength(), tensor::shape),
        ValueType.ofSchema(tensor.type()),
        scales,
        zeroPoints,
        isConstant,
        tensor.isVariable(),
        tensor.shapeSignatureLength() > 0 && tensor.shapeSignature(0) < 0);
  }

  private static String minimumRuntime(Model model) {
    for (int i = 0; i < model.metadataLength(); i++) {
      var metadata = model.metadata(i);
      if (RUNTIME_METADATA.equals(metadata.name())) {
        ByteBuffer data = model.buffers((int) metadata.buffer()).dataAsByteBuffer();
        return data == null
            ? ""
            : StandardCharsets.US_ASCII.decode(data).toString().strip().replace("\0", "");
      }
    }
    return "";
  }

  /** How often each operation occurs, by name. */
  public Map<String, Integer> histogram() {
    return OperationInfo.histogram(operations);
  }

  /**
   * Whether a run depends on the one before: the file has tensors that keep their values, and no
   * operation writes them in front of the one that reads them first.
   */
  public boolean hasState() {
    Set<Integer> written = new HashSet<>();
    for (OperationInfo operation : operations) {
      for (int input : operation.inputs()) {
        if (input >= 0 && tensors.get(input).isVariable() && !written.contains(input)) {
          return true;
        }
      }
      written.addAll(operation.outputs());
    }
    return false;
  }

  /** The tensor of that name, if there is one. */
  public Optional<TensorInfo> tensor(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }
}
