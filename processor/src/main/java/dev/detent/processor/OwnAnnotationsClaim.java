package dev.detent.processor;

import com.google.auto.service.AutoService;
import dev.detent.annotations.Model;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Claims Detent's annotations after {@link DetentProcessor}, so that {@code javac -Xlint:all} does
 * not warn that nobody did. A processor that wants to see them too comes before Detent's on the
 * processor path.
 */
@AutoService(Processor.class)
public final class OwnAnnotationsClaim extends AbstractProcessor {
  /** For {@code javac}. */
  public OwnAnnotationsClaim() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(Model.class.getPackageName() + ".*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return true;
  }
}
