using System.Text;
using Touchstage.Mcp.Frames;

namespace Touchstage.Mcp.Tests.Frames;

public sealed class FrameStreamTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    [Theory]
    [InlineData(Ping + "\n", Ping + "\n")]
    [InlineData(Ping, Ping + "\n")]
    [InlineData(Ping + "\r\n\r\n \n" + Ping + "\n", Ping + " \n" + Ping + "\n")]
    [InlineData("\ufeff" + Ping + "\n", Ping + "\n")]
    [InlineData("hello\n[]\n" + Ping + "\n", Ping + "\n")]
    [InlineData("""{"jsonrpc":"1.0","id":"a","method":"ping"}""" + "\n" + Ping + "\n", """{"id":"a"}""" + "\n" + Ping + "\n")]
    [InlineData("""{"jsonrpc":"2.0","id":3,""" + "\n" + Ping + "\n", """{"id":3}""" + "\n" + Ping + "\n")]
    [InlineData("", "")]
    public async Task OnlyMessagesComeOut_AndWhatWaitsForAnAnswerGetsAnError(string sent, string expected) => (await ReadAsync(sent)).ShouldBe(expected);

    [Fact]
    public async Task ABareCarriageReturn_MakesNoMessageWithinAMessage()
    {
        var inner = Ping.Replace("1", "2", StringComparison.Ordinal);
        var sent = """{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":""" + "\r" + inner + "\r}}";

        var read = await ReadAsync(sent + "\n");

        new StringReader(read).ReadLine().ShouldBe(sent.Replace('\r', ' '));
    }

    [Fact]
    public async Task ALineThatIsTooLong_IsNotKept_AndTheNextIsRead()
    {
        var endless = """{"jsonrpc":"2.0","id":9,"method":"x","params":{"a":""" + "\"" + new string('a', 3_000_000) + "\"}}";

        (await ReadAsync(endless + "\n" + Ping + "\n")).ShouldBe("""{"id":9}""" + "\n" + Ping + "\n");
    }

    [Fact]
    public async Task InputThatNeverEndsItsLine_CostsNoMoreThanALine()
    {
        using var endless = new EndlessStream(200L * 1024 * 1024);
        using var stream = new FrameStream(endless, 64 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();

        (await stream.ReadAsync(new byte[4096])).ShouldBe(0);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 * 1024 * 1024);
    }

    private static async Task<string> ReadAsync(string sent)
    {
        using var stream = new FrameStream(new MemoryStream(Encoding.UTF8.GetBytes(sent)), 2 * 1024 * 1024);
        using var read = new MemoryStream();
        var part = new byte[7];
        for (int count; (count = await stream.ReadAsync(part)) > 0;)
        {
            read.Write(part, 0, count);
        }

        return Encoding.UTF8.GetString(read.ToArray());
    }

    private sealed class EndlessStream(long length) : MemoryStream
    {
        private long left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(left, buffer.Length);
            buffer.Span[..count].Fill((byte)'a');
            left -= count;
            return new(count);
        }
    }
}
