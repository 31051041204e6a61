/**
 * The model zoo: published architectures, written in blocks as a user of Detent writes them. Each
 * names its paper; what its variants' parameters and multiply-accumulates come to is checked
 * against the published counts.
 */
package dev.detent.examples.zoo;
