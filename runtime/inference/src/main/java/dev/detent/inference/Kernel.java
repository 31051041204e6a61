package dev.detent.inference;

/** One operation, ready to run: its sizes, multipliers and tables. Many threads may share it. */
interface Kernel {

  /** Computes the operation's outputs from its inputs. */
  void run(Memory memory);
}
