package dev.detent.processor;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.detent.annotations.Model;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.DiagnosticPrinter;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;

/**
 * Finds models among the classes that are declared in methods. No processor is shown these, so that
 * they are looked for once the compiler has read the methods.
 */
final class LocalClasses implements TaskListener {
  private final Trees trees;
  private final DiagnosticPrinter printer;
  private final StrayStep strays;

  private LocalClasses(ProcessingEnvironment environment, StrayStep strays) {
    this.trees = Trees.instance(environment);
    this.printer = new DiagnosticPrinter(environment.getMessager(), false);
    this.strays = strays;
  }

  /** Starts to look; only {@code javac} itself lets a processor do so. */
  static void watch(ProcessingEnvironment environment, StrayStep strays) {
    try {
      JavacTask.instance(environment).addTaskListener(new LocalClasses(environment, strays));
    } catch (IllegalArgumentException | LinkageError e) {
      return; // another compiler, or one behind another's environment
    }
  }

  @Override
  public void finished(TaskEvent event) {
    if (event.getKind() == TaskEvent.Kind.ANALYZE && event.getTypeElement() != null) {
      TreePath path = trees.getPath(event.getTypeElement());
      if (path != null) {
        new Scanner().scan(path, null);
      }
    }
  }

  /** Visits classes, those in methods among them. */
  private final class Scanner extends TreePathScanner<Void, Void> {
    private boolean isInMethod;

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      boolean outside = isInMethod;
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      isInMethod |=
          !(parent instanceof ClassTree) && parent.getKind() != Tree.Kind.COMPILATION_UNIT;
      if (isInMethod) {
        check(trees.getElement(getCurrentPath()));
      }
      super.visitClass(type, unused);
      isInMethod = outside;
      return null;
    }
  }

  private void check(Element type) {
    if (type == null) {
      return;
    }
    Reporter reporter = new Reporter();
    if (type.getAnnotation(Model.class) != null) {
      reporter.report(
          DiagnosticId.MODEL_LOCAL,
          SourceRef.of(type),
          "Model "
              + type.getSimpleName()
              + " is declared in a method, where the compiler shows it to no annotation processor, so"
              + " that nothing is generated from it. Move it out: make it a class of its own, or a"
              + " static nested one.");
    } else {
      strays.process(type, reporter);
      type.getEnclosedElements().stream()
          .filter(each -> each.getKind().isField())
          .forEach(each -> strays.process(each, reporter));
    }
    printer.print(reporter);
  }
}
