package dev.detent.processor.model;

import java.util.List;

/** What the user wrote for an attribute of an annotation of his own, to be passed on. */
public sealed interface Argument {

  /**
   * A number, a truth value, a character or a text.
   *
   * @param value boxed
   */
  record Constant(Object value) implements Argument {}

  /**
   * A constant of an enum.
   *
   * @param type the enum
   * @param name of the constant
   */
  record EnumConstant(ClassRef type, String name) implements Argument {}

  /**
   * A class.
   *
   * @param type which one
   */
  record ClassLiteral(Type type) implements Argument {}

  /**
   * Several values of one type.
   *
   * @param component the type of each
   * @param values in order
   */
  record Array(Type component, List<Argument> values) implements Argument {
    public Array {
      values = List.copyOf(values);
    }
  }

  /**
   * A type, without type arguments.
   *
   * @param base a class, or a primitive type as if it were one of the unnamed package
   * @param dimensions of an array; 0 if it is none
   */
  record Type(ClassRef base, int dimensions) {}
}
