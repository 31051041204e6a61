package dev.detent.runtime.network;

/**
 * Reads operations, each kind in a method of its own: a reader that forgets one does not compile.
 *
 * @param <R> what it makes of an operation
 */
public interface OperationReader<R> {
  /** An input of the model. */
  R read(Operation.Input input);

  /** A trained constant. */
  R read(Operation.Parameter parameter);

  /** A convolution or a dense layer. */
  R read(Operation.Weighted weighted);

  /** Half of a batch norm that stands alone. */
  R read(Operation.BatchNorm norm);

  /** A pooling. */
  R read(Operation.Pool pool);

  /** A reduction. */
  R read(Operation.Reduction reduction);

  /** ARG_MAX. */
  R read(Operation.ArgMax argMax);

  /** An operation on two tensors, value by value. */
  R read(Operation.Binary binary);

  /** An operation on a tensor and a number. */
  R read(Operation.WithNumber operation);

  /** An operation on one tensor, which has no attributes. */
  R read(Operation.Unary unary);

  /** L2_NORMALIZATION of centered vectors. */
  R read(Operation.CenteredUnit unit);

  /** LEAKY_RELU. */
  R read(Operation.LeakyRelu relu);

  /** PRELU. */
  R read(Operation.PRelu relu);

  /** SELECT_V2 of what is above a number. */
  R read(Operation.ThresholdedRelu relu);

  /** SOFTMAX. */
  R read(Operation.Softmax softmax);

  /** BATCH_MATMUL. */
  R read(Operation.BatchMatMul product);

  /** UNIDIRECTIONAL_SEQUENCE_LSTM. */
  R read(Operation.Lstm lstm);

  /** GATHER. */
  R read(Operation.Gather gather);

  /** CONCATENATION. */
  R read(Operation.Concatenation concatenation);

  /** RESHAPE. */
  R read(Operation.Reshape reshape);

  /** TRANSPOSE. */
  R read(Operation.Transpose transpose);

  /** PAD or MIRROR_PAD. */
  R read(Operation.Pad pad);

  /** STRIDED_SLICE. */
  R read(Operation.StridedSlice slice);

  /** One part of a SPLIT. */
  R read(Operation.Split split);

  /** SPACE_TO_DEPTH or DEPTH_TO_SPACE. */
  R read(Operation.Blocks blocks);

  /** TILE. */
  R read(Operation.Tile tile);

  /** A resize. */
  R read(Operation.Resize resize);

  /** What acts in training only. */
  R read(Operation.Noise noise);

  /** A second name. */
  R read(Operation.Alias alias);

  /** QUANTIZE. */
  R read(Operation.Quantize quantize);

  /** DEQUANTIZE. */
  R read(Operation.Dequantize dequantize);

  /** An operation of the user's own. */
  R read(Operation.Custom custom);
}
