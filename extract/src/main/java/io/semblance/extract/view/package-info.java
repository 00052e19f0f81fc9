/// Augmented views of images: random changes that are the same for the same seed, view and image,
/// in whatever order and on however many threads they are made.
package io.semblance.extract.view;
