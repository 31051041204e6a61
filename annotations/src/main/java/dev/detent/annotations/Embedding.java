package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A trained vector for each of {@code inputDim} indices: Keras's {@code Embedding}, TFLite's {@code
 * GATHER} from a constant table.
 *
 * <p>Indices {@code [...]} become {@code [..., outputDim]}. It reads an {@link Input} of {@link
 * DataType#INT32}, whose values must be from 0 to {@code inputDim - 1}. Quantized, the table is
 * int8 with one scale, which its output shares.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Embedding {
  /** How many vectors there are, at least 1. */
  int inputDim() default 0;

  /** Size of one vector, at least 1. */
  int outputDim() default 0;

  /** How the vectors start. */
  Initializer embeddingsInitializer() default Initializer.RANDOM_UNIFORM;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
