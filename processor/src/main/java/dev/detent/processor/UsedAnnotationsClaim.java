package dev.detent.processor;

import com.google.auto.service.AutoService;
import dev.detent.annotations.Model;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Generated;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Claims what else Detent reads and writes, where no annotation of anybody else is left: the user's
 * annotations that stand for Detent's, as blocks and quantizers of his own, and {@code @Generated}
 * on the generated classes. A processor claims all annotations that it is given or none, so where
 * others are left this claims none.
 */
@AutoService(Processor.class)
public final class UsedAnnotationsClaim extends AbstractProcessor {
  private static final String PACKAGE = Model.class.getPackageName();

  /** For {@code javac}. */
  public UsedAnnotationsClaim() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  /** Those of Detent, which are not unknown where no class has a model. */
  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(DetentProcessor.NOTES);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    boolean someone = false;
    for (TypeElement annotation : annotations) {
      if (standsForDetents(annotation) || marksGeneratedModels(annotation, round)) {
        someone = true;
      } else if (!isOfJava(annotation)) {
        return false;
      }
    }
    return someone;
  }

  /** Whether an annotation carries one of Detent's, or another that does. */
  static boolean standsForDetents(TypeElement annotation) {
    return standsForDetents(annotation, new HashSet<>());
  }

  private static boolean standsForDetents(TypeElement annotation, Set<Element> seen) {
    return annotation.getAnnotationMirrors().stream()
        .map(each -> (TypeElement) each.getAnnotationType().asElement())
        .filter(seen::add)
        .anyMatch(
            each ->
                each.getQualifiedName().toString().startsWith(PACKAGE)
                    || standsForDetents(each, seen));
  }

  private static boolean marksGeneratedModels(TypeElement annotation, RoundEnvironment round) {
    return annotation.getQualifiedName().contentEquals(Generated.class.getName())
        && round.getElementsAnnotatedWith(annotation).stream()
            .map(element -> element.getAnnotation(Generated.class))
            .allMatch(mark -> mark.value()[0].equals(DetentProcessor.class.getName()));
  }

  /** Whether {@code javac} itself knows it. */
  private boolean isOfJava(TypeElement annotation) {
    return packageOf(annotation).startsWith("java.lang");
  }

  private String packageOf(Element element) {
    return processingEnv.getElementUtils().getPackageOf(element).getQualifiedName().toString();
  }
}
