package io.semblance.core.image;

import javax.imageio.stream.ImageInputStreamImpl;

/// A file's bytes as the platform's image readers want them, without a second copy or a temporary
/// file.
final class BytesImageInput extends ImageInputStreamImpl {

  private final byte[] bytes;

  BytesImageInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
