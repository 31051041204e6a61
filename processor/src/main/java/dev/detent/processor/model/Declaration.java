package dev.detent.processor.model;

/** What a field declares: a layer, or a block of layers. */
public sealed interface Declaration permits LayerDeclaration, BlockUse {
  /** What other layers call it. */
  String name();
}
