using Touchstage.Safety.Storage;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>A key ring that is always there, beside the library's own for tests.</summary>
internal sealed class EndlessKeyRing : IKeyRing
{
    public void Demand(ReadOnlySpan<byte> wrapped)
    {
    }

    public void CreateKey()
    {
    }

    public void Prepare()
    {
    }
}
