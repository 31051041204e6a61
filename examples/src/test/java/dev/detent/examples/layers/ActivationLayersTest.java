package dev.detent.examples.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Losses;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.LayerError;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Activations from the annotation to the file. */
class ActivationLayersTest {
  private static final int EXAMPLES = 64;

  @TempDir private Path folder;

  /**
   * One operation of exactly what the graph reads: 99% equal and none off by more than one, and a
   * second one behind it where there are two.
   */
  @Test
  void onFieldsOfTheirOwn() throws ReflectiveOperationException {
    Path file = folder.resolve("lone.tflite");
    try (LoneActivationsModel model = LoneActivationsModel.create(1)) {
      // Alpha: one a value.
      assertThat(model.spec().parameters()).isEqualTo(4 * 5 * 6);
      Verification verification = trained(model, LoneActivationsModel.Data.class, file);
      assertThat(verification.layers())
          .allSatisfy(
              layer -> {
                assertThat(layer.hasSameScale()).isTrue();
                assertThat(layer.builtIn().equalShare()).isGreaterThanOrEqualTo(0.99);
                assertThat(layer.builtIn().largestDifference()).isLessThanOrEqualTo(1);
              });
    }
    assertThat(operations(file))
        .containsExactly(
            "RELU",
            "RELU6",
            "RELU",
            "MINIMUM",
            "LEAKY_RELU",
            "MINIMUM",
            "RELU_N1_TO_1",
            "LEAKY_RELU",
            "PRELU",
            "ELU",
            "HARD_SWISH",
            "ADD",
            "MUL",
            "LOGISTIC",
            "TANH",
            "LOGISTIC",
            "MUL",
            "GELU",
            "SOFTMAX",
            "LOG_SOFTMAX",
            "L2_NORMALIZATION");
  }

  /** Fused where TFLite fuses, an operation behind where it does not; batch norms fold in both. */
  @Test
  void behindOperations() throws ReflectiveOperationException {
    Path file = folder.resolve("stacked.tflite");
    try (StackedActivationsModel model = StackedActivationsModel.create(1)) {
      int convolutions = 2 * (9 * 4 * 5 + 5) + 8 * (4 * 5 + 5);
      int depthwise = 2 * (9 * 4 + 4);
      int dense = 3 * (144 * 10 + 10);
      int batchNorms = 4 * (5 + 5 + 5 + 4 + 5);
      int alphas = 5; // one a channel
      assertThat(model.spec().parameters())
          .isEqualTo(convolutions + depthwise + dense + batchNorms + alphas);
      Verification verification = trained(model, StackedActivationsModel.Data.class, file);
      assertThat(verification.layers())
          .allSatisfy(
              layer -> {
                assertThat(layer.hasSameScale()).isTrue();
                // Of two operations each may be different in 1%, and of swish and hard-sigmoid
                // there are three.
                assertThat(layer.builtIn().equalShare()).isGreaterThanOrEqualTo(0.97);
              });
      assertThat(verification.layers())
          .extracting(LayerError::layer)
          .contains("hardSwish/depthwiseConv2d", "ceiling/conv2d", "tanh/add");
    }
    assertThat(operations(file))
        .containsExactly(
            "CONV_2D",
            "CONV_2D",
            "CONV_2D",
            "MINIMUM",
            "CONV_2D",
            "LEAKY_RELU",
            "CONV_2D",
            "CONV_2D",
            "LEAKY_RELU",
            "CONV_2D",
            "PRELU",
            "CONV_2D",
            "ELU",
            "DEPTHWISE_CONV_2D",
            "HARD_SWISH",
            "DEPTHWISE_CONV_2D",
            "ADD",
            "MUL",
            "MAX_POOL_2D",
            "LOGISTIC",
            "ADD",
            "TANH",
            "CONV_2D",
            "LOGISTIC",
            "MUL",
            "CONV_2D",
            "GELU",
            "RESHAPE",
            "FULLY_CONNECTED",
            "L2_NORMALIZATION",
            "FULLY_CONNECTED",
            "LOG_SOFTMAX",
            "FULLY_CONNECTED",
            "SOFTMAX");
  }

  private static List<String> operations(Path file) {
    return TfliteFile.info(file).operations().stream().map(OperationInfo::name).toList();
  }

  private <D extends Examples> Verification trained(DetentModel<D> model, Class<D> type, Path file)
      throws ReflectiveOperationException {
    D examples = examples(model.spec(), type);
    Fit<Examples> fit =
        Fit.epochs(2)
            .batchSize(16)
            .loss(Losses.meanSquaredError())
            .optimizer(Optimizers.adam(1e-3))
            .progress(Progress.Style.SILENT);
    model.fit(examples, fit);
    model.quantize(examples);
    model.fit(examples, fit);
    model.exportInt8(file);
    return model.verify(
        file, examples, VerifyOptions.defaults().layerExamples(EXAMPLES).latencyRuns(0));
  }

  /** Random ones; the generated class takes one target an output. */
  private static <D extends Examples> D examples(ModelSpec spec, Class<D> type)
      throws ReflectiveOperationException {
    Random random = new Random(2);
    List<Object> arguments = new ArrayList<>();
    for (ModelSpec.TensorSpec input : spec.inputs()) {
      arguments.add(Features.of(values(random, input), input.dimensions()));
    }
    for (ModelSpec.TensorSpec output : spec.outputs()) {
      arguments.add(Targets.values(values(random, output), output.dimensions()));
    }
    @SuppressWarnings("unchecked")
    Constructor<D> constructor = (Constructor<D>) type.getConstructors()[0];
    return constructor.newInstance(arguments.toArray());
  }

  private static float[][] values(Random random, ModelSpec.TensorSpec tensor) {
    float[][] values = new float[EXAMPLES][tensor.elements()];
    for (float[] example : values) {
      for (int i = 0; i < example.length; i++) {
        example[i] = (float) (2 * random.nextGaussian());
      }
    }
    return values;
  }
}
