/// A WebP decoder on libwebp: [WebpFile] walks the container and checks sizes before native code
/// sees a byte, and takes the first picture out of an animation; [Libwebp] decodes.
///
/// Source: RFC 9649, "WebP Image Format".
package io.semblance.core.image.webp;
