package io.semblance.extract;

import io.semblance.core.image.ReadOptions;
import io.semblance.core.table.Compute;
import io.semblance.core.table.Precision;
import java.time.Duration;

/// How an extraction runs. Only `batchSize`, `precision`, `reading`, `compute` and `device` can
/// change a table's bytes.
///
/// @param threads threads that decode, and threads of the engine, at least 1
/// @param batchSize images computed together, at least 1; batch k holds images `k * batchSize` to
///   `(k + 1) * batchSize - 1` of the collection
/// @param precision how vectors are stored
/// @param checkpointEvery time after which the next end of a batch is made durable
/// @param prune whether rows of images that are no longer in the collection are dropped from a
///   table that is brought up to date; else they stay at its end
/// @param fresh whether to begin again where a table is there already; it gives way when the new
///   one is whole
/// @param reading how image files become pixels, and how large and slow one may be
/// @param compute what networks compute in
/// @param device where networks run
public record ExtractOptions(
    int threads,
    int batchSize,
    Precision precision,
    Duration checkpointEvery,
    boolean prune,
    boolean fresh,
    ReadOptions reading,
    Compute compute,
    Device device) {

  private static final int MAX_BATCH = 4096;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of range; the message says which
  public ExtractOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ": give 1 or more");
    }
    if (batchSize < 1 || batchSize > MAX_BATCH) {
      throw new IllegalArgumentException("batchSize is " + batchSize + ": give 1 to " + MAX_BATCH);
    }
    if (checkpointEvery.isNegative()) {
      throw new IllegalArgumentException(
          "checkpointEvery is " + checkpointEvery + ": give zero or more");
    }
  }

  /// @return all processors, batches of 16, float32, a checkpoint every 2 seconds
  public static ExtractOptions defaults() {
    return new ExtractOptions(
        Runtime.getRuntime().availableProcessors(),
        16,
        Precision.FLOAT32,
        Duration.ofSeconds(2),
        false,
        false,
        ReadOptions.defaults(),
        Compute.FP32,
        Device.CPU);
  }

  /// @param value at least 1
  /// @return these options with another number of threads
  public ExtractOptions withThreads(int value) {
    return new ExtractOptions(
        value, batchSize, precision, checkpointEvery, prune, fresh, reading, compute, device);
  }

  /// @param value at least 1
  /// @return these options with another batch size
  public ExtractOptions withBatchSize(int value) {
    return new ExtractOptions(
        threads, value, precision, checkpointEvery, prune, fresh, reading, compute, device);
  }

  /// @param value how vectors are stored
  /// @return these options with another precision
  public ExtractOptions withPrecision(Precision value) {
    return new ExtractOptions(
        threads, batchSize, value, checkpointEvery, prune, fresh, reading, compute, device);
  }

  /// @param value zero for the end of every batch
  /// @return these options with another time between checkpoints
  public ExtractOptions withCheckpointEvery(Duration value) {
    return new ExtractOptions(
        threads, batchSize, precision, value, prune, fresh, reading, compute, device);
  }

  /// @param value whether rows of images that are gone are dropped
  /// @return these options with another answer
  public ExtractOptions withPrune(boolean value) {
    return new ExtractOptions(
        threads, batchSize, precision, checkpointEvery, value, fresh, reading, compute, device);
  }

  /// @param value whether to begin again where a table is there already
  /// @return these options with another answer
  public ExtractOptions withFresh(boolean value) {
    return new ExtractOptions(
        threads, batchSize, precision, checkpointEvery, prune, value, reading, compute, device);
  }

  /// @param value how image files become pixels
  /// @return these options with another reading
  public ExtractOptions withReading(ReadOptions value) {
    return new ExtractOptions(
        threads, batchSize, precision, checkpointEvery, prune, fresh, value, compute, device);
  }

  /// @param value what networks compute in
  /// @return these options with another one
  public ExtractOptions withCompute(Compute value) {
    return new ExtractOptions(
        threads, batchSize, precision, checkpointEvery, prune, fresh, reading, value, device);
  }

  /// @param value where networks run
  /// @return these options with another one
  public ExtractOptions withDevice(Device value) {
    return new ExtractOptions(
        threads, batchSize, precision, checkpointEvery, prune, fresh, reading, compute, value);
  }

  /// @return how a network runs under these options
  public Execution execution() {
    return new Execution(threads, compute, device);
  }
}
