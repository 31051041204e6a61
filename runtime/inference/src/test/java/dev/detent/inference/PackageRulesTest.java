package dev.detent.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** What a deployed program brings along: the JDK's core, without reflection. */
class PackageRulesTest {

  @Test
  void needsNothingButTheCoreOfTheJdk() throws Exception {
    assertThat(jdeps("--print-module-deps")).isEqualTo("java.base");
    assertThat(jdeps("-verbose:package")).contains("java.util").doesNotContain("java.lang.reflect");
  }

  private static String jdeps(String option) throws Exception {
    Path classes =
        Path.of(TfliteModel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    StringWriter out = new StringWriter();
    PrintWriter printed = new PrintWriter(out);
    int exit =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(printed, printed, option, "--ignore-missing-deps", classes.toString());
    assertThat(exit).as(out.toString()).isZero();
    return out.toString().strip();
  }
}
