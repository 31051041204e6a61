package dev.detent.runtime.verify;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file whose tensors are matched with the layers of the graph, by name. Where a layer is deployed
 * in several steps, those before the last are called {@code <layer>/<step>} and pass unmatched.
 */
final class DeployedFile {
  private final String file;
  private final String model;
  private final PassGraph graph;
  private final Map<String, Encoding> grids;
  private final TfliteModelInfo info;
  private final List<InputFeed> inputs = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private final Map<Integer, List<Integer>> steps = new HashMap<>();

  /**
   * An output of the model.
   *
   * @param position its number in the file
   */
  record Output(LayerTensor layer, int position, DeployedTensor tensor) {
    String name() {
      return layer.name();
    }
  }

  /**
   * A tensor that belongs to a layer.
   *
   * @param feed if it is an input of the file, where its values come from; else null
   * @param inputs numbers of the tensors that the layer reads
   */
  record Layer(
      DeployedTensor tensor, @Nullable InputFeed feed, String operation, List<Integer> inputs) {}

  /**
   * Matches a file with the quantized pass of a model.
   *
   * @param file its name, for messages
   * @param grids scale and zero point of each layer that has them
   * @throws TfliteException if the file is of another model, or a float one
   */
  DeployedFile(
      String file,
      TfliteModelInfo info,
      String model,
      PassGraph graph,
      Map<String, Encoding> grids) {
    this.file = file;
    this.info = info;
    this.model = model;
    this.graph = graph;
    this.grids = grids;
    requireInteger();
    matchInputs();
    matchOutputs();
    matchLayers();
  }

  /** How many examples a run of the file has. */
  int batch() {
    List<Integer> shape = info.tensors().get(info.inputs().get(0)).shape();
    return shape.isEmpty() ? 1 : Math.max(1, shape.get(0));
  }

  List<InputFeed> inputs() {
    return inputs;
  }

  List<Output> outputs() {
    return outputs;
  }

  /**
   * Runs as many examples as a run has, the first of which is given, as an application does that
   * begins a new sequence with each.
   */
  void run(Batch batch, int first, TfliteInterpreter... interpreters) {
    for (TfliteInterpreter interpreter : interpreters) {
      if (interpreter.info().hasState()) {
        interpreter.resetState();
      }
    }
    goOn(batch, first, interpreters);
  }

  /** Runs as many examples as a run has if the given one is their first; returns its place. */
  int runIfFirst(Batch batch, int example, TfliteInterpreter... interpreters) {
    int place = example % batch();
    if (place == 0) {
      run(batch, example, interpreters);
    }
    return place;
  }

  /** Runs as many examples as a run has, with what state there is. */
  void goOn(Batch batch, int first, TfliteInterpreter... interpreters) {
    for (InputFeed feed : inputs) {
      feed.set(batch, first, interpreters);
    }
    for (TfliteInterpreter interpreter : interpreters) {
      interpreter.invoke();
    }
  }

  /** In the order in which they are computed, inputs first. */
  List<Layer> layers() {
    return layers;
  }

  /** Names of the layers that have another scale or zero point than the graph's, each once. */
  List<String> otherScales() {
    Stream<DeployedTensor> borders =
        Stream.concat(inputs.stream().map(InputFeed::tensor), outputs.stream().map(Output::tensor));
    return Stream.concat(layers.stream().map(Layer::tensor), borders)
        .filter(tensor -> !tensor.hasSameScale())
        .map(DeployedTensor::layer)
        .distinct()
        .toList();
  }

  /** How the inputs of the float file of the same model are fed. */
  static List<InputFeed> floatInputs(TfliteModelInfo info, PassGraph graph) {
    List<InputFeed> feeds = new ArrayList<>();
    for (String name : graph.inputs().keySet()) {
      int index = number(info.signatureInputs(), name);
      var tensor = new DeployedTensor(info.tensors().get(index), name, null);
      feeds.add(new InputFeed(tensor, feeds.size(), info.inputs().indexOf(index)));
    }
    return feeds;
  }

  private static int number(Map<String, Integer> numbers, String name) {
    return Objects.requireNonNull(numbers.get(name), name);
  }

  private void requireInteger() {
    boolean hasIntegers =
        info.tensors().stream()
            .anyMatch(tensor -> isInteger(tensor.type()) && !tensor.isConstant());
    if (!grids.isEmpty() && !hasIntegers) {
      throw new TfliteException(
          "%s is a float model; %s can be verified against the int8 files that it exports"
              .formatted(file, model));
    }
  }

  /** The types that the graph's grids become. */
  private static boolean isInteger(ValueType type) {
    return type == ValueType.INT8 || type == ValueType.INT16;
  }

  private static ValueType ofWidth(Encoding grid) {
    return grid.bits() == Short.SIZE ? ValueType.INT16 : ValueType.INT8;
  }

  private void matchInputs() {
    requireNames("inputs", graph.inputs().keySet(), info.signatureInputs(), info.inputs());
    for (String name : graph.inputs().keySet()) {
      int index = number(info.signatureInputs(), name);
      DeployedTensor tensor = border(index, graph.tensor(name));
      var feed = new InputFeed(tensor, inputs.size(), info.inputs().indexOf(index));
      inputs.add(feed);
      if (isInteger(tensor.info().type())) {
        layers.add(new Layer(tensor, feed, LayerError.INPUT, List.of()));
      }
    }
  }

  private void matchOutputs() {
    requireNames("outputs", graph.outputs().keySet(), info.signatureOutputs(), info.outputs());
    for (Map.Entry<String, LayerTensor> output : graph.outputs().entrySet()) {
      int index = number(info.signatureOutputs(), output.getKey());
      outputs.add(
          new Output(
              output.getValue(), info.outputs().indexOf(index), border(index, output.getValue())));
    }
  }

  private void matchLayers() {
    for (OperationInfo operation : info.operations()) {
      for (int index : operation.outputs()) {
        TensorInfo tensor = info.tensors().get(index);
        LayerTensor layer = graph.tensors().get(tensor.name());
        boolean isConversion = TfliteOperator.of(operation.name()).isConversion();
        List<Integer> read = withoutSteps(operation.inputs());
        if (layer != null) {
          DeployedTensor matched = matched(tensor, layer, false);
          if (!layer.isIndices()) { // which have no noise
            layers.add(new Layer(matched, null, operation.name(), read));
          }
        } else if (isStep(tensor.name()) || isConversion) {
          steps.put(index, read);
        } else {
          throw ofAnotherModel("its tensor '%s' is no layer of %s", tensor.name(), model);
        }
      }
    }
  }

  private boolean isStep(String name) {
    int slash = name.lastIndexOf('/');
    return slash > 0 && graph.tensors().containsKey(name.substring(0, slash));
  }

  /** The numbers of tensors, with what a step has read in its place. */
  private List<Integer> withoutSteps(List<Integer> inputs) {
    return inputs.stream()
        .flatMap(input -> steps.getOrDefault(input, List.of(input)).stream())
        .distinct() // or a chain of steps that read one tensor twice doubles with each
        .toList();
  }

  private void requireNames(
      String what, Set<String> wanted, Map<String, Integer> found, List<Integer> numbers) {
    if (!wanted.equals(found.keySet()) || !numbers.containsAll(found.values())) {
      throw ofAnotherModel("its %s are %s, those of %s %s", what, found.keySet(), model, wanted);
    }
  }

  private DeployedTensor border(int index, LayerTensor layer) {
    return matched(info.tensors().get(index), layer, true);
  }

  /** The tensor of a layer; at a border it may be of other types than inside. */
  private DeployedTensor matched(TensorInfo tensor, LayerTensor layer, boolean isBorder) {
    List<Integer> shape = new ArrayList<>(List.of(batch()));
    Arrays.stream(layer.shape()).forEach(shape::add);
    if (!tensor.shape().equals(shape)) {
      throw ofAnotherModel(
          "its tensor '%s' has the shape %s, %s in %s",
          tensor.name(), tensor.shape(), shape, model);
    }
    Encoding grid = grids.get(layer.name());
    ValueType type = tensor.type();
    boolean fits =
        layer.isIndices()
            ? type == ValueType.INT32
            : grid == null
                ? type == ValueType.FLOAT32 || isBorder && type == ValueType.INT32
                : tensor.isQuantized()
                        && (type == ofWidth(grid) || isBorder && type == ValueType.UINT8)
                    || isBorder && type == ValueType.FLOAT32;
    if (!fits) {
      throw ofAnotherModel(
          "its tensor '%s' is %s%s, %s in %s",
          tensor.name(),
          type,
          tensor.isQuantized() ? "" : " without a scale",
          layer.isIndices()
              ? ValueType.INT32
              : grid == null ? "float" : "int" + grid.bits() + " with a scale",
          model);
    }
    return new DeployedTensor(tensor, layer.name(), grid);
  }

  private TfliteException ofAnotherModel(String why, Object... values) {
    return new TfliteException(
        file + " is no int8 file of " + model + ": " + why.formatted(values));
  }
}
