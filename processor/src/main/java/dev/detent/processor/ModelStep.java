package dev.detent.processor;

import com.google.auto.common.GeneratedAnnotations;
import com.squareup.javapoet.JavaFile;
import dev.detent.annotations.Model;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.emit.InferenceWriter;
import dev.detent.processor.emit.ModelWriter;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.model.ClassRef;
import dev.detent.processor.parse.ModelParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Compiles one class at a time. */
final class ModelStep extends ElementStep<TypeElement> {
  private final Set<String> brokenSchemes;
  private final Map<String, String> names = new HashMap<>();

  ModelStep(ProcessingEnvironment environment, Set<String> brokenSchemes) {
    super(environment, TypeElement.class, Set.of(Model.class.getName()));
    this.brokenSchemes = brokenSchemes;
  }

  @Override
  void process(TypeElement type, Reporter reporter) {
    ModelParser parser =
        new ModelParser(
            environment().getElementUtils(), environment().getTypeUtils(), brokenSchemes);
    new Pipeline(parser).run(type, reporter).forEach(model -> write(model, type, reporter));
  }

  private void write(PlacedModel model, TypeElement type, Reporter reporter) {
    ModelWriter.Originating originating = spec -> spec.addOriginatingElement(type);
    boolean isWritten =
        write(
            model,
            model.shaped().declaration().family().generated(),
            type,
            () ->
                ModelWriter.write(
                    model,
                    generatedAnnotation(),
                    originating,
                    simpleName -> isInPackage(simpleName, type)),
            reporter);
    // What keeps the one from being written most likely keeps the other.
    if (isWritten && environment().getElementUtils().getTypeElement(InferenceWriter.BASE) != null) {
      write(
          model,
          InferenceWriter.nameOf(model),
          type,
          () -> InferenceWriter.write(model, generatedAnnotation(), originating),
          reporter);
    }
  }

  /** Writes a class, or reports what keeps it from being written. */
  private boolean write(
      PlacedModel model,
      ClassRef written,
      TypeElement type,
      Supplier<JavaFile> source,
      Reporter reporter) {
    ClassRef name = model.shaped().declaration().family();
    String generated = written.qualifiedName();
    String other = names.putIfAbsent(generated, name.qualifiedName());
    if (other != null) {
      reporter.report(
          Message.M09_NAME_CLASH, SourceRef.of(type), other, name.qualifiedName(), generated);
      return false;
    }
    try {
      source.get().writeTo(environment().getFiler());
      return true;
    } catch (FilerException e) {
      reporter.report(Message.M10_NAME_TAKEN, SourceRef.of(type), name.qualifiedName(), generated);
    } catch (IOException e) {
      reporter.report(Message.M12_NOT_WRITTEN, SourceRef.of(type), generated, e);
    }
    return false;
  }

  private boolean isInPackage(String simpleName, TypeElement type) {
    Elements elements = environment().getElementUtils();
    String prefix = elements.getPackageOf(type).getQualifiedName().toString();
    return elements.getTypeElement(prefix.isEmpty() ? simpleName : prefix + "." + simpleName)
        != null;
  }

  private Optional<ClassRef> generatedAnnotation() {
    return GeneratedAnnotations.generatedAnnotation(
            environment().getElementUtils(), environment().getSourceVersion())
        .map(
            type ->
                new ClassRef(
                    environment()
                        .getElementUtils()
                        .getPackageOf(type)
                        .getQualifiedName()
                        .toString(),
                    List.of(type.getSimpleName().toString())));
  }
}
