// For JShell: docs/GETTING-STARTED.md says how it is started.
import dev.detent.annotations.*;
import dev.detent.runtime.data.*;
import dev.detent.runtime.train.*;
import java.nio.file.*;
import javax.tools.ToolProvider;

/** Compiles a public class with its model, into the package "models". */
void model(String source) throws Exception {
  String header = "package models;\nimport dev.detent.annotations.*;\n";
  String name = source.replaceFirst("(?s).*?\\bclass (\\w+).*", "$1");
  Path folder = Path.of("target", "shell");
  Path file = Files.writeString(folder.resolve(name + ".java"), header + source);
  String classPath = System.getProperty("java.class.path");
  int errors =
      ToolProvider.getSystemJavaCompiler()
          .run(null, null, null, "-cp", classPath, "-d", folder.toString(), file.toString());
  System.out.println(errors == 0 ? "models." + name + "Model can be used now" : "not compiled");
}
