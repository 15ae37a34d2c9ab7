namespace Touchstage.Acceptance.Tests.Telemetry;

/// <summary>Reads as much of protobuf's wire format as a test needs.</summary>
internal static class Protobuf
{
    /// <summary>The values of a message's field that have a length: texts, bytes and messages.</summary>
    public static IReadOnlyList<byte[]> Fields(byte[] message, int number)
    {
        var (found, at) = (new List<byte[]>(), 0);
        while (at < message.Length)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    if ((int)(tag >> 3) == number)
                    {
                        found.Add(message[at..(at + length)]);
                    }

                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} is not known here.");
            }
        }

        return found;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }

            shift += 7;
        }
    }
}
