package dev.detent.processor.shape;

import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.Optional;

/** The table of shape rules: one row a layer. */
final class ShapeRules {
  private ShapeRules() {}

  /** The shapes of one layer; empty, and reported, if something is wrong. */
  static Optional<Inferred> infer(UnshapedLayer layer) {
    return switch (layer.declaration().operation()) {
      case INPUT -> Optional.of(new Inferred(new Shape(layer.get(AttributeKey.INPUT_SHAPE))));
      case CONV_2D -> layer.image().flatMap(in -> ConvolutionShapes.convolution(layer, in));
      case CONV_1D -> layer.sequence().flatMap(in -> ConvolutionShapes.convolution(layer, in));
      case DEPTHWISE_CONV_2D -> layer.image().flatMap(in -> ConvolutionShapes.depthwise(layer, in));
      case DEPTHWISE_CONV_1D ->
          layer.sequence().flatMap(in -> ConvolutionShapes.depthwise(layer, in));
      case SEPARABLE_CONV_2D -> layer.image().flatMap(in -> ConvolutionShapes.separable(layer, in));
      case SEPARABLE_CONV_1D ->
          layer.sequence().flatMap(in -> ConvolutionShapes.separable(layer, in));
      case CONV_2D_TRANSPOSE ->
          layer.image().flatMap(in -> ConvolutionShapes.transposed(layer, in));
      case CONV_1D_TRANSPOSE ->
          layer.sequence().flatMap(in -> ConvolutionShapes.transposed(layer, in));
      case DENSE -> ConvolutionShapes.dense(layer);
      case MAX_POOL_2D, AVERAGE_POOL_2D ->
          layer.image().flatMap(in -> Windows.ofPool(layer)).map(Inferred::new);
      case MAX_POOL_1D, AVERAGE_POOL_1D ->
          layer.sequence().flatMap(in -> Windows.ofPool(layer)).map(Inferred::new);
      case GLOBAL_AVERAGE_POOL_2D, GLOBAL_MAX_POOL_2D ->
          layer.image().flatMap(in -> ReducedShapes.global(layer, in));
      case GLOBAL_AVERAGE_POOL_1D, GLOBAL_MAX_POOL_1D ->
          layer.sequence().flatMap(in -> ReducedShapes.global(layer, in));
      case MEAN, SUM, MAX -> ReducedShapes.reduce(layer);
      case ARG_MAX -> ReducedShapes.argMax(layer);
      case FLATTEN -> layer.output(layer.input().elements());
      case RESHAPE -> ArrangedShapes.reshape(layer);
      case PERMUTE -> ArrangedShapes.permute(layer);
      case ZERO_PAD_1D -> layer.sequence().flatMap(in -> ArrangedShapes.zeroPad1D(layer, in));
      case ZERO_PAD_2D -> layer.image().flatMap(in -> ArrangedShapes.zeroPad2D(layer, in));
      case PAD -> layer.image().flatMap(in -> ArrangedShapes.mirrorPad(layer, in));
      case SPACE_TO_DEPTH -> layer.image().flatMap(in -> ArrangedShapes.spaceToDepth(layer, in));
      case DEPTH_TO_SPACE -> layer.image().flatMap(in -> ArrangedShapes.depthToSpace(layer, in));
      case UP_SAMPLE_2D -> layer.image().flatMap(in -> ArrangedShapes.upSample(layer, in));
      case UP_SAMPLE_1D -> layer.sequence().flatMap(in -> ArrangedShapes.upSample(layer, in));
      case RESIZE -> layer.image().flatMap(in -> ArrangedShapes.resize(layer, in));
      case REPEAT_VECTOR -> ArrangedShapes.repeat(layer);
      case CROP_1D ->
          layer.sequence().flatMap(in -> PartShapes.crop(layer, AttributeKey.CROPPING_ENDS));
      case CROP_2D -> layer.image().flatMap(in -> PartShapes.crop(layer, AttributeKey.CROPPING));
      case SLICE -> PartShapes.slice(layer);
      case SPLIT -> PartShapes.split(layer);
      case ADD, MULTIPLY, SUBTRACT, MAXIMUM, MINIMUM, AVERAGE -> MergeShapes.broadcast(layer);
      case CONCAT -> MergeShapes.concat(layer);
      case DROPOUT,
          GAUSSIAN_NOISE,
          RELU,
          RELU6,
          HARD_TANH,
          LEAKY_RELU,
          ELU,
          HARD_SWISH,
          HARD_SIGMOID,
          SIGMOID,
          TANH,
          SWISH,
          GELU,
          EXPONENTIAL,
          SOFTPLUS,
          SELU,
          MISH,
          RESCALING,
          STOCHASTIC_DEPTH ->
          Optional.of(new Inferred(layer.input()));
      case SPATIAL_DROPOUT_1D -> layer.sequence().map(Inferred::new);
      case SPATIAL_DROPOUT_2D -> layer.image().map(Inferred::new);
      case SOFTMAX, LOG_SOFTMAX -> ActivationShapes.overLastAxis(layer);
      case L2_NORMALIZE -> ActivationShapes.l2Normalize(layer);
      case THRESHOLDED_RELU -> layer.fewAxes().map(Inferred::new);
      case PRELU -> ActivationShapes.prelu(layer);
      case BATCH_NORM -> TableShapes.batchNorm(layer);
      case LAYER_NORM -> TableShapes.layerNorm(layer);
      case GROUP_NORMALIZATION -> TableShapes.groupNormalization(layer);
      case RMS_NORMALIZATION, LAYER_SCALE -> TableShapes.scaled(layer);
      case NORMALIZATION -> TableShapes.normalization(layer);
      case EMBEDDING -> TableShapes.embedding(layer);
      case POSITION_EMBEDDING -> TableShapes.positionEmbedding(layer);
      case BATCH_MAT_MUL -> AttentionShapes.batchMatMul(layer);
      case SCALED_DOT_PRODUCT_ATTENTION -> AttentionShapes.scaledDotProductAttention(layer);
      case MULTI_HEAD_ATTENTION -> AttentionShapes.multiHeadAttention(layer);
      case LSTM -> RecurrentShapes.lstm(layer);
      case GRU -> RecurrentShapes.gru(layer);
      case CUSTOM -> custom(layer);
    };
  }

  private static Optional<Inferred> custom(UnshapedLayer layer) {
    return layer
        .declaration()
        .custom()
        .orElseThrow()
        .sizing()
        .of(
            layer.inputs().stream().map(Shape::sizes).toList(),
            layer.declaration().name(),
            layer.declaration().source().operation(),
            layer.reporter())
        .map(
            sizes -> {
              Shape output = new Shape(sizes.output());
              return new Inferred(
                  output,
                  Optional.empty(),
                  output.channels(),
                  sizes.multiplyAccumulates(),
                  0,
                  sizes.weights());
            });
  }
}
