package dev.detent.processor.parse;

import dev.detent.annotations.CustomLayer;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.OutputRange;
import dev.detent.processor.expression.Expression;
import dev.detent.processor.model.ClassRef;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * An annotation of the user's own that is a layer, valid as far as it shows without a use.
 *
 * @param annotation its simple name
 * @param implementation the class that computes it
 * @param parameters the attributes that go to the class's constructor
 * @param inputs how many layers it reads where it names them; 0 for any number
 * @param namesInputs whether it names what it reads
 * @param shape the sizes of its output; empty for those of its first input
 * @param weights what it trains
 * @param multiplyAccumulates for one example
 * @param takesActivation whether an activation may follow it
 * @param takesBatchNorm whether a batch norm may follow it
 * @param range which range its output has
 * @param scale of a fixed one
 * @param zeroPoint of a fixed one
 */
record CustomDeclaration(
    String annotation,
    ClassRef implementation,
    List<ExecutableElement> parameters,
    int inputs,
    boolean namesInputs,
    Text shape,
    List<WeightText> weights,
    Text multiplyAccumulates,
    boolean takesActivation,
    boolean takesBatchNorm,
    OutputRange range,
    double scale,
    int zeroPoint) {

  /** The layers' names, as an attribute. */
  static final String NAMES = "value";

  /** The layer's name, as an attribute. */
  static final String FROM = "from";

  /** Expressions, and how the user wrote them. */
  record Text(String text, List<Expression> expressions) {}

  /** A weight, its sizes as expressions. */
  record WeightText(String name, Text shape, Initializer initializer, boolean isQuantized) {}

  /** The annotations of a field that are custom layers. */
  static List<AnnotationMirror> of(Element field) {
    return field.getAnnotationMirrors().stream()
        .filter(each -> mirror(each).isPresent())
        .<AnnotationMirror>map(each -> each)
        .toList();
  }

  /** The {@code @CustomLayer} of an annotation's type. */
  static Optional<AnnotationMirror> mirror(AnnotationMirror used) {
    return mirror(Annotations.type(used));
  }

  /** The {@code @CustomLayer} of a type. */
  static Optional<AnnotationMirror> mirror(TypeElement type) {
    return new Annotations(type).find(CustomLayer.class);
  }
}
