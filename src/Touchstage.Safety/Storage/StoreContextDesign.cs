using Microsoft.EntityFrameworkCore.Design;

namespace Touchstage.Safety.Storage;

/// <summary>How <c>dotnet ef</c> sees the model; it opens no file.</summary>
internal sealed class StoreContextDesign : IDesignTimeDbContextFactory<StoreContext>
{
    public StoreContext CreateDbContext(string[] args) => new(StoreFile.OptionsFor(":memory:"));
}
