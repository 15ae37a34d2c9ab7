using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>One process's view of a store.</summary>
internal sealed class StoreRooms(IServiceProvider provider)
{
    public T Get<T>() where T : notnull => provider.GetRequiredService<T>();
}
