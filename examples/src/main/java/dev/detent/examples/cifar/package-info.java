/** Networks for small photographs, and the examples that train them on CIFAR-10. */
package dev.detent.examples.cifar;
