package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Numbers and texts as the opcodes spell them, those of protocol 0 in plain lines included.
final class PickleText {

  private static final int MOST_DIGITS = 5000;

  private PickleText() {}

  /// `INT` and `LONG`: decimal digits, perhaps with an `L`; `I00` and `I01` are False and True.
  static PickleValue decimal(PickleBytes in, boolean canBeBool) throws SemblanceException {
    String line = in.asciiLine();
    if (canBeBool && (line.equals("00") || line.equals("01"))) {
      return new PickleValue.Bool(line.equals("01"));
    }
    String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
    if (digits.length() > MOST_DIGITS) {
      throw in.broken("a number of " + digits.length() + " digits");
    }
    try {
      return whole(new BigInteger(digits));
    } catch (NumberFormatException _) {
      throw in.broken("no whole number");
    }
  }

  static PickleValue real(PickleBytes in) throws SemblanceException {
    String line = in.asciiLine();
    try {
      return new PickleValue.Real(
          switch (line) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(line);
          });
    } catch (NumberFormatException _) {
      throw in.broken("no number");
    }
  }

  /// `LONG1` and `LONG4`: two's complement, little-endian.
  static PickleValue twosComplement(PickleBytes in, long length) throws SemblanceException {
    if (length > MOST_DIGITS) {
      throw in.broken("a number of " + length + " bytes");
    }
    byte[] little = in.array(length);
    byte[] big = new byte[little.length];
    for (int i = 0; i < big.length; i++) {
      big[i] = little[little.length - 1 - i];
    }
    return whole(big.length == 0 ? BigInteger.ZERO : new BigInteger(big));
  }

  private static PickleValue whole(BigInteger value) {
    return value.bitLength() < 64
        ? new PickleValue.Int(value.longValue())
        : new PickleValue.BigInt(value);
  }

  /// `BINUNICODE` and its kin. Lone surrogates, which Python writes too, become question marks.
  static PickleValue.Text utf8(byte[] bytes) {
    return new PickleValue.Text(new String(bytes, StandardCharsets.UTF_8));
  }

  /// A `str` of Python 2: a text where its bytes are UTF-8, else bytes.
  static PickleValue oldString(byte[] bytes) {
    try {
      return new PickleValue.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return new PickleValue.Bytes(MemorySegment.ofArray(bytes).asReadOnly());
    }
  }

  /// `STRING`: a Python literal in quotes.
  static PickleValue quoted(PickleBytes in) throws SemblanceException {
    String line = in.asciiLine();
    boolean plain =
        line.length() >= 2
            && (line.charAt(0) == '\'' || line.charAt(0) == '"')
            && line.charAt(line.length() - 1) == line.charAt(0);
    if (!plain) {
      throw in.broken("a text without quotes");
    }
    var out = new ByteArrayOutputStream();
    for (int i = 1; i < line.length() - 1; i++) {
      char c = line.charAt(i);
      if (c != '\\' || i + 1 >= line.length() - 1) {
        out.write(c);
        continue;
      }
      char escape = line.charAt(++i);
      int value =
          switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'x' -> hex(line, i + 1, 2, in);
            default -> escape;
          };
      i += escape == 'x' ? 2 : 0;
      out.write(value);
    }
    return oldString(out.toByteArray());
  }

  /// `UNICODE`: a line in which `\\uXXXX` and `\\UXXXXXXXX` are escapes and nothing else is.
  static PickleValue.Text rawUnicode(PickleBytes in) throws SemblanceException {
    String line = new String(in.line(), StandardCharsets.ISO_8859_1);
    var out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      boolean escape = line.charAt(i) == '\\' && i + 1 < line.length();
      char kind = escape ? line.charAt(i + 1) : ' ';
      int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      if (digits == 0) {
        out.append(line.charAt(i));
        continue;
      }
      int code = hex(line, i + 2, digits, in);
      if (!Character.isValidCodePoint(code)) {
        throw in.broken("a character beyond Unicode");
      }
      out.appendCodePoint(code);
      i += 1 + digits;
    }
    return new PickleValue.Text(out.toString());
  }

  private static int hex(String line, int from, int digits, PickleBytes in)
      throws SemblanceException {
    try {
      return Integer.parseUnsignedInt(line, from, from + digits, 16);
    } catch (NumberFormatException | IndexOutOfBoundsException _) {
      throw in.broken("a broken escape");
    }
  }
}
