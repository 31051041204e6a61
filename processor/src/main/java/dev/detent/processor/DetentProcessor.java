package dev.detent.processor;

import com.google.auto.common.BasicAnnotationProcessor;
import com.google.auto.service.AutoService;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Processor;
import javax.lang.model.SourceVersion;

/**
 * Compiles the classes annotated with {@code @Model}. {@code javac} finds it on the processor path.
 *
 * <p>It keeps nothing from one class to the next but the names that it has generated and those of
 * schemes that are not valid, reads and writes no file besides the generated sources, and gives
 * each of them one originating element: Gradle may run it incrementally, as an isolating processor.
 *
 * <p>Option {@code -Adetent.notes=true} prints what it decided where that may surprise.
 */
@AutoService(Processor.class)
public final class DetentProcessor extends BasicAnnotationProcessor {
  /** The option that has notes printed. */
  static final String NOTES = "detent.notes";

  /** For {@code javac}. */
  public DetentProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(NOTES);
  }

  @Override
  protected List<Step> steps() {
    Set<String> brokenSchemes = new HashSet<>();
    StrayStep strays = new StrayStep(processingEnv);
    Unseen.watch(processingEnv, strays);
    return List.of(
        new SchemeStep(processingEnv, brokenSchemes),
        new CustomLayerStep(processingEnv),
        new ModelStep(processingEnv, brokenSchemes),
        strays);
  }
}
