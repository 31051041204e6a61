package dev.detent.processor;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** A processor that is given another filer than {@code javac}'s. */
final class ReplacedFiler extends AbstractProcessor {
  private final Processor processor;
  private final UnaryOperator<Filer> replacement;

  private ReplacedFiler(Processor processor, UnaryOperator<Filer> replacement) {
    this.processor = processor;
    this.replacement = replacement;
  }

  /** On a machine that cannot write. */
  static ReplacedFiler failing(Processor processor, Supplier<Exception> fault) {
    return new ReplacedFiler(
        processor,
        filer ->
            proxy(
                Filer.class,
                (self, method, arguments) -> {
                  throw fault.get();
                }));
  }

  /** With each call and its arguments added to a list: the method's name, then they. */
  static ReplacedFiler recording(Processor processor, List<List<Object>> calls) {
    return new ReplacedFiler(
        processor,
        filer ->
            proxy(
                Filer.class,
                (self, method, arguments) -> {
                  List<Object> call = new ArrayList<>(List.of(method.getName()));
                  for (Object argument : arguments) {
                    call.addAll(
                        argument instanceof Object[] several
                            ? Arrays.asList(several)
                            : Arrays.asList(argument));
                  }
                  calls.add(call);
                  return invoke(method, filer, arguments);
                }));
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    Filer filer = replacement.apply(environment.getFiler());
    processor.init(
        proxy(
            ProcessingEnvironment.class,
            (self, method, arguments) ->
                method.getReturnType() == Filer.class
                    ? filer
                    : invoke(method, environment, arguments)));
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return processor.getSupportedAnnotationTypes();
  }

  @Override
  public Set<String> getSupportedOptions() {
    return processor.getSupportedOptions();
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return processor.getSupportedSourceVersion();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return processor.process(annotations, round);
  }
}
