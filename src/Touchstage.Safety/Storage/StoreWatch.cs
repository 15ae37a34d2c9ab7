using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Touchstage.Safety.Storage;

/// <summary>
/// Tells at next to no cost whether anything was committed: the engine counts it for a connection that stays open (<c>PRAGMA data_version</c>), without looking at a table. One caller at a time.
/// </summary>
internal sealed class StoreWatch(StoreContext context, string path) : IAsyncDisposable
{
    private readonly DbCommand question = QuestionOf(context.Database.GetDbConnection());

    /// <summary>A number that is another one after a commit by anybody else, in whichever process. The connection itself writes nothing.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task<long> VersionAsync(CancellationToken cancellation)
    {
        try
        {
            return Convert.ToInt64(await question.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (StoreFaults.IsOfEngine(exception))
        {
            throw StoreFaults.Translate(exception, path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await question.DisposeAsync();
        await context.DisposeAsync();
    }

    private static DbCommand QuestionOf(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version;";
        return command;
    }
}
