package io.semblance.extract.hub;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Brings files from a hub: ask, resume, check, give the name.
///
/// A transfer that breaks is gone on from where it broke, in this process or the next; if the file
/// changed meanwhile or the server knows no ranges, it begins again. Only a file of the right
/// length and hash gets its name. For one thread.
public final class Download implements AutoCloseable {

  private static final int BLOCK = 1 << 16;

  private final Hub hub;
  private final HubClient client;
  private final PartFile.Sink sink;

  /// @param hub that is asked
  public Download(Hub hub) {
    this(hub, PartFile.Sink.disk());
  }

  Download(Hub hub, PartFile.Sink sink) {
    this.hub = hub;
    this.client = new HubClient(hub);
    this.sink = sink;
  }

  /// What came.
  ///
  /// @param bytes length
  /// @param sha256 of the content
  /// @param commit of the repository it belongs to, or null where the hub does not say
  public record Received(long bytes, String sha256, String commit) {}

  /// Downloads one file.
  ///
  /// @param wanted which, and what is known of it
  /// @param progress in bytes; it may throw to stop, and what came stays for the next time
  /// @return what came
  /// @throws SemblanceException if it cannot be had; the message says why and what to do
  public Received fetch(Wanted wanted, Progress progress) throws IOException {
    try (PartFile part = PartFile.open(wanted.target(), sink)) {
      var retry = new Retry(hub, wanted);
      boolean resumed = part.validator() != null;
      while (true) {
        long before = part.size();
        try {
          Reply reply = transfer(wanted, part, progress, retry);
          String expected = wanted.sha256() == null ? reply.linked() : wanted.sha256();
          String actual = part.sha256();
          if (expected == null || expected.equals(actual)) {
            long bytes = part.size();
            part.finish();
            return new Received(bytes, actual, reply.commit());
          }
          if (!resumed) {
            part.discard();
            throw wrongHash(wanted, actual, expected);
          }
          resumed = false; // perhaps the bytes of an earlier run were other ones
          part.restart(null);
        } catch (TryAgain | Unreachable e) {
          long now = part.size();
          retry.pause(e, now > before, () -> progress.at(now, Math.max(now + 1, wanted.bytes())));
        }
      }
    }
  }

  private Reply transfer(Wanted wanted, PartFile part, Progress progress, Retry retry)
      throws IOException {
    String validator = part.validator();
    long from = validator == null ? 0 : part.size();
    Reply reply = client.get(wanted.address(), from, validator);
    retry.reached();
    try (InputStream body = reply.body()) {
      if (reply.status() == 416 && from > 0 && reply.rangeTotal() == from) {
        return reply; // the last run ended between the last byte and the name
      }
      long total = begin(reply, part, from, wanted);
      receive(body, part, total, progress);
    }
    return reply;
  }

  /// Looks at the answer before its body.
  ///
  /// @return bytes of the whole file, or -1
  private long begin(Reply reply, PartFile part, long from, Wanted wanted) throws IOException {
    long total;
    switch (reply.status()) {
      case 200 -> {
        if (reply.isPage()) {
          throw new SemblanceException(
              "%s is answered with a web page, not with the file: check the address of the hub, and whether this network wants you to log in."
                  .formatted(wanted.address()));
        }
        part.restart(reply.validator());
        total = reply.length();
      }
      case 206 -> {
        if (from == 0 || reply.rangeStart() != from) {
          part.restart(null);
          throw new TryAgain("the server sent another part than it was asked for");
        }
        total = reply.rangeTotal();
      }
      case 416 -> {
        part.restart(null);
        throw new TryAgain("the file is shorter than what had come of it");
      }
      default -> throw Refusal.of(reply, wanted.address(), hub);
    }
    if (total >= 0 && wanted.bytes() >= 0 && total != wanted.bytes()) {
      throw new SemblanceException(
          "%s has %,d bytes, %,d were expected: the hub has another file under that name; see 'semblance models show'."
              .formatted(wanted.address(), total, wanted.bytes()));
    }
    long whole = Math.max(total, wanted.bytes());
    if (whole >= 0) {
      part.requireRoom(whole - part.size());
    }
    return whole;
  }

  private void receive(InputStream body, PartFile part, long total, Progress progress)
      throws IOException {
    byte[] block = new byte[BLOCK];
    try (var stall = new Stall(body, hub.patience())) {
      for (int read = next(body, block, stall); read >= 0; read = next(body, block, stall)) {
        stall.heard();
        part.append(ByteBuffer.wrap(block, 0, read));
        long size = part.size();
        if (total >= 0 && size > total) {
          part.restart(null);
          throw new TryAgain("more bytes came than the server had announced");
        }
        progress.at(size, total < 0 ? size + 1 : total);
      }
    }
    if (total >= 0 && part.size() < total) {
      throw new TryAgain("the transfer ended early");
    }
  }

  private static int next(InputStream body, byte[] block, Stall stall) throws TryAgain {
    try {
      int read = body.read(block);
      if (read < 0 && stall.stalled()) {
        throw new TryAgain("nothing came for too long");
      }
      return read;
    } catch (TryAgain e) {
      throw e;
    } catch (IOException e) {
      throw new TryAgain(stall.stalled() ? "nothing came for too long" : "the transfer broke", e);
    }
  }

  private static SemblanceException wrongHash(Wanted wanted, String actual, String expected) {
    return new SemblanceException(
        "%s came with SHA-256 %s, expected was %s: it was changed on the way or on the hub and is not kept; try again, or another hub."
            .formatted(wanted.address(), actual, expected));
  }

  @Override
  public void close() {
    client.close();
  }
}
