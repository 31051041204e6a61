package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The project's pages: that each link between them leads somewhere, in the repository and the site.
 */
class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#]*)(?:#([^)]*))?\\)");
  private static final Pattern TYPE = Pattern.compile("`@?([A-Z]\\w*[a-z]\\w*)[^`]*`");
  private static final Pattern MENU_ITEM = Pattern.compile("href=\"([^\"]+)\\.html\"");

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        String anchor = link.group(2);
        // The site gives headings no anchors of their own.
        if (!Files.exists(target)
            || anchor != null && !Files.readString(target).contains("<a id=\"" + anchor + "\">")) {
          broken.add(ROOT.relativize(page) + ": " + link.group());
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void theSiteHasEachPage() throws IOException {
    String menu = Files.readString(ROOT.resolve("docs/site.xml"));
    List<Path> items =
        MENU_ITEM
            .matcher(menu)
            .results()
            .map(item -> item.group(1).replaceFirst("^index$", "README"))
            .filter(item -> !item.startsWith("apidocs"))
            .map(item -> ROOT.resolve(item + ".md"))
            .toList();

    assertThat(items)
        .containsExactlyInAnyOrderElementsOf(
            pages().stream().filter(page -> !page.toString().contains("decisions/0")).toList());
  }

  @Test
  void theArchitectureNamesTypesThatThereAre() throws IOException {
    Set<String> types = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .forEach(name -> types.add(name.replace(".java", "")));
    }

    assertThat(TYPE.matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md"))).results())
        .map(name -> name.group(1))
        .filteredOn(name -> !types.contains(name))
        .containsOnly("Conv2DOptionsT"); // of TFLite's schema
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "docs/decisions")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }
}
