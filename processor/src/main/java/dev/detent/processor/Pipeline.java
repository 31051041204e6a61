package dev.detent.processor;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.ShapedModel;
import dev.detent.processor.lowering.Lowering;
import dev.detent.processor.model.ModelDeclaration;
import dev.detent.processor.parse.ModelParser;
import dev.detent.processor.placement.Placement;
import dev.detent.processor.shape.ShapeInference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/**
 * The passes in their order. Where one reports an error, those after it check what does not depend
 * on that: all that is wrong is said at once, and nothing is generated.
 */
final class Pipeline {
  /** The codes of what leaves a model without a scheme that others could be checked against. */
  private static final Set<String> SCHEMES =
      Set.of(Message.Q13_NOT_A_SCHEME.code(), Message.Q14_TWO_SCHEMES.code());

  private final ModelParser parser;
  private final ShapeInference shapes = new ShapeInference();
  private final Lowering lowering = new Lowering();
  private final Placement placement = new Placement();

  Pipeline(ModelParser parser) {
    this.parser = parser;
  }

  /** The model and its variants. */
  List<PlacedModel> run(TypeElement type, Reporter reporter) {
    List<PlacedModel> placed = new ArrayList<>();
    for (ModelDeclaration declaration : parser.parse(type, reporter)) {
      ShapedModel shaped = shapes.infer(declaration, reporter);
      if (reporter.errors() == 0) {
        placement.place(lowering.lower(shaped, reporter), reporter).ifPresent(placed::add);
      } else if (reporter.diagnostics().stream()
          .noneMatch(each -> SCHEMES.contains(each.message().code()))) {
        placement.check(lowering.lower(shaped, new Reporter()), reporter);
      }
    }
    return reporter.errors() > 0 ? List.of() : placed;
  }
}
