package dev.detent.processor.parse;

import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * A source that is read has a value that is not valid: a name that nothing has, or a value of
 * another type. The compiler reports it by itself, unless another processor is still to write what
 * is missing.
 */
public final class ErroneousException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ErroneousException(String message) {
    super(message);
  }

  /** The type, if there is one of that name. */
  static <T extends TypeMirror> T ifMissing(T type) {
    if (type.getKind() == TypeKind.ERROR) {
      throw new ErroneousException("there is no type " + type);
    }
    return type;
  }
}
