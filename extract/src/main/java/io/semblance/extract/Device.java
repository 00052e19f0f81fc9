package io.semblance.extract;

/// Where networks run.
///
/// @param cuda whether on a GPU of NVIDIA, else on the processor
/// @param index which GPU, from 0; 0 for the processor
public record Device(boolean cuda, int index) {

  /// The processor.
  public static final Device CPU = new Device(false, 0);

  /// @param text `cpu`, `cuda` or `cuda:N`
  /// @return the device; whether it is there shows when a network is opened
  /// @throws IllegalArgumentException if it is none of these
  public static Device parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    if (!text.matches("cuda(:[0-9]{1,3})?")) {
      throw new IllegalArgumentException("device is '" + text + "': give cpu, cuda or cuda:N");
    }
    int colon = text.indexOf(':');
    return new Device(true, colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return cuda ? "cuda:" + index : "cpu";
  }
}
