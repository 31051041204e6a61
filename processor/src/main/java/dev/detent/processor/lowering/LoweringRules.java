package dev.detent.processor.lowering;

import static dev.detent.processor.lowering.LoweringRule.costly;
import static dev.detent.processor.lowering.LoweringRule.one;
import static dev.detent.processor.lowering.LoweringRule.parts;
import static dev.detent.processor.lowering.LoweringRule.several;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.OperationKind;
import java.util.List;

/** The table of lowering rules: one row a layer. */
final class LoweringRules {
  /** Of SELU, by Klambauer et al., appendix 1.1, as Keras has them. */
  private static final double SELU_ALPHA = 1.6732632423543772;

  private static final double SELU_SCALE = 1.0507009873554805;

  private LoweringRules() {}

  static LoweringRule of(OperationKind kind) {
    return ActivationLowering.withStacked(rule(kind));
  }

  private static LoweringRule rule(OperationKind kind) {
    return switch (kind) {
      case INPUT -> several(LoweringRules::input);
      case CONV_2D -> one(OpCode.CONV_2D);
      case DEPTHWISE_CONV_2D -> one(OpCode.DEPTHWISE_CONV_2D);
      case DENSE -> one(OpCode.FULLY_CONNECTED);
      case MAX_POOL_2D -> one(OpCode.MAX_POOL_2D);
      case AVERAGE_POOL_2D -> one(OpCode.AVERAGE_POOL_2D);
      case GLOBAL_AVERAGE_POOL_2D, MEAN, GLOBAL_AVERAGE_POOL_1D -> one(OpCode.MEAN);
      case FLATTEN, RESHAPE -> one(OpCode.RESHAPE);
      case ZERO_PAD_2D, ZERO_PAD_1D -> one(OpCode.PAD);
      case ADD -> MergeLowering.chain(OpCode.ADD, "sum");
      case MULTIPLY -> MergeLowering.chain(OpCode.MUL, "product");
      case SUBTRACT -> MergeLowering.chain(OpCode.SUB, "difference");
      case MAXIMUM -> MergeLowering.chain(OpCode.MAXIMUM, "maximum");
      case MINIMUM -> MergeLowering.chain(OpCode.MINIMUM, "minimum");
      case AVERAGE -> several(MergeLowering::average);
      case CONCAT -> one(OpCode.CONCATENATION);
      case PERMUTE -> one(OpCode.TRANSPOSE);
      case CROP_1D, CROP_2D, SLICE -> one(OpCode.STRIDED_SLICE);
      case SPLIT -> one(OpCode.SPLIT);
      case SPACE_TO_DEPTH -> one(OpCode.SPACE_TO_DEPTH);
      case DEPTH_TO_SPACE -> one(OpCode.DEPTH_TO_SPACE);
      case UP_SAMPLE_2D, RESIZE -> several(LoweringRules::resize);
      case SUM -> one(OpCode.SUM);
      case MAX, GLOBAL_MAX_POOL_2D, GLOBAL_MAX_POOL_1D -> one(OpCode.REDUCE_MAX);
      case ARG_MAX -> one(OpCode.ARG_MAX);
      case REPEAT_VECTOR -> several(LoweringRules::repeat);
      case PAD -> one(OpCode.MIRROR_PAD);
      case DROPOUT, SPATIAL_DROPOUT_1D, SPATIAL_DROPOUT_2D, STOCHASTIC_DEPTH -> one(OpCode.DROPOUT);
      case RELU -> several(ActivationLowering::relu);
      case CONV_1D -> rowOf(OperationKind.CONV_2D);
      case SEPARABLE_CONV_2D -> several(SeparableConvolutions::lower);
      case SEPARABLE_CONV_1D -> rowOf(OperationKind.SEPARABLE_CONV_2D);
      case CONV_2D_TRANSPOSE -> one(OpCode.TRANSPOSE_CONV);
      case DEPTHWISE_CONV_1D -> rowOf(OperationKind.DEPTHWISE_CONV_2D);
      case CONV_1D_TRANSPOSE -> rowOf(OperationKind.CONV_2D_TRANSPOSE);
      case UP_SAMPLE_1D -> rowOf(OperationKind.UP_SAMPLE_2D, one(OpCode.RESIZE_NEAREST_NEIGHBOR));
      case BATCH_NORM -> several(LoweringRules::scaleAndShift);
      case MAX_POOL_1D -> rowOf(OperationKind.MAX_POOL_2D);
      case AVERAGE_POOL_1D -> rowOf(OperationKind.AVERAGE_POOL_2D);
      case GAUSSIAN_NOISE -> one(OpCode.GAUSSIAN_NOISE);
      case RELU6 -> one(OpCode.RELU6);
      case SOFTMAX -> one(OpCode.SOFTMAX);
      case BATCH_MAT_MUL -> one(OpCode.BATCH_MATMUL);
      case SCALED_DOT_PRODUCT_ATTENTION -> parts(AttentionLowering::scaledDotProductAttention);
      case MULTI_HEAD_ATTENTION -> parts(AttentionLowering::multiHeadAttention);
      case LSTM -> parts(RecurrentLowering::lstm);
      case GRU -> costly(RecurrentLowering::gru);
      case LAYER_NORM -> costly(TableLowering::layerNorm);
      case GROUP_NORMALIZATION -> costly(GroupNormalizationLowering::lower);
      case RMS_NORMALIZATION -> parts(TableLowering::rmsNormalization);
      case LAYER_SCALE -> parts(TableLowering::layerScale);
      case RESCALING -> parts(LoweringRules::rescaling);
      case NORMALIZATION -> parts(TableLowering::normalization);
      case EMBEDDING -> parts(TableLowering::embedding);
      case POSITION_EMBEDDING -> parts(TableLowering::positionEmbedding);
      case HARD_TANH -> one(OpCode.RELU_N1_TO_1);
      case LEAKY_RELU -> one(OpCode.LEAKY_RELU);
      case PRELU -> one(OpCode.PRELU);
      case ELU -> one(OpCode.ELU);
      case HARD_SWISH -> several(ActivationLowering::hardSwish);
      case HARD_SIGMOID -> several(ActivationLowering::hardSigmoid);
      case SIGMOID -> one(OpCode.LOGISTIC);
      case TANH -> one(OpCode.TANH);
      case SWISH -> several(ActivationLowering::swish);
      case GELU -> one(OpCode.GELU);
      case LOG_SOFTMAX -> one(OpCode.LOG_SOFTMAX);
      case L2_NORMALIZE -> one(OpCode.L2_NORMALIZATION);
      case EXPONENTIAL -> one(OpCode.EXP);
      case SOFTPLUS -> parts(LoweringRules::softplus);
      case SELU -> parts(LoweringRules::selu);
      case MISH -> costly(LoweringRules::mish);
      case THRESHOLDED_RELU -> one(OpCode.THRESHOLDED_RELU);
      case CUSTOM -> one(OpCode.CUSTOM);
    };
  }

  /** Indices are integers in any model. */
  private static List<Operation> input(ShapedLayer layer) {
    boolean isIndices = layer.declaration().takesIndices();
    return List.of(Operation.of(isIndices ? OpCode.INDICES : OpCode.INPUT, layer));
  }

  /** A layer over sequences, which is one over images of one row. */
  private static LoweringRule rowOf(OperationKind ofImages) {
    return rowOf(ofImages, rule(ofImages));
  }

  private static LoweringRule rowOf(OperationKind ofImages, LoweringRule rule) {
    return several(layer -> RowImages.lower(layer, ofImages, rule));
  }

  /** A batch norm that nothing takes in: {@code x * factor + shift}. */
  private static List<Operation> scaleAndShift(ShapedLayer layer) {
    Operation scaled =
        Operation.of(OpCode.BATCH_NORM_SCALE, DerivedLayer.partOf(layer).yielding(layer.output()))
            .named(layer.name() + "/scaled");
    return List.of(scaled, Operation.of(OpCode.BATCH_NORM_SHIFT, layer).reading(scaled.name()));
  }

  /**
   * {@code log(1 + exp(x)) = max(x, 0) - log(sigmoid(|x|))}: no part of it is larger than the
   * result, and the logarithm is of 0.5 to 1, which 8 bits hold.
   */
  private static void softplus(Parts parts) {
    String above = parts.add("relu", OpCode.RELU, parts.layer().output(), parts.input(0));
    String log = logOfSigmoid(parts, above);
    parts.add(Parts.RESULT, OpCode.SUB, parts.layer().output(), above, log);
  }

  /** {@code log(sigmoid(|x|))}, of which {@code max(x, 0)} is there already. */
  private static String logOfSigmoid(Parts parts, String above) {
    Shape shape = parts.layer().output();
    String below = parts.add("below", OpCode.SUB, shape, parts.input(0), above);
    String size = parts.add("abs", OpCode.SUB, shape, above, below);
    String sigmoid = parts.add("sigmoid", OpCode.LOGISTIC, shape, size);
    return parts.add("log", OpCode.LOG, shape, sigmoid);
  }

  /**
   * {@code x * tanh(softplus(x))} as {@code -x * tanh(-softplus(x))}: of the tangents that TANH
   * yields, scale 1/128, the largest is short of 1, and the smallest is -1.
   */
  private static void mish(Parts parts) {
    String x = parts.input(0);
    Shape shape = parts.layer().output();
    String above = parts.add("relu", OpCode.RELU, shape, x);
    String log = logOfSigmoid(parts, above);
    String softplus = parts.add("softplus", OpCode.SUB, shape, log, above);
    String gate = parts.add("tanh", OpCode.TANH, shape, softplus);
    String negative = parts.add("negative", OpCode.MUL_NUMBER, shape, PartKeys.NUMBER, -1.0, x);
    parts.add(Parts.RESULT, OpCode.MUL, shape, negative, gate);
  }

  /** ELU's values below 0 lie as far from 0 as LEAKY_RELU makes them, whose slope is above 1. */
  private static void selu(Parts parts) {
    Shape shape = parts.layer().output();
    String elu = parts.add("elu", OpCode.ELU, shape, parts.input(0));
    String steeper =
        parts.add("leakyRelu", OpCode.LEAKY_RELU, shape, AttributeKey.LEAKY_SLOPE, SELU_ALPHA, elu);
    parts.add(Parts.RESULT, OpCode.MUL_NUMBER, shape, PartKeys.NUMBER, SELU_SCALE, steeper);
  }

  private static void rescaling(Parts parts) {
    Shape shape = parts.layer().output();
    String x = parts.input(0);
    double scale = parts.get(AttributeKey.RESCALING_SCALE);
    double offset = parts.get(AttributeKey.OFFSET);
    if ((float) offset == 0) {
      parts.add(Parts.RESULT, OpCode.MUL_NUMBER, shape, PartKeys.NUMBER, scale, x);
      return;
    }
    String scaled = parts.add("scaled", OpCode.MUL_NUMBER, shape, PartKeys.NUMBER, scale, x);
    parts.add(Parts.RESULT, OpCode.ADD_NUMBER, shape, PartKeys.NUMBER, offset, scaled);
  }

  /** TILE repeats along axes that are there: the row gets one in front. */
  private static List<Operation> repeat(ShapedLayer layer) {
    Operation row =
        Operation.of(OpCode.RESHAPE, layer)
            .named(layer.name() + "/row")
            .yielding(layer.inputs().get(0).ofRank(2));
    return List.of(row, Operation.of(OpCode.TILE, layer).reading(row.name()));
  }

  /** Which of the two resizes it is. */
  private static List<Operation> resize(ShapedLayer layer) {
    OpCode code =
        switch (layer.declaration().attributes().get(AttributeKey.INTERPOLATION)) {
          case NEAREST -> OpCode.RESIZE_NEAREST_NEIGHBOR;
          case BILINEAR -> OpCode.RESIZE_BILINEAR;
        };
    return List.of(Operation.of(code, layer));
  }
}
