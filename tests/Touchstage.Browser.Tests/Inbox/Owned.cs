using Microsoft.Playwright;

namespace Touchstage.Browser.Tests.Inbox;

/// <summary>A page whose whole profile goes with it.</summary>
internal sealed class Owned(IPage page) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => page.Context.DisposeAsync();
}
