package dev.detent.processor;

import static java.util.stream.Collectors.toCollection;

import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.CustomLayer;
import dev.detent.annotations.KeepFloat;
import dev.detent.annotations.Model;
import dev.detent.annotations.Output;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.annotations.Variant;
import dev.detent.annotations.Variants;
import dev.detent.annotations.When;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.OperationKind;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * Finds annotations where nothing reads them: layers in classes that lack {@code @Model}, and what
 * belongs to a model or a layer on something else.
 */
final class StrayStep extends ElementStep<Element> {
  private static final String PACKAGE = Model.class.getPackageName() + ".";
  private static final Set<String> LAYERS =
      Arrays.stream(OperationKind.values())
          .filter(kind -> kind != OperationKind.CUSTOM) // which stands on an annotation
          .map(kind -> PACKAGE + kind.annotation())
          .collect(toCollection(LinkedHashSet::new)); // its order is that of the messages
  private static final Set<String> OTHERS =
      Stream.<Class<? extends Annotation>>of(
              Bind.class,
              When.class,
              Output.class,
              KeepFloat.class,
              Quantize.class,
              QuantizeConfig.class,
              Variant.class,
              Variants.class)
          .map(Class::getName)
          .collect(toCollection(LinkedHashSet::new));

  private static final Set<String> ALL =
      Stream.of(LAYERS, OTHERS).flatMap(Set::stream).collect(toCollection(LinkedHashSet::new));

  private final Set<Element> reported = new LinkedHashSet<>();

  StrayStep(ProcessingEnvironment environment) {
    super(environment, Element.class, ALL);
  }

  @Override
  void process(Element element, Reporter reporter) {
    boolean isField = element.getKind().isField();
    if (element.getKind() == ElementKind.ANNOTATION_TYPE) {
      return; // it stands for that
    }
    if (!isField && !(element instanceof TypeElement)) {
      reportWithoutEffect(Message.M15_WITHOUT_EFFECT, element, reporter);
      return;
    }
    Element owner = isField ? Objects.requireNonNull(element.getEnclosingElement()) : element;
    if (owner.getAnnotation(Model.class) != null) {
      if (isField && element.getModifiers().contains(Modifier.STATIC) && !isLayer(element)) {
        reportWithoutEffect(Message.M15_WITHOUT_EFFECT, element, reporter);
      }
    } else if (isBlock(owner)) {
      if (!isField) {
        reportWithoutEffect(Message.M15_ON_BLOCK, element, reporter);
      }
    } else if (owner.getEnclosedElements().stream().anyMatch(StrayStep::isLayer)) {
      reportModelMissing(owner, reporter);
    } else {
      reportWithoutEffect(
          isField ? Message.M15_IN_CLASS_WITHOUT_MODEL : Message.M15_CLASS_WITHOUT_MODEL,
          element,
          reporter);
    }
  }

  private void reportModelMissing(Element owner, Reporter reporter) {
    if (reported.add(owner)) {
      String first =
          owner.getEnclosedElements().stream()
              .filter(StrayStep::isLayer)
              .map(each -> each.getSimpleName().toString())
              .findFirst()
              .orElseThrow();
      reporter.report(Message.M11_MODEL_MISSING, SourceRef.of(owner), owner.getSimpleName(), first);
    }
  }

  private static void reportWithoutEffect(Message message, Element element, Reporter reporter) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (OTHERS.contains(nameOf(mirror)) || UsedAnnotationsClaim.standsForDetents(type(mirror))) {
        reporter.report(
            message,
            SourceRef.of(element, mirror),
            type(mirror).getSimpleName(),
            element.getSimpleName());
      }
    }
  }

  private static boolean isLayer(Element element) {
    return element.getKind().isField()
        && element.getAnnotationMirrors().stream()
            .anyMatch(
                each ->
                    LAYERS.contains(nameOf(each))
                        || type(each).getAnnotation(CustomLayer.class) != null
                        || type(each).getAnnotation(Block.class) != null);
  }

  private static TypeElement type(AnnotationMirror mirror) {
    return (TypeElement) mirror.getAnnotationType().asElement();
  }

  private static String nameOf(AnnotationMirror mirror) {
    return type(mirror).getQualifiedName().toString();
  }

  /** Whether a class has the layers of a block, which the model that uses it reads. */
  private static boolean isBlock(Element owner) {
    Element around = owner.getEnclosingElement();
    return around != null && around.getAnnotation(Block.class) != null;
  }
}
