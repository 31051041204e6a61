package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import dev.detent.processor.diagnostic.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Each {@code reporter.report(Message.X, at, ...)} passes as many values as the text takes. */
class MessageCallsTest {
  private static final Set<String> CALLS = Set.of("report", "reportOnce", "refuse");

  @Test
  void everyCallPassesAsManyValuesAsTheTextTakes() throws IOException {
    List<String> wrong = new ArrayList<>();
    int[] calls = {0};
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(Sources.MODULE.resolve("src/main/java"))) {
      List<Path> java = sources.filter(each -> each.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(java));
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
          if (call.getMethodSelect() instanceof MemberSelectTree method
              && CALLS.contains(method.getIdentifier().toString())) {
            for (Message message : messages(call.getArguments().get(0))) {
              calls[0]++;
              if (call.getArguments().size() - 2 != message.parameters().size()) {
                wrong.add(message.parameters() + " in " + call);
              }
            }
          }
          return super.visitMethodInvocation(call, unused);
        }
      }.scan(task.parse(), null);
    }

    assertThat(wrong).isEmpty();
    assertThat(calls[0]).isGreaterThan(100);
  }

  private static List<Message> messages(ExpressionTree argument) {
    if (argument instanceof ConditionalExpressionTree choice) {
      return Stream.of(choice.getTrueExpression(), choice.getFalseExpression())
          .flatMap(each -> messages(each).stream())
          .toList();
    }
    return argument instanceof MemberSelectTree constant
            && constant.getExpression().toString().equals("Message")
        ? List.of(Message.valueOf(constant.getIdentifier().toString()))
        : List.of();
  }
}
