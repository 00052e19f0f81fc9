package io.semblance.core.linalg;

/// Eigenvalues and eigenvectors of a symmetric matrix.
///
/// @param values length d, largest first
/// @param vectors d x d, **one eigenvector a row**, orthonormal, in the order of `values`; signs
///   are arbitrary
@SuppressWarnings("ArrayRecordComponent") // a result to read, made once
public record SymmetricEigen(double[] values, Matrix vectors) {}
