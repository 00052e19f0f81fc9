/// Arrays of numbers in files: `.npy`, `.npz`, safetensors, vector files, and in the package below
/// pickles and PyTorch files.
///
/// Files are mapped, not read: a [NumberArray] is a view of a region of its file, and the class
/// that opened the file owns the memory until it is closed. Every size a file states is checked
/// against the file before memory is taken. Shapes are row-major and strides count elements.
package io.semblance.core.array;
