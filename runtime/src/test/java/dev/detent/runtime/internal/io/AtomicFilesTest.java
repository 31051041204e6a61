package dev.detent.runtime.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void assertOnly(Path file, String content) throws IOException {
    assertThat(file).hasContent(content);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("a.txt");
    assertThat(AtomicFiles.write(file, out -> out.write(bytes("first")))).isEqualTo(file);
    assertOnly(file, "first");
    AtomicFiles.write(
        file,
        out -> {
          out.write(bytes("second"));
          // Not there before it is complete.
          assertThat(file).hasContent("first");
        });
    assertOnly(file, "second");
  }

  @Test
  void largeContentArrivesWhole() throws IOException {
    byte[] large = new byte[3_000_001];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 >> 3);
    }
    Path file = AtomicFiles.write(folder.resolve("large"), out -> out.write(large));
    assertThat(Files.readAllBytes(file)).isEqualTo(large);
  }

  @Test
  void aWriterThatFailsLeavesTheFileAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new NoSuchFileException("other");
                    }))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("other");
    assertOnly(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      throw new IllegalStateException("bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertOnly(file, "old");
  }

  @Test
  void missingFoldersAreMade() throws IOException {
    Path file = folder.resolve("a").resolve("b").resolve("c.txt");
    AtomicFiles.write(file, out -> out.write(bytes("content")));
    assertThat(file).hasContent("content");
  }

  @Test
  void foldersAreNoFiles() throws IOException {
    assertThatThrownBy(() -> AtomicFiles.write(folder, out -> out.write(1)))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " cannot be written: it is a folder");
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    Path below = file.resolve("b.txt");
    assertThatThrownBy(() -> AtomicFiles.write(below, out -> out.write(1)))
        .hasMessageEndingWith("is not a folder");
  }

  @Test
  void aFolderThatMayNotBeWrittenToIsNamed() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assumeTrue(locked.toFile().setWritable(false), "SKIPPED: permissions cannot be changed here");
    try {
      assumeTrue(
          !Files.isWritable(locked), "SKIPPED: this user may write to any folder (root does)");
      assertThatThrownBy(() -> AtomicFiles.write(locked.resolve("a"), out -> out.write(1)))
          .hasMessage(
              locked.resolve("a")
                  + " cannot be written: there is no permission to write to "
                  + locked.toAbsolutePath());
    } finally {
      assertThat(locked.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void reasonsOfTheDiskAreToldPlainly() {
    Path disk = Path.of("disk");
    assertThat(AtomicFiles.reason(new IOException("No space left on device"), disk))
        .isEqualTo("the disk of disk is full");
    assertThat(AtomicFiles.reason(new IOException("There is not enough space on the disk"), disk))
        .isEqualTo("the disk of disk is full");
    assertThat(AtomicFiles.reason(new IOException("Disk quota exceeded"), disk))
        .isEqualTo("the disk quota at disk is used up");
    assertThat(
            AtomicFiles.reason(new FileSystemException("x", null, "Read-only file system"), disk))
        .isEqualTo("disk is on a read-only file system");
    assertThat(AtomicFiles.reason(new AccessDeniedException("x"), disk))
        .isEqualTo("there is no permission to write to disk");
    assertThat(AtomicFiles.reason(new IOException("odd"), disk)).isEqualTo("odd");
  }

  @Test
  void anInterruptedThreadCanStillSave() throws IOException {
    Path file = folder.resolve("a.txt");
    Thread.currentThread().interrupt();
    try {
      AtomicFiles.write(file, out -> out.write(bytes("saved")));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertOnly(file, "saved");
  }

  @Test
  void linksStayLinks() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real")).resolve("a.txt");
    Files.writeString(real, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real", "a.txt"));
    AtomicFiles.write(link, out -> out.write(bytes("new")));
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real).hasContent("new");
  }
}
