package dev.detent.processor;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.detent.annotations.Model;
import dev.detent.processor.diagnostic.DiagnosticPrinter;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;

/**
 * Finds models among the classes that are declared in methods, and annotations of the user's own
 * where nothing reads them. No processor is shown these, so they are looked for once the compiler
 * has read the methods.
 */
final class Unseen implements TaskListener {
  private final Trees trees;
  private final DiagnosticPrinter printer;
  private final StrayStep strays;

  private Unseen(ProcessingEnvironment environment, StrayStep strays) {
    this.trees = Trees.instance(environment);
    this.printer = new DiagnosticPrinter(environment.getMessager(), false);
    this.strays = strays;
  }

  /** Starts to look; only {@code javac} itself lets a processor do so. */
  static void watch(ProcessingEnvironment environment, StrayStep strays) {
    try {
      JavacTask.instance(environment).addTaskListener(new Unseen(environment, strays));
    } catch (IllegalArgumentException | LinkageError e) {
      return; // another compiler, or one that another environment wraps
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

  /** Visits all that is annotated, and classes in methods. */
  private final class Scanner extends TreePathScanner<Void, Void> {
    private boolean isInMethod;

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      boolean outside = isInMethod;
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      isInMethod |=
          !(parent instanceof ClassTree) && parent.getKind() != Tree.Kind.COMPILATION_UNIT;
      check(type.getModifiers());
      super.visitClass(type, unused);
      isInMethod = outside;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      check(method.getModifiers());
      return super.visitMethod(method, unused);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
      check(variable.getModifiers());
      return super.visitVariable(variable, unused);
    }

    private void check(ModifiersTree modifiers) {
      Element element =
          modifiers.getAnnotations().isEmpty() ? null : trees.getElement(getCurrentPath());
      if (element == null) {
        return;
      }
      Reporter reporter = new Reporter();
      if (isInMethod && element.getAnnotation(Model.class) != null) {
        reporter.report(Message.M14_LOCAL_CLASS, SourceRef.of(element), element.getSimpleName());
      } else {
        strays.process(element, reporter);
      }
      printer.print(reporter);
    }
  }
}
