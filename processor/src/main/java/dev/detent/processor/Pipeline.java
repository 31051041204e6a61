package dev.detent.processor;

import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.lowering.Lowering;
import dev.detent.processor.model.ModelDeclaration;
import dev.detent.processor.parse.ModelParser;
import dev.detent.processor.placement.Placement;
import dev.detent.processor.shape.ShapeInference;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** The passes in their order; the first that reports an error is the last that runs. */
final class Pipeline {
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
      if (reporter.errors() == 0) {
        shapes
            .infer(declaration, reporter)
            .map(shaped -> lowering.lower(shaped, reporter))
            .flatMap(lowered -> placement.place(lowered, reporter))
            .ifPresent(placed::add);
      }
    }
    return reporter.errors() > 0 ? List.of() : placed;
  }
}
