package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Activation;
import dev.detent.annotations.PadMode;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of layers without weights: in float those of finite differences, and in a quantized
 * pass those of the float pass at the same values, whatever the kernel's rounding does.
 */
class LayerGradientsTest {
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange Z = ActivationRange.learned("z", 8);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);
  private static final ActivationRange LOGARITHMS = ActivationRange.fixed("l", 8, 1.0 / 16, 127);
  private static final int EXAMPLES = 3;

  /** A layer of one or two inputs, for which the second may be repeated. */
  interface Layer {
    Tensor of(NetworkBuilder n, Tensor x, Tensor z);
  }

  /** A layer to be checked. */
  record Checked(String name, boolean isTied, Layer layer, int[]... shapes) {
    @Override
    public String toString() {
      return name;
    }

    ActivationRange range(int input) {
      return isTied || input == 0 ? X : Z;
    }
  }

  private static Checked tied(String name, Layer layer, int[]... shapes) {
    return new Checked(name, true, layer, shapes);
  }

  private static Checked own(String name, Layer layer, int[]... shapes) {
    return new Checked(name, false, layer, shapes);
  }

  static Stream<Checked> layers() {
    int[] image = {4, 6, 8};
    int[] gate = {1, 1, 8};
    return Stream.of(
        own("add", (n, x, z) -> n.add("y", x, z).output(Y, image), image, gate),
        own("subtract", (n, x, z) -> n.subtract("y", x, z).output(Y, image), gate, image),
        own("multiply", (n, x, z) -> n.multiply("y", x, z).output(Y, image), image, gate),
        own(
            "multiply with ReLU",
            (n, x, z) ->
                n.multiply("y", x, z).activation(Activation.RELU).output(Y.nonNegative(), image),
            image,
            image),
        own("scale", (n, x, z) -> n.multiplyConstant("y", x, 1.0 / 3).output(Y, image), image),
        tied("maximum", (n, x, z) -> n.maximum("y", x, z).output(X, image), image, gate),
        tied("minimum", (n, x, z) -> n.minimum("y", x, z).output(X, image), image, image),
        tied("transpose", (n, x, z) -> n.transpose("y", x, 3, 1, 2).output(8, 4, 6), image),
        tied("zeroPad1d", (n, x, z) -> n.zeroPad1d("y", x, 2, 1).output(8, 3), new int[] {5, 3}),
        tied(
            "reflect",
            (n, x, z) -> n.mirrorPad("y", x, PadMode.REFLECT, 2, 1, 3, 0).output(7, 9, 8),
            image),
        tied(
            "symmetric",
            (n, x, z) -> n.mirrorPad("y", x, PadMode.SYMMETRIC, 2, 1, 3, 0).output(7, 9, 8),
            image),
        tied(
            "slice",
            (n, x, z) ->
                n.slice("y", x, List.of(1, 0, 2), List.of(4, 6, 7), List.of(1, 2, 3))
                    .output(3, 3, 2),
            image),
        tied("spaceToDepth", (n, x, z) -> n.spaceToDepth("y", x, 2).output(2, 3, 32), image),
        tied("depthToSpace", (n, x, z) -> n.depthToSpace("y", x, 2).output(8, 12, 2), image),
        tied("tile", (n, x, z) -> n.tile("y", x, 3).output(3, 7), new int[] {1, 7}),
        tied("nearest", (n, x, z) -> n.resizeNearestNeighbor("y", x).output(X, 7, 5, 8), image),
        tied(
            "nearest with half pixels",
            (n, x, z) -> n.resizeNearestNeighbor("y", x).halfPixelCenters().output(X, 8, 12, 8),
            image),
        tied("bilinear", (n, x, z) -> n.resizeBilinear("y", x).output(X, 7, 5, 8), image),
        tied(
            "bilinear with half pixels",
            (n, x, z) -> n.resizeBilinear("y", x).halfPixelCenters().output(X, 7, 5, 8),
            image),
        tied(
            "bilinear with aligned corners",
            (n, x, z) -> n.resizeBilinear("y", x).alignCorners().output(X, 9, 3, 8),
            image),
        tied(
            "logSoftmax of places",
            (n, x, z) -> n.unary("y", UnaryKind.LOG_SOFTMAX, x).output(LOGARITHMS, image),
            image),
        own("mean", (n, x, z) -> n.mean("y", x).axes(1, 3).output(Y, 6), image),
        own("mean of pixels", (n, x, z) -> n.mean("y", x).keepDims().output(Y, 1, 1, 8), image),
        own("sum", (n, x, z) -> n.sum("y", x).axes(2).keepDims().output(Y, 4, 1, 8), image),
        tied("reduceMax", (n, x, z) -> n.reduceMax("y", x).axes(3).output(X, 4, 6), image));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void areThoseOfFiniteDifferencesAndTheSameWhenQuantized(Checked checked) {
    try (TinyModel model = model(checked)) {
      Random random = new Random(12);
      List<float[][]> data = new ArrayList<>();
      for (int[] shape : checked.shapes()) {
        data.add(gaussian(random, EXAMPLES, elements(shape)));
      }
      model.quantize(examples(model, data));
      if (!checked.isTied()) {
        // Wider than any output: beyond its range a quantized tensor has no gradient.
        model.set("y/range/min", 2 * model.get("y/range/min")[0]);
        model.set("y/range/max", 2 * model.get("y/range/max")[0]);
      }
      finiteDifferences(model, checked, data, random);
      Run quantized = run(model, Pass.QUANTIZED, checked, data);
      // The float pass at the values that the quantized one really reads.
      Run floats = run(model, Pass.FLOAT, checked, quantized.inputs());
      for (int i = 0; i < data.size(); i++) {
        // The same sums of products, in float: far fewer than 1,000 terms of size 3.
        assertThat(quantized.gradients().get(i))
            .containsExactly(floats.gradients().get(i), within(1e-3f));
      }
    }
  }

  /** Of some values; the float pass is linear between kinks, or quadratic. */
  private void finiteDifferences(
      TinyModel model, Checked checked, List<float[][]> data, Random random) {
    float step = 1e-2f;
    float[] gradient = run(model, Pass.FLOAT, checked, data).gradients().get(0);
    int size = data.get(0)[0].length;
    for (int check = 0; check < 10; check++) {
      int example = random.nextInt(EXAMPLES);
      int index = random.nextInt(size);
      float[] values = data.get(0)[example];
      float before = values[index];
      values[index] = before + step;
      double above = run(model, Pass.FLOAT, checked, data).loss();
      values[index] = before - step;
      double below = run(model, Pass.FLOAT, checked, data).loss();
      values[index] = before;
      double at = run(model, Pass.FLOAT, checked, data).loss();
      // A kink within the step makes the two sides differ; the gradient then is one of the two.
      double left = (at - below) / step;
      double right = (above - at) / step;
      // A loss below 1,000 in float is known to 1e-4, its difference over the step to 2e-2.
      assertThat((double) gradient[example * size + index])
          .as("%s value %d", checked, index)
          .isBetween(Math.min(left, right) - 2e-2, Math.max(left, right) + 2e-2);
    }
  }

  /** What one pass yields: the loss, its gradients, and the inputs as the layer read them. */
  private record Run(double loss, List<float[]> gradients, List<float[][]> inputs) {}

  /** The loss of a pass, its gradients, and what the layer reads. */
  private record Nodes(
      Operand<TFloat32> loss, List<Operand<TFloat32>> gradients, List<Operand<TFloat32>> inputs) {}

  private final Map<Pass, Nodes> nodes = new HashMap<>();

  /** The sum of all outputs, each with a weight of its own. */
  private Nodes nodes(TinyModel model, Pass which) {
    return nodes.computeIfAbsent(
        which,
        key -> {
          var tf = model.graph().ops();
          PassGraph pass = model.graph().pass(which);
          LayerTensor y = pass.outputs().get("y");
          int size = elements(y.shape());
          float[] weights = gaussian(new Random(5), 1, size)[0];
          var flat = tf.reshape(y.operand(), tf.constant(new int[] {-1, size}));
          var weighted = tf.math.mul(flat, tf.constant(weights));
          var loss = tf.reduceSum(weighted, tf.constant(new int[] {0, 1}));
          List<Operand<TFloat32>> inputs = new ArrayList<>();
          pass.inputs().keySet().forEach(name -> inputs.add(pass.tensors().get(name).operand()));
          var gradients = tf.gradients(loss, inputs);
          List<Operand<TFloat32>> dx = new ArrayList<>();
          for (int i = 0; i < inputs.size(); i++) {
            dx.add(gradients.<TFloat32>dy(i));
          }
          return new Nodes(loss, dx, inputs);
        });
  }

  private Run run(TinyModel model, Pass which, Checked checked, List<float[][]> data) {
    Nodes wanted = nodes(model, which);
    PassGraph pass = model.graph().pass(which);
    var runner = model.graph().session().runner().fetch(wanted.loss());
    wanted.gradients().forEach(runner::fetch);
    wanted.inputs().forEach(runner::fetch);
    List<TFloat32> fed = new ArrayList<>();
    int input = 0;
    for (PassGraph.Feed feed : pass.inputs().values()) {
      float[][] values = data.get(input);
      TFloat32 tensor =
          TFloat32.tensorOf(
              Tensors.withFirst(EXAMPLES, checked.shapes()[input++]),
              DataBuffers.of(flat(values), false, false));
      fed.add(tensor);
      runner.feed(feed.value(), tensor);
    }
    try (Result result = runner.run()) {
      int count = data.size();
      List<float[]> gradients = new ArrayList<>();
      List<float[][]> inputs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        gradients.add(Tensors.toArray((TFloat32) result.get(1 + i)));
        inputs.add(unflattened(Tensors.toArray((TFloat32) result.get(1 + count + i))));
      }
      return new Run(Tensors.toArray((TFloat32) result.get(0))[0], gradients, inputs);
    } finally {
      fed.forEach(TFloat32::close);
    }
  }

  private static TinyModel model(Checked checked) {
    return new TinyModel(
        n -> {
          Tensor x = n.input("x").output(checked.range(0), checked.shapes()[0]);
          Tensor z =
              checked.shapes().length == 1
                  ? null
                  : n.input("z").output(checked.range(1), checked.shapes()[1]);
          n.output("y", checked.layer().of(n, x, z));
        },
        1);
  }

  private static Examples examples(TinyModel model, List<float[][]> data) {
    PassGraph pass = model.graph().pass(Pass.FLOAT);
    List<Features> features = new ArrayList<>();
    for (LayerTensor input :
        pass.inputs().keySet().stream().map(name -> pass.tensors().get(name)).toList()) {
      features.add(Features.of(data.get(features.size()), input.shape()));
    }
    int[] shape = pass.outputs().get("y").shape();
    record Pairs(List<Features> inputs, List<Targets> targets) implements Examples {
      @Override
      public int size() {
        return EXAMPLES;
      }
    }
    return new Pairs(
        features, List.of(Targets.values(new float[EXAMPLES][elements(shape)], shape)));
  }

  /** Of no value so small that the grid has 0 for it, where ReLU has a kink. */
  private static float[][] gaussian(Random random, int examples, int size) {
    float[][] values = new float[examples][size];
    for (float[] example : values) {
      for (int i = 0; i < size; i++) {
        float value = (float) random.nextGaussian();
        example[i] = value + Math.copySign(0.1f, value);
      }
    }
    return values;
  }

  private static float[] flat(float[][] values) {
    int size = values[0].length;
    float[] flat = new float[values.length * size];
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(values[i], 0, flat, i * size, size);
    }
    return flat;
  }

  private static float[][] unflattened(float[] flat) {
    int size = flat.length / EXAMPLES;
    float[][] values = new float[EXAMPLES][];
    for (int i = 0; i < EXAMPLES; i++) {
      values[i] = Arrays.copyOfRange(flat, i * size, (i + 1) * size);
    }
    return values;
  }

  private static int elements(int[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
