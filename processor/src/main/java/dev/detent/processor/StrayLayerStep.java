package dev.detent.processor;

import static java.util.stream.Collectors.toCollection;

import com.google.auto.common.BasicAnnotationProcessor.Step;
import com.google.common.collect.ImmutableSetMultimap;
import dev.detent.annotations.Block;
import dev.detent.annotations.Model;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.DiagnosticPrinter;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.OperationKind;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;

/** Finds layers in classes that lack {@code @Model}, from which nothing would be generated. */
final class StrayLayerStep implements Step {
  private static final String PACKAGE = Model.class.getPackageName() + ".";

  private final DiagnosticPrinter printer;
  private final Set<Element> reported = new LinkedHashSet<>();

  StrayLayerStep(ProcessingEnvironment environment) {
    this.printer = new DiagnosticPrinter(environment.getMessager(), false);
  }

  @Override
  public Set<String> annotations() {
    return Arrays.stream(OperationKind.values())
        .filter(kind -> kind != OperationKind.CUSTOM) // which stands on an annotation
        .map(kind -> PACKAGE + kind.annotation())
        .collect(toCollection(LinkedHashSet::new)); // its order is that of the messages
  }

  @Override
  public Set<? extends Element> process(ImmutableSetMultimap<String, Element> byAnnotation) {
    Reporter reporter = new Reporter();
    Set<Element> layers = new LinkedHashSet<>(byAnnotation.values());
    for (Element layer : layers) {
      Element owner = layer.getEnclosingElement();
      if (owner.getAnnotation(Model.class) == null && !isBlock(owner) && reported.add(owner)) {
        String first =
            owner.getEnclosedElements().stream()
                .filter(layers::contains)
                .map(each -> each.getSimpleName().toString())
                .findFirst()
                .orElseThrow();
        reporter.report(
            DiagnosticId.MODEL_MISSING,
            SourceRef.of(owner),
            "'"
                + owner.getSimpleName()
                + "' has layers, such as '"
                + first
                + "', but no @Model, so that nothing is generated from it. Annotate it with"
                + " @Model.");
      }
    }
    printer.print(reporter);
    return Set.of();
  }

  /** Whether a class has the layers of a block, which the model that uses it reads. */
  private static boolean isBlock(Element owner) {
    Element annotation = owner.getEnclosingElement();
    return annotation.getAnnotation(Block.class) != null;
  }
}
