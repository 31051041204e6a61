package dev.detent.runtime.internal.tflite.interpreter;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.Reporter_Pointer_BytePointer_Pointer;

/**
 * Catches what TFLite says about an error, by thread. There is one for the process, because JavaCPP
 * has room for only ten callbacks of a type.
 */
final class ErrorTexts extends Reporter_Pointer_BytePointer_Pointer {
  /** The one. */
  static final ErrorTexts INSTANCE = new ErrorTexts();

  private static final int LONGEST = 4096;

  private final ThreadLocal<StringBuilder> texts = ThreadLocal.withInitial(StringBuilder::new);

  private interface Formatter extends Library {
    int vsnprintf(Memory into, long size, com.sun.jna.Pointer format, com.sun.jna.Pointer list);
  }

  private ErrorTexts() {}

  /** Called by TFLite with the parts of a {@code printf}. */
  @Override
  public void call(Pointer user, BytePointer format, Pointer arguments) {
    StringBuilder text = texts.get();
    if (text.length() > LONGEST) {
      return; // a damaged file can be wrong in any number of places
    }
    if (!text.isEmpty()) {
      text.append("; ");
    }
    text.append(formatted(format, arguments).strip());
  }

  /** What this thread's last calls said; empty if nothing. Forgets it. */
  String take() {
    String text = texts.get().toString();
    texts.remove();
    return text;
  }

  private static String formatted(BytePointer format, Pointer arguments) {
    if (Platform.isWindows()) {
      return format.getString();
    }
    try (Memory into = new Memory(LONGEST)) {
      var list = new com.sun.jna.Pointer(arguments.address());
      // A va_list is an array or a pointer, passed on as a pointer, but on 64-bit ARM Linux a
      // struct, passed on as itself.
      boolean isStruct = Platform.isARM() && Platform.isLinux();
      Native.load(Platform.C_LIBRARY_NAME, Formatter.class)
          .vsnprintf(
              into,
              LONGEST,
              new com.sun.jna.Pointer(format.address()),
              isStruct ? list : list.getPointer(0));
      return into.getString(0);
    } catch (UnsatisfiedLinkError e) {
      return format.getString();
    }
  }
}
