package dev.detent.inference;

import java.util.function.Function;

/**
 * The operators of the schema that this engine computes, under its names ({@code BuiltinOperator}).
 */
enum Operator {
  ADD(0, node -> Merging.sum(node, 1)),
  ARG_MAX(56, Reducing::indexOfMaximum),
  AVERAGE_POOL_2D(1, Pooling::average),
  BATCH_MATMUL(126, Dense::batchMatMul),
  CAST(53, Quantizing::cast),
  CONCATENATION(2, Moving::concatenation),
  CONV_2D(3, Convolution::conv2d),
  DEPTH_TO_SPACE(5, node -> Moving.blocks(node, false)),
  DEPTHWISE_CONV_2D(4, Convolution::depthwise),
  DEQUANTIZE(6, Quantizing::dequantize),
  ELU(111, Elementwise::elu),
  EXP(47, Elementwise::exp),
  EXPAND_DIMS(70, Moving::reshape),
  FULLY_CONNECTED(9, Dense::fullyConnected),
  GATHER(36, Moving::gather),
  GELU(150, Elementwise::gelu),
  GREATER(61, Merging::greater),
  HARD_SWISH(117, Elementwise::hardSwish),
  L2_NORMALIZATION(11, Normalizing::l2),
  LEAKY_RELU(98, Elementwise::leakyRelu),
  LOG(73, Elementwise::log),
  LOG_SOFTMAX(50, Normalizing::logSoftmax),
  LOGISTIC(14, Elementwise::logistic),
  MAX_POOL_2D(17, Pooling::maximum),
  MAXIMUM(55, Merging::maximum),
  MEAN(40, Reducing::mean),
  MINIMUM(57, Merging::minimum),
  MIRROR_PAD(100, Moving::mirrorPad),
  MUL(18, Merging::product),
  PACK(83, Moving::pack),
  PAD(34, Moving::pad),
  PRELU(54, Elementwise::prelu),
  QUANTIZE(114, Quantizing::quantize),
  REDUCE_MAX(82, Reducing::maximum),
  RELU(19, node -> Elementwise.relu(node, 0, Float.POSITIVE_INFINITY)),
  RELU6(21, node -> Elementwise.relu(node, 0, 6)),
  RELU_N1_TO_1(20, node -> Elementwise.relu(node, -1, 1)),
  RESHAPE(22, Moving::reshape),
  RESIZE_BILINEAR(23, Resizing::bilinear),
  RESIZE_NEAREST_NEIGHBOR(97, Moving::resizeNearest),
  SELECT_V2(123, Merging::select),
  SHAPE(77, Moving::shape),
  SOFTMAX(25, Normalizing::softmax),
  SPACE_TO_DEPTH(26, node -> Moving.blocks(node, true)),
  SPLIT(49, Moving::split),
  SQUEEZE(43, Moving::reshape),
  STRIDED_SLICE(45, Moving::stridedSlice),
  SUB(41, node -> Merging.sum(node, -1)),
  SUM(74, Reducing::sum),
  TANH(28, Elementwise::tanh),
  TILE(69, Moving::tile),
  TRANSPOSE(39, Moving::transpose),
  TRANSPOSE_CONV(67, TransposedConvolution::of),
  UNIDIRECTIONAL_SEQUENCE_LSTM(44, Lstm::of);

  private static final int CUSTOM = 32;

  private final int code;
  private final Function<Node, Kernel> factory;

  Operator(int code, Function<Node, Kernel> factory) {
    this.code = code;
    this.factory = factory;
  }

  /** The operator of a number in the schema. */
  static Operator of(int code, String customName) {
    if (code == CUSTOM) {
      throw new ModelFormatException(
          "it has the custom operation '" + customName + "', which this engine does not compute");
    }
    for (Operator operator : values()) {
      if (operator.code == code) {
        return operator;
      }
    }
    throw new ModelFormatException(
        "it has the operation number " + code + ", which this engine does not compute");
  }

  Kernel kernel(Node node) {
    return factory.apply(node);
  }
}
